import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { openPglite } from "../../src/store/pglite.ts";

/** Everything of a value, errors and what they hold as well. */
function wholeText(value: unknown): string {
  const options = { depth: Number.POSITIVE_INFINITY, breakLength: Number.POSITIVE_INFINITY };
  return inspect(value, {
    ...options,
    showHidden: true,
    maxArrayLength: Number.POSITIVE_INFINITY,
    maxStringLength: Number.POSITIVE_INFINITY,
  });
}

/** Which of the texts stand in it, whatever their case. */
export function textsIn(value: unknown, texts: readonly string[]): readonly string[] {
  const whole = (typeof value === "string" ? value : wholeText(value)).toLowerCase();
  return texts.filter((text) => whole.includes(text.toLowerCase()));
}

/** Which of the texts stand in the files of a directory, as bytes of UTF-8 or UTF-16: "file: text". */
export async function textsInFiles(directory: string, texts: readonly string[]): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const bytes = (await readFile(join(entry.parentPath, entry.name))).toString("latin1").toLowerCase();
    const stands = (text: string, encoding: BufferEncoding): boolean =>
      bytes.includes(Buffer.from(text.toLowerCase(), encoding).toString("latin1").toLowerCase());
    found.push(
      ...texts
        .filter((text) => stands(text, "utf8") || stands(text, "utf16le"))
        .map((text) => `${entry.name}: ${text}`),
    );
  }
  return found;
}

/** The same of the rows of every table: the engine compresses long values, so that their bytes tell nothing. */
export async function textsInTables(
  directory: string,
  texts: readonly string[],
): Promise<{ readonly rows: number; readonly found: readonly string[] }> {
  const database = await openPglite(directory);
  try {
    const tables = await database.query(
      "select table_schema || '.' || table_name as name from information_schema.tables " +
        "where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')",
    );
    const found: string[] = [];
    let rows = 0;
    for (const { name } of tables) {
      const lines = await database.query(`select to_jsonb(t)::text as line from ${String(name)} t`);
      rows += lines.length;
      found.push(...textsIn(lines, texts).map((text) => `${String(name)}: ${text}`));
    }
    return { rows, found };
  } finally {
    await database.close();
  }
}
