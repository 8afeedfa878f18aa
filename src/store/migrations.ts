import { z } from "zod";
import { AppError } from "../kernel/problem.ts";
import { ACCESS_MIGRATIONS } from "./access-migrations.ts";
import { COLLECTION_MIGRATIONS } from "./collection-migrations.ts";
import type { Database, Queries } from "./database.ts";
import { DAY_MIGRATIONS } from "./day-migrations.ts";
import { DELIVERY_MIGRATIONS } from "./delivery-migrations.ts";
import { DIGEST_MIGRATIONS } from "./digest-migrations.ts";
import { HISTORY_MIGRATIONS } from "./history-migrations.ts";
import { PEOPLE_MIGRATIONS } from "./people-migrations.ts";
import { QUOTA_MIGRATIONS } from "./quota-migrations.ts";
import { TOUCHED_MIGRATIONS } from "./touched-migrations.ts";

/** One step of the schema. A step that was released never changes; the next change is a new step. */
export interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}

/** In order: the version of a schema is the number of steps it has taken. */
export const MIGRATIONS: readonly Migration[] = [
  {
    name: "usage snapshots",
    statements: [
      `CREATE TABLE authpulse.usage_snapshots (
        tenant_id  text        NOT NULL,
        graph_host text        NOT NULL,
        reader     text        NOT NULL,
        period     text        NOT NULL,
        read_at    timestamptz NOT NULL,
        from_at    timestamptz NOT NULL,
        to_at      timestamptz NOT NULL,
        pages      integer     NOT NULL,
        rows_read  integer     NOT NULL,
        usage_rows jsonb       NOT NULL,
        notes      jsonb       NOT NULL,
        PRIMARY KEY (tenant_id, graph_host, reader, period)
      )`,
    ],
  },
  {
    name: "welcomed places",
    statements: [
      `CREATE TABLE authpulse.welcomed_places (
        tenant_id       text        NOT NULL,
        conversation_id text        NOT NULL,
        welcomed_at     timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, conversation_id)
      )`,
    ],
  },
  {
    name: "usage history",
    statements: [
      `CREATE TABLE authpulse.usage_cells (
        tenant_id  text        NOT NULL,
        graph_host text        NOT NULL,
        quarter    timestamptz NOT NULL,
        feature    text        NOT NULL,
        method     text        NOT NULL,
        is_success boolean     NOT NULL,
        reason     text        NOT NULL,
        count      integer     NOT NULL,
        PRIMARY KEY (tenant_id, graph_host, quarter, feature, method, is_success, reason)
      )`,
      `CREATE TABLE authpulse.usage_coverage (
        tenant_id  text        NOT NULL,
        graph_host text        NOT NULL,
        from_at    timestamptz NOT NULL,
        to_at      timestamptz NOT NULL,
        read_at    timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, graph_host)
      )`,
    ],
  },
  {
    name: "registration snapshots",
    statements: [
      `CREATE TABLE authpulse.registration_snapshots (
        tenant_id  text        NOT NULL,
        graph_host text        NOT NULL,
        read_at    timestamptz NOT NULL,
        pages      integer     NOT NULL,
        rows_read  integer     NOT NULL,
        counts     jsonb       NOT NULL,
        PRIMARY KEY (tenant_id, graph_host)
      )`,
    ],
  },
  ...DIGEST_MIGRATIONS,
  ...ACCESS_MIGRATIONS,
  ...PEOPLE_MIGRATIONS,
  ...COLLECTION_MIGRATIONS,
  ...QUOTA_MIGRATIONS,
  ...DAY_MIGRATIONS,
  ...HISTORY_MIGRATIONS,
  ...TOUCHED_MIGRATIONS,
  ...DELIVERY_MIGRATIONS,
];

const versionSchema = z.tuple([z.object({ version: z.int().nonnegative() })]);
const thereSchema = z.tuple([z.object({ schema: z.string().nullable(), table: z.string().nullable() })]);

/** Any number, as long as nothing else that uses the same server takes it. */
const LOCK = "SELECT pg_advisory_xact_lock(4871963302170645)";

const THERE = `
  SELECT to_regnamespace('authpulse')::text AS schema, to_regclass('authpulse.migrations')::text AS table`;

/**
 * Brings the schema to the newest version, each step in a transaction of its own. Of processes that start at once
 * one takes a step, while the others wait. Rejects with STORE-UNAVAILABLE when a newer version of the product has
 * been here: what it wrote could be misread.
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  while (
    await database.transaction(async (queries) => {
      await lockSchema(queries);
      return takeStep(queries, migrations);
    })
  ) {
    // Every step is one transaction: a process that is killed goes on where it was.
  }
}

/** Until the transaction ends, nobody else changes the schema. */
export async function lockSchema({ query }: Queries): Promise<void> {
  await query(LOCK);
}

/** The version of the schema that is there, 0 where none is. Rejects as `migrate` does where it is a newer one. */
export async function schemaVersion(
  { query }: Queries,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<number> {
  const [{ table }] = thereSchema.parse(await query(THERE));
  if (table === null) {
    return 0;
  }
  const found = await query("SELECT coalesce(max(version), 0) AS version FROM authpulse.migrations");
  const [{ version }] = versionSchema.parse(found);
  if (version > migrations.length) {
    throw new AppError("STORE-UNAVAILABLE", {
      detail:
        `The stored data has schema ${version} and this version of AuthPulse knows ${migrations.length}. ` +
        "Run the newer version that wrote it, or set another DATA_DIR or DATABASE_URL.",
    });
  }
  return version;
}

/** Takes the next step, where the schema is locked; false when there is none left. */
export async function takeStep(
  queries: Queries,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<boolean> {
  const version = await schemaVersion(queries, migrations);
  const next = migrations[version];
  if (!next) {
    return false;
  }
  if (version === 0) {
    await createSchema(queries);
  }
  for (const statement of next.statements) {
    await queries.query(statement);
  }
  await queries.query("INSERT INTO authpulse.migrations (version, name) VALUES ($1, $2)", [
    version + 1,
    next.name,
  ]);
  return true;
}

/** A schema that is there already is taken: whoever runs the server may have made it for this user. */
async function createSchema({ query }: Queries): Promise<void> {
  const [{ schema }] = thereSchema.parse(await query(THERE));
  if (schema === null) {
    await query("CREATE SCHEMA authpulse");
  }
  await query(
    "CREATE TABLE IF NOT EXISTS authpulse.migrations (version integer PRIMARY KEY, name text NOT NULL)",
  );
}
