import { z } from "zod";
import type { StoreAbout } from "../ports/health.ts";
import type { Database } from "./database.ts";

const aboutSchema = z.tuple([z.object({ schema: z.int() })]);

const ABOUT = "SELECT coalesce(max(version), 0) AS schema FROM authpulse.migrations";

/** Which database this is, and how many steps its schema has taken. */
export async function aboutOf({ kind, query }: Database): Promise<StoreAbout> {
  const [{ schema }] = aboutSchema.parse(await query(ABOUT));
  return { kind, schema };
}
