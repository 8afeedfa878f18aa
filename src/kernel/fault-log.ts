import type { Log } from "./log.ts";
import { asAppError } from "./problem.ts";

/** One line about what failed and was not expected here: its code and facts, and the cause without its texts. */
export function logFault(log: Pick<Log, "error">, thrown: unknown, message: string): void {
  const { code, facts, cause } = asAppError(thrown);
  log.error({ code, facts, err: cause }, message);
}
