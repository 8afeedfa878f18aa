import { once } from "node:events";
import type { Environment } from "../config/settings.ts";
import { type Config, type ConfigResult, loadConfig, settingsReport } from "../config.ts";
import { AppError } from "../kernel/problem.ts";

/** The terminal that a command runs in, passed in so that a test can be one. */
export interface Terminal {
  readonly environment: Environment;
  /** To standard output: the answer. */
  readonly print: (text: string) => void;
  /** To standard output as it is; resolves when it is taken, so that a large file never waits in memory. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** To standard error: everything else. */
  readonly tell: (text: string) => void;
  readonly input: AsyncIterable<Buffer | string>;
  /** Standard error where it is a screen, to draw on; absent in a pipe. */
  readonly screen?: NodeJS.WritableStream;
  /** Columns. */
  readonly width: number;
  readonly locale: string;
  readonly timeZone: string;
}

/** Exit codes: done, could not be done, not understood or wrong settings. */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/** The settings, or undefined after every problem with them has been told. */
export function settingsOf(terminal: Terminal, purpose: "serve" | "terminal"): Config | undefined {
  const result: ConfigResult = loadConfig(terminal.environment, purpose);
  if ("config" in result) {
    return result.config;
  }
  terminal.tell(settingsReport(result.problems));
  return undefined;
}

/** Tells a line only where it differs from the one before: a reading that waits stays where it is. */
export function tellingNews({ tell }: Terminal): (line: string) => void {
  let last: string | undefined;
  return (line) => {
    if (line !== last) {
      last = line;
      tell(line);
    }
  };
}

/** Resolves when the signal is aborted. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) {
    await once(signal, "abort");
  }
}

/** One line for a fault that ended a command. */
export function faultLine(thrown: unknown): string {
  return thrown instanceof AppError ? `${thrown.code}: ${thrown.message}` : String(thrown);
}
