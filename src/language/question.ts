import { PEOPLE_FILTERS, PEOPLE_SCOPES } from "../ports/people.ts";
import type { Period } from "../ports/usage.ts";
import type { MethodFamily } from "../reference/methods.ts";

/** Every command of the chat language, also those that a version does not answer yet. */
export const COMMAND_IDS = [
  "help",
  "whoami",
  "overview",
  "usage",
  "registration",
  "methods",
  "best-methods",
  "failures",
  "campaign",
  "compare",
  "trend",
  "phone-retirement",
  "people",
  "person",
  "export",
  "digest",
  "digest-subscribe",
  "digest-edit",
  "digest-preview",
  "digest-send",
  "digest-pause",
  "digest-resume",
  "digest-unsubscribe",
  "digest-all",
  "digest-week",
  "health",
  "audit",
] as const;
export type CommandId = (typeof COMMAND_IDS)[number];

export const BREAKDOWNS = ["method", "feature", "reason"] as const;
export const FEATURES = ["registration", "reset"] as const;
/** What can be asked for is what is counted and listed. */
export const SCOPES = PEOPLE_SCOPES;
export const FILTERS = PEOPLE_FILTERS;
export const REPORTS = ["usage", "registration", "failures", "people", "method", "helpdesk"] as const;

export type Breakdown = (typeof BREAKDOWNS)[number];
export type Feature = (typeof FEATURES)[number];
export type Scope = (typeof SCOPES)[number];
export type PeopleFilter = (typeof FILTERS)[number];
export type ReportName = (typeof REPORTS)[number];

/** What was said beside the command; only what was said. */
export interface Options {
  readonly by?: Breakdown;
  readonly feature?: Feature;
  readonly method?: MethodFamily;
  readonly period?: Period;
  readonly scope?: Scope;
  readonly weeks?: number;
  readonly filter?: PeopleFilter;
  readonly user?: string;
  readonly report?: ReportName;
  readonly week?: number;
}

/** One question as data: what words, a button and a stored card all come down to. */
export interface Question {
  readonly command: CommandId;
  readonly options: Options;
}

/** A word that was read as another one, because one letter was off. */
export interface Correction {
  readonly said: string;
  readonly read: string;
}

export interface Understood extends Question {
  /** Present only when a word was corrected. */
  readonly corrected?: readonly Correction[];
}

export interface Misunderstood {
  readonly misunderstood: true;
  /** Canonical words of the nearest commands, best first, at most three. */
  readonly suggestions: readonly string[];
  /** Words as typed that no reading has a place for. */
  readonly unknownWords: readonly string[];
}

export type Reading = Understood | Misunderstood;
