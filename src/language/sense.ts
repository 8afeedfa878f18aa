import type { CommandId, Options } from "./question.ts";

/**
 * How strongly a phrase calls a command: it names it · it stands for it when nothing names one ("passkeys"
 * for `methods`) · it is an option of `usage`, which options alone ask for · it is a greeting.
 */
export const NAMES = 1;
export const ALONE = 2;
export const OPTION = 3;
export const GREETING = 4;
export type Rank = typeof NAMES | typeof ALONE | typeof OPTION | typeof GREETING;

/** Calls a command, perhaps with options. */
export interface CallingSense {
  readonly calls: CommandId;
  readonly rank: Rank;
  readonly options: Options;
}

/** An option of whatever command is called. */
interface OptionSense {
  readonly options: Options;
}

/** Adds nothing to these commands, because it is in their sense anyway. */
interface ImpliedSense {
  readonly impliedIn: readonly CommandId[];
  /** Only where the command is named: "summary" beside "failures", but not beside a lone "sms". */
  readonly named?: true;
}

export type Sense = CallingSense | OptionSense | ImpliedSense;
