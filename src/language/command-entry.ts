import type { Permission } from "../access/permission.ts";
import type { CommandId, Options, ReportName } from "./question.ts";

/** Which values of which options a command takes; an option that is not named is not taken. */
type OptionRules = {
  readonly [Name in keyof Options]?: readonly NonNullable<Options[Name]>[] | "any";
};

export interface CommandEntry {
  /** The words that help, menu and buttons show. */
  readonly words: string;
  /** Further words that call the command; `(s)` is a plural that may be there or not. */
  readonly synonyms: readonly string[];
  readonly options: OptionRules;
  /** These options make sense only where that one has one of these values; undefined: where it was not said. */
  readonly onlyWith?: {
    readonly name: "filter" | "report";
    readonly values: readonly (Options["filter" | "report"] | undefined)[];
    readonly options: readonly (keyof Options)[];
  };
  /** What has to be said before there is something to answer; the command asks for it when it is missing. */
  readonly needs?: keyof Options;
  /** `export`: takes the options of the report it names, and also the permission of that report. */
  readonly exports?: readonly (ReportName & CommandId)[];
  /** The synonyms count only beside the words of that command: "pause" beside "digest". */
  readonly within?: CommandId;
  /** Undefined: everybody in the tenant may ask. */
  readonly permission?: Permission;
  /** It brings numbers to a place, so it asks for `reports` too. */
  readonly alsoReports?: true;
  /** `personal`: names people, so it is answered in a personal chat only. */
  readonly where: "anywhere" | "personal";
  /** It changes or posts something, so it is never reached by guessing. */
  readonly changes?: true;
}

/** What reports have in common: names nobody. */
export const REPORT = { permission: "reports", where: "anywhere" } as const;
