import type { Config } from "../config.ts";
import { type Core, createCore } from "../core.ts";
import { openExports } from "../exports.ts";
import { createLog } from "../kernel/log.ts";
import { type Outside, realWorld } from "../kernel/outside.ts";
import { askHolder, claimDataDirectory } from "../local/data-directory.ts";
import { createReadings } from "../readings.ts";
import { createRecords } from "../records/records.ts";
import { openConfiguredStore } from "../store/open.ts";
import type { Terminal } from "./terminal.ts";

interface Work<T> {
  /** Runs here, on the store of the data directory. */
  readonly here: (core: Core, outside: Outside) => Promise<T>;
  /** The same by a call to the bot that holds the data directory. */
  readonly call: { readonly name: string; readonly argument: unknown };
}

/** Does one piece of work where the numbers are. */
export type Does = <T>(work: Work<T>) => Promise<T>;

/** Runs a command's work where the numbers are. */
export function withCore<T>(terminal: Terminal, config: Config, work: Work<T>): Promise<T> {
  return onCore(terminal, config, (does) => does(work));
}

/**
 * Runs what takes several pieces of work: on the store, or through the bot that has it open. Two processes on one
 * directory would lose rows without an error.
 */
export async function onCore<R>(
  terminal: Terminal,
  config: Config,
  run: (does: Does) => Promise<R>,
): Promise<R> {
  const claim = await claimDataDirectory(config.dataDirectory);
  if (!claim.held) {
    terminal.tell(`Asking the bot that runs here (process ${claim.holder.pid}).`);
    return run(async <T>({ call }: Work<T>) => (await askHolder(config.dataDirectory, call)) as T);
  }
  try {
    const store = await openConfiguredStore(config);
    // A terminal shows problems as answers; its log would only repeat them.
    const log = createLog(config.logLevel === "debug" ? "debug" : "silent");
    const outside = realWorld(log);
    const readings = createReadings(config, store, outside);
    const exports = await openExports(config, outside);
    const { dispatcher, files } = createCore(readings, store, exports, config, outside);
    try {
      const { tenantId, collections, states, cohort } = readings;
      const records = createRecords({ ...store, tenantId, clock: outside.clock, log });
      return await run(({ here }) =>
        here({ dispatcher, files, collections, states, cohort, records }, outside),
      );
    } finally {
      await exports.close();
      await readings.stop();
      await store.close();
    }
  } finally {
    await claim.release();
  }
}
