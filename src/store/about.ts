import { z } from "zod";
import type { StoreAbout } from "../ports/health.ts";
import type { Database } from "./database.ts";

const aboutSchema = z.tuple([z.object({ engine: z.string(), schema: z.int() })]);

const ABOUT = `
  SELECT version() AS engine, (SELECT coalesce(max(version), 0) FROM authpulse.migrations) AS schema`;

/** Which database this is, and how many steps its schema has taken. The embedded one names its compiler. */
export async function aboutOf(database: Database): Promise<StoreAbout> {
  const [{ engine, schema }] = aboutSchema.parse(await database.query(ABOUT));
  return { kind: /emscripten|wasm|emcc/i.test(engine) ? "embedded" : "server", schema };
}
