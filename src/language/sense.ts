import type { CommandId, Options, Question } from "./question.ts";

/**
 * How strongly a phrase calls a command: it names it · it stands for it when nothing names one ("passkeys"
 * for `methods`) · it asks for it when nothing else does (options alone for `usage`) · it is a greeting.
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
export interface OptionSense {
  readonly options: Options;
  /** Not said in so many words: "mfa" is a matter of registration, but does not name that feature. */
  readonly aside?: true;
}

/** Adds nothing to these commands, because it is in their sense anyway. */
interface ImpliedSense {
  readonly impliedIn: readonly CommandId[];
  /** Only where the command is named: "summary" beside "failures", but not beside a lone "sms". */
  readonly named?: true;
  /** Only where this option is said as well. */
  readonly beside?: keyof Options;
}

/** Comes near this question, which is worth offering where its command is called, but is not the same. */
interface OfferingSense {
  readonly offers: Question;
}

export type Sense = CallingSense | OptionSense | ImpliedSense | OfferingSense;
