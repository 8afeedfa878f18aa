import type { Config } from "../config.ts";
import { type Core, createCore, createReadings } from "../core.ts";
import { createLog } from "../kernel/log.ts";
import { type Outside, realWorld } from "../kernel/outside.ts";
import { askHolder, claimDataDirectory } from "../local/data-directory.ts";
import { createRecords } from "../records/records.ts";
import { openConfiguredStore } from "../store/open.ts";
import type { Terminal } from "./terminal.ts";

interface Work<T> {
  /** Runs here, on the store of the data directory. */
  readonly here: (core: Core, outside: Outside) => Promise<T>;
  /** The same by a call to the bot that holds the data directory. */
  readonly call: { readonly name: string; readonly argument: unknown };
}

/**
 * Runs a command's work where the numbers are: on the store, or through the bot that has it open. Two
 * processes on one directory would lose rows without an error.
 */
export async function withCore<T>(terminal: Terminal, config: Config, { here, call }: Work<T>): Promise<T> {
  const claim = await claimDataDirectory(config.dataDirectory);
  if (!claim.held) {
    terminal.tell(`Asking the bot that runs here (process ${claim.holder.pid}).`);
    return (await askHolder(config.dataDirectory, call)) as T;
  }
  try {
    const store = await openConfiguredStore(config);
    // A terminal shows problems as answers; its log would only repeat them.
    const outside = realWorld(createLog(config.logLevel === "debug" ? "debug" : "silent"));
    const readings = createReadings(config, store, outside);
    const dispatcher = createCore(readings, store, config, outside);
    try {
      const records = createRecords({ ...store, tenantId: readings.tenantId, clock: outside.clock });
      return await here({ dispatcher, usage: readings.usage, records }, outside);
    } finally {
      await readings.stop();
      await store.close();
    }
  } finally {
    await claim.release();
  }
}
