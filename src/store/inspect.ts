import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../kernel/problem.ts";
import type { StoreAbout } from "../ports/health.ts";
import { aboutOf } from "./about.ts";
import type { Database } from "./database.ts";
import { MIGRATIONS } from "./migrations.ts";
import { openConfiguredDatabase } from "./open.ts";

/** The steps that the schema of this version has. */
export const KNOWN_SCHEMA = MIGRATIONS.length;

/** Thrown to undo what was only tried. */
const UNDONE = "A trial write is undone.";

const tableSchema = z.tuple([z.object({ name: z.string().nullable() })]);

/**
 * Opens the database that the settings name, writes something and undoes it, and tells what it is; schema 0 is an
 * empty one. Nothing is migrated. For the embedded one the caller must hold the data directory. Resolves with undefined
 * where the embedded one is not made yet. Rejects with STORE-UNAVAILABLE.
 */
export async function inspectStore(place: {
  readonly dataDirectory: string;
  readonly databaseUrl?: string;
}): Promise<StoreAbout | undefined> {
  if (place.databaseUrl === undefined && !(await isMade(place.dataDirectory))) {
    return undefined;
  }
  const database = await openConfiguredDatabase(place);
  try {
    const [{ name }] = tableSchema.parse(
      await database.query("SELECT to_regclass('authpulse.migrations')::text AS name"),
    );
    await tryToWrite(database, name === null);
    return name === null ? { kind: database.kind, schema: 0 } : await aboutOf(database);
  } finally {
    await database.close();
  }
}

async function isMade(directory: string): Promise<boolean> {
  try {
    return (await readdir(join(directory, "database"))).length > 0;
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") {
      return false;
    }
    throw thrown;
  }
}

async function tryToWrite({ transaction }: Database, isEmpty: boolean): Promise<void> {
  try {
    await transaction(async ({ query }) => {
      await query(isEmpty ? "CREATE SCHEMA authpulse_trial" : "CREATE TABLE authpulse.trial (trial integer)");
      throw new AppError("INTERNAL", { detail: UNDONE });
    });
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.facts.detail === UNDONE)) {
      throw thrown;
    }
  }
}
