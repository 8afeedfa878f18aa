import type { Config } from "../config.ts";
import { AppError } from "../kernel/problem.ts";
import { claimDataDirectory } from "../local/data-directory.ts";
import type { Database } from "../store/database.ts";
import { openConfiguredDatabase } from "../store/open.ts";
import { exportStore } from "../store/transfer/export.ts";
import type { Transferred } from "../store/transfer/format.ts";
import { importStore } from "../store/transfer/import.ts";
import { EXIT, faultLine, settingsOf, type Terminal } from "./terminal.ts";

/** Writes all that is stored to a new file. */
export function exportTo(terminal: Terminal, file: string): Promise<number> {
  return transfer(terminal, `Written to ${file}`, "Nothing was exported.", (database) =>
    exportStore(database, file),
  );
}

/** Fills an empty store from such a file. */
export function importFrom(terminal: Terminal, file: string): Promise<number> {
  return transfer(terminal, `Imported from ${file}`, "Nothing was imported.", (database) =>
    importStore(database, file),
  );
}

async function transfer(
  terminal: Terminal,
  done: string,
  failed: string,
  work: (database: Database) => Promise<Transferred>,
): Promise<number> {
  const config = settingsOf(terminal, "terminal");
  if (!config) {
    return EXIT.usage;
  }
  try {
    const { tenants, rows } = await withDatabase(config, work);
    const counts = Object.entries(rows).map(([table, count]) => `  ${table}: ${count}`);
    terminal.print([`${done}, of tenant ${tenants.join(", ")}. Rows:`, ...counts].join("\n"));
    return EXIT.done;
  } catch (thrown) {
    terminal.tell(`${failed} ${faultLine(thrown)}`);
    return EXIT.failed;
  }
}

/** A server serves several at once; the embedded database is open in one process only. */
async function withDatabase<T>(config: Config, work: (database: Database) => Promise<T>): Promise<T> {
  if (config.databaseUrl !== undefined) {
    return opened(config, work);
  }
  const claim = await claimDataDirectory(config.dataDirectory);
  if (!claim.held) {
    const detail =
      `Process ${claim.holder.pid} has the store in ${config.dataDirectory} open. ` +
      "Stop it first, so that nothing is written meanwhile.";
    throw new AppError("STORE-UNAVAILABLE", { detail });
  }
  try {
    return await opened(config, work);
  } finally {
    await claim.release();
  }
}

async function opened<T>(config: Config, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openConfiguredDatabase(config);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
