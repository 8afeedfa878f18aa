import { AsyncLocalStorage } from "node:async_hooks";
import type { Log } from "./log.ts";

/**
 * Everything that one activity sets off carries one id, from its arrival to the request that Graph sees. It goes with
 * the asynchronous work itself, so that no function has to hand it on. A reading that several wait for carries the
 * id of the one that began it.
 */
const current = new AsyncLocalStorage<string>();

/** Runs work, and all that it sets off, under an id (a GUID). */
export function correlated<T>(id: string, work: () => T): T {
  return current.run(id, work);
}

/** The id that this runs under; undefined where nobody waits for it, for example in a weekly digest. */
export function correlationId(): string | undefined {
  return current.getStore();
}

/** What a person reads and hands on of an id: its first eight digits, by which the log is searched. */
export function shortCorrelation(id: string): string {
  return id.slice(0, 8);
}

/** The same log with the id that a line is written under. */
export function correlatedLog(log: Log): Log {
  const under = (facts: object): object => {
    const correlation = correlationId();
    return correlation === undefined ? facts : { correlation, ...facts };
  };
  return {
    debug: (facts, message) => log.debug(under(facts), message),
    info: (facts, message) => log.info(under(facts), message),
    warn: (facts, message) => log.warn(under(facts), message),
    error: (facts, message) => log.error(under(facts), message),
    child: (facts) => correlatedLog(log.child(facts)),
  };
}
