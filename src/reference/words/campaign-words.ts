import type { CampaignId } from "../campaigns.ts";

/** Texts of what would help adoption: the same in chat, overview and digest. */
export interface CampaignWords {
  readonly title: string;
  readonly textsTitle: string;
  /** Each campaign; `count` is that of whom it is for, and `method` the one that got worse, where that is known. */
  readonly campaigns: Readonly<Record<CampaignId, CampaignText>>;
  /** A campaign as the digest's line; `task` comes from `campaigns`. */
  readonly thisWeek: (task: string) => string;
  readonly nothing: string;
  readonly unknown: string;
  readonly headline: (task: string) => string;
  /** The line above a campaign; `place` counts from 1. */
  readonly ranked: (place: number, task: string) => string;
  readonly facts: Readonly<Record<"who" | "evidence" | "first", string>>;
  readonly who: {
    readonly people: (people: string, one: boolean) => string;
    /** Nobody could count the people behind so many failed tries. */
    readonly tries: (tries: string) => string;
    readonly adminResets: (resets: string) => string;
    readonly worse: (method: string | undefined) => string;
  };
  readonly evidence: {
    /** `what` comes from the campaign. */
    readonly people: (people: string, of: string, percent: string | undefined, what: string) => string;
    readonly tries: (tries: string, of: string, percent: string, what: string, days: number) => string;
    readonly adminResets: (byAdmins: string, of: string, percent: string) => string;
    /** Both are rates of so many tries; `than` says when `before` was. */
    readonly worse: (method: string | undefined, now: string, before: string, than: string) => string;
  };
  /** People who used a phone lately, and those of them who have something better. */
  readonly phoneUsers: (people: string, one: boolean, withStrong: string) => string;
  readonly also: (tasks: readonly string[]) => string;
  readonly notKnown: Readonly<Record<"people" | "phoneOnly" | "inScope" | "resets" | "byWhom", string>>;
  readonly noTries: string;
  readonly subtitle: (day: string) => string;
  readonly explanations: readonly string[];
  readonly reader: string;
  /** Above a text to send; `to` comes from the campaign. */
  readonly textFor: (to: string) => string;
  readonly textButton: string;
  readonly pageButton: (place: number) => string;
  readonly shortened: string;
}

export interface CampaignText {
  /** What to do, as the rest of a sentence and without its full stop. */
  readonly task: (count: string | undefined, method: string | undefined) => string;
  /** What the evidence shows, behind its count; empty where that needs no words. */
  readonly what: string;
  readonly first: string;
  /** To whom the text goes. */
  readonly to: string;
  /** Plain text that can be copied. */
  readonly text: string;
}
