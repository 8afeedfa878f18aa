import { pino } from "pino";

/** A structured logger: one static message, the facts as fields. Never message text, tokens or people's names. */
export interface Log {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
  child(facts: object): Log;
}

export const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** JSON lines on standard error, so that standard output stays free for answers of the command line. */
export function createLog(level: LogLevel): Log {
  return pino(
    {
      level,
      serializers: { err: withoutMessages },
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
    },
    pino.destination(2),
  );
}

/** Longer chains of causes are cut. */
const MOST_CAUSES = 5;

/**
 * What went wrong without what it was about: the messages of libraries quote what they were given, a roster with its
 * names for example. The kind, the code and the places in the code are what finds a fault.
 */
export function withoutMessages(thrown: unknown, depth = 0): object {
  if (!(thrown instanceof Error)) {
    return { name: typeof thrown };
  }
  const { name, stack, cause } = thrown;
  const { code, statusCode } = thrown as { readonly code?: unknown; readonly statusCode?: unknown };
  const isPlain = (value: unknown): boolean =>
    typeof value === "number" || (typeof value === "string" && /^[\w-]{1,60}$/.test(value));
  return {
    name,
    ...(isPlain(code) && { code }),
    ...(isPlain(statusCode) && { statusCode }),
    stack: (stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)),
    ...(cause !== undefined && depth < MOST_CAUSES && { cause: withoutMessages(cause, depth + 1) }),
  };
}
