import type { DeliveryState, DigestExtra, PlaceAddress, SubscriptionState } from "../../ports/digest.ts";

/** A week of the calendar, or the last seven days, as it stands in sentences. */
export interface SpanWords {
  /** Begins the toast: "Week 46". */
  readonly name: (week: number) => string;
  /** "the week before". */
  readonly before: string;
  /** "this week". */
  readonly within: string;
}

export interface DigestWords {
  readonly title: (week: number) => string;
  readonly overview: string;
  readonly rolling: (range: string) => string;
  readonly details: (week: number) => string;
  readonly spans: Readonly<Record<"week" | "days", SpanWords>>;
  readonly news: ResetNewsWords;
  readonly headline: HeadlineWords;
  readonly table: DigestTableWords;
  readonly people: PeopleWords;
  readonly reasons: ReasonWords;
  readonly advice: AdviceWords;
  readonly notices: DigestNoticeWords;
  readonly footer: DigestFooterWords;
  readonly schedule: ScheduleWords;
  readonly form: DigestFormWords;
  readonly status: DigestStatusWords;
  readonly all: DigestAllWords;
  readonly buttons: Readonly<Record<DigestButton, string>>;
  /** In the terminal, which is no place of Teams. */
  readonly teamsOnly: string;
  readonly teamsOnlyHow: string;
  /** A preview is for the asker alone, so in a shared place it takes a press. */
  readonly previewHere: string;
  readonly previewHow: string;
  readonly backToWeek: (week: number) => string;
  readonly onlyYouToday: (time: string) => string;
}

export type DigestButton =
  | "details"
  | "manage"
  | "subscribe"
  | "save"
  | "subscribeAnyway"
  | "preview"
  | "cancel"
  | "postNow"
  /** Where nobody knows whether the last one arrived. */
  | "postAgain"
  | "change"
  | "resume"
  | "remove";

export interface ResetNewsWords {
  readonly less: (percent: string, was: string, before: string) => string;
  readonly more: (percent: string, was: string, before: string) => string;
  readonly same: (percent: string, was: string, before: string) => string;
  /** Enough tries, nothing to compare with. */
  readonly alone: (percent: string) => string;
  readonly few: (successes: string, tries: string, one: boolean) => string;
  readonly none: (within: string) => string;
  readonly noneWhy: string;
  readonly where: (
    method: string,
    failures: string,
    tries: string,
    beforeFailures: string,
    beforeTries: string,
    before: string,
  ) => string;
  readonly beforeFew: (before: string) => string;
  readonly beforeUnknown: (before: string) => string;
  readonly partly: (within: string) => string;
  readonly unread: string;
}

export interface HeadlineWords {
  readonly rate: (span: string, percent: string) => string;
  readonly rateWas: (span: string, percent: string, was: string) => string;
  readonly look: (method: string) => string;
  readonly few: (span: string, successes: string, tries: string, one: boolean) => string;
  readonly none: (span: string) => string;
  readonly people: (span: string, capable: string, inScope: string) => string;
  readonly nobody: (span: string) => string;
}

export interface DigestTableWords {
  readonly all: string;
  readonly was: (percent: string) => string;
  /** The figure that the last digest printed, and what later data made of it. */
  readonly wasAndIs: (printed: string, now: string) => string;
}

export interface PeopleWords {
  readonly title: string;
  readonly capable: string;
  readonly mfa: string;
  readonly passwordless: string;
  readonly phoneOnly: string;
  readonly of: (count: string, whole: string) => string;
  readonly ofInScope: (count: string, whole: string) => string;
  readonly nobodyInScope: string;
  /** In place of a figure that the report which was read does not have. */
  readonly notInApi: string;
  readonly up: (by: string) => string;
  readonly down: (by: string) => string;
  readonly unchanged: string;
  readonly joined: (parts: readonly string[]) => string;
  readonly first: string;
  readonly since: (week: number) => string;
  readonly nobody: string;
  readonly unread: string;
}

export interface ReasonWords {
  readonly title: string;
  readonly others: string;
}

export interface AdviceWords {
  /** A text to send to people who cannot reset yet. */
  readonly reminder: string;
}

export interface DigestNoticeWords {
  readonly late: (due: string) => string;
  /** Numbers of weeks, the oldest first; one at least. */
  readonly missed: (weeks: readonly number[]) => string;
  readonly extra: string;
  readonly preview: string;
  readonly asPosted: (at: string) => string;
  readonly old: Readonly<Record<"usage" | "people", (at: string) => string>>;
  /** Beside what is old: why nothing newer came. */
  readonly failed: (at: string, title: string, code: string) => string;
  readonly noNumbers: (span: string) => string;
  readonly noNumbersWhy: string;
}

export interface DigestFooterWords {
  readonly counted: (people: string, leftOut: string) => string;
  readonly tries: string;
  readonly complete: string;
  readonly mayGrow: string;
  readonly sofar: (read: string) => string;
}

export interface ScheduleWords {
  /** `day` is a full name. */
  readonly every: (day: string, time: string, zone: string) => string;
  readonly next: (day: string) => string;
  readonly setBy: string;
  readonly withName: (before: string, name: string) => string;
  /** "Tue 24 Nov 2026, 13:00 Europe/Berlin (12:00 UTC)"; `utc` is absent where the zone is UTC. */
  readonly run: (day: string, time: string, zone: string, utc: string | undefined) => string;
  readonly laterRun: (day: string, time: string, utc: string | undefined) => string;
  readonly first: (run: string) => string;
  readonly nextRun: (run: string) => string;
  readonly later: (run: string) => string;
  readonly and: (one: string, other: string) => string;
  readonly clocks: (from: string, to: string, time: string, utc: string) => string;
}

export interface DigestFormWords {
  readonly title: string;
  readonly headline: string;
  readonly readers: (
    people: string,
    guests: string | undefined,
    foreign: string | undefined,
    one: boolean,
  ) => string;
  readonly inPlace: (place: string, readers: string) => string;
  readonly guests: (count: string, one: boolean) => string;
  readonly foreign: (count: string, one: boolean) => string;
  readonly many: (people: string) => string;
  readonly willSee: (who: readonly string[]) => string;
  readonly day: string;
  readonly time: string;
  readonly zone: string;
  readonly zoneNow: (zone: string, offset: string) => string;
  readonly otherZone: string;
  readonly otherZoneExample: string;
  readonly extras: string;
  readonly extra: Readonly<Record<DigestExtra, string>>;
  readonly isPaused: string;
  readonly lag: string;
  readonly problems: Readonly<Record<"day" | "time" | "zone", string>>;
}

/** Every digest of the tenant, for administrators. */
export interface DigestAllWords {
  readonly title: string;
  readonly places: (count: string, one: boolean) => string;
  /** The last outcome of each failed, was missed or is not known, or the next run is late. */
  readonly attention: (count: string) => string;
  readonly fine: string;
  readonly none: string;
  readonly columns: Readonly<Record<"place" | "state" | "last" | "next", string>>;
  readonly kinds: Readonly<Record<PlaceAddress["kind"], string>>;
  /** `id` ends the conversation's own. */
  readonly place: (kind: string, id: string) => string;
  readonly states: Readonly<Record<SubscriptionState["kind"], string>>;
  readonly late: (by: string) => string;
  readonly minutes: (count: string) => string;
  readonly hours: (count: string) => string;
  readonly days: (count: string) => string;
  readonly never: string;
  readonly noNext: string;
  readonly last: (week: string, outcome: string) => string;
  readonly outcomes: Readonly<Record<DeliveryState, string>>;
  readonly unreadable: (count: string, one: boolean) => string;
  readonly more: (count: string) => string;
  readonly idsRemark: string;
  readonly footer: (at: string) => string;
}

export interface DigestStatusWords {
  readonly title: string;
  readonly setUp: (place: string) => string;
  readonly setUpHere: string;
  readonly about: string;
  readonly setBy: (name: string) => string;
  readonly anyone: string;
  readonly none: string;
  readonly noneHow: string;
  readonly state: string;
  readonly scheduled: string;
  readonly states: Readonly<Record<SubscriptionState["kind"], string>>;
  readonly pausedUntil: (day: string) => string;
  readonly suspended: Readonly<Record<"removed" | "blocked" | "gone", string>>;
  readonly deliveries: string;
  readonly noDeliveries: string;
  readonly week: (week: number) => string;
  readonly extraOf: (week: number) => string;
  readonly outcome: (outcome: string, at: string) => string;
  readonly outcomes: Readonly<Record<DeliveryState, string>>;
  readonly because: (outcome: string, reason: string) => string;
  readonly dueWhat: string;
  readonly unknownWhat: string;
  readonly missedWhat: string;
  readonly failedWhat: string;
  readonly notPosted: (week: number) => string;
  readonly removed: string;
  readonly removedHow: string;
  readonly paused: string;
  readonly pausedHow: string;
  readonly resumed: string;
}
