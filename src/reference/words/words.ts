import type { ProblemCode, ReadyReport, SignInFault } from "../../kernel/problem.ts";
import type { CommandId, Feature } from "../../language/question.ts";
import type { Period, ReaderId } from "../../ports/usage.ts";
import type { MethodFamily, MethodName } from "../methods.ts";
import type { NamedReason } from "../reasons.ts";
import type { AccessWords } from "./access-words.ts";
import type { AuditWords } from "./audit-words.ts";
import type { CampaignWords } from "./campaign-words.ts";
import type { DigestWords } from "./digest-words.ts";
import type { DoctorWords } from "./doctor-words.ts";
import type { ExportWords } from "./export-words.ts";
import type { HelpdeskWords } from "./helpdesk-words.ts";
import type { HistoryWords } from "./history-words.ts";
import type { ReportWords } from "./report-words.ts";
import type { TeamsAppWords } from "./teams-app-words.ts";
import type { FeatureWords, PeriodWords, UsageWords } from "./usage-words.ts";

/**
 * Every text a person reads, in one language. Figures, dates and names arrive as finished text, so that a
 * language decides on order and grammar alone. No text holds markdown: what is bold is up to the card.
 */
export interface Words {
  readonly dates: DateWords;
  readonly figures: FigureWords;
  readonly methods: Readonly<Record<MethodName, string>>;
  readonly families: Readonly<Record<MethodFamily, string>>;
  /** A value of Graph that nobody knows yet. */
  readonly newAtMicrosoft: (value: string) => string;
  /** Stands where Graph's value is empty. */
  readonly noName: string;
  readonly periods: Readonly<Record<Period, PeriodWords>>;
  readonly features: Readonly<Record<Feature, FeatureWords>>;
  /** For a feature that is new at Microsoft; `label` comes from `newAtMicrosoft`. */
  readonly otherFeature: (label: string) => FeatureWords;
  readonly readers: Readonly<Record<ReaderId, string>>;
  /** Why tries failed; each follows a count. */
  readonly reasons: Readonly<Record<NamedReason, string>>;
  readonly usage: UsageWords;
  readonly digest: DigestWords;
  readonly exports: ExportWords;
  /** Registration, methods, failures, people, and how figures come about. */
  readonly reports: ReportWords;
  /** Reports over time, `health`, and what Microsoft announced. */
  readonly history: HistoryWords;
  /** Resets by people themselves and by administrators, and sign-ins, by day. */
  readonly helpdesk: HelpdeskWords;
  /** What would help adoption, in chat and digest. */
  readonly campaign: CampaignWords;
  readonly commands: Readonly<Record<CommandId, string>>;
  readonly buttons: ButtonWords;
  readonly problems: Readonly<Record<ProblemCode, ProblemWords>>;
  readonly problem: ProblemFrameWords;
  readonly progress: ProgressWords;
  readonly help: HelpWords;
  readonly whoAmI: WhoAmIWords;
  readonly replies: ReplyWords;
  readonly welcome: WelcomeWords;
  readonly onlyYou: string;
  readonly access: AccessWords;
  readonly audit: AuditWords;
  readonly doctor: DoctorWords;
  readonly teamsApp: TeamsAppWords;
}

export interface DateWords {
  /** Twelve short names. */
  readonly months: readonly string[];
  /** Seven names, Monday first. */
  readonly weekdays: readonly string[];
  readonly weekdaysShort: readonly string[];
  /** `day` is a date or its number in the month. */
  readonly onWeekday: (weekday: string, day: string) => string;
  readonly day: (day: number, month: string) => string;
  readonly dayOfYear: (day: number, month: string, year: number) => string;
  readonly today: string;
  readonly yesterday: string;
  readonly tomorrow: string;
  /** `day` is "today" or a date, `time` is "14:32". */
  readonly moment: (day: string, time: string) => string;
  readonly range: (from: string, to: string) => string;
  readonly zoned: (moment: string, zone: string) => string;
  /** None reads "less than a minute". */
  readonly minutes: (count: number) => string;
  readonly hours: (count: number) => string;
  readonly days: (count: number) => string;
}

export interface FigureWords {
  /** `figure` is a whole number without a sign. */
  readonly percent: (figure: string) => string;
  readonly almost: (percent: string) => string;
  readonly hardly: (percent: string) => string;
  /** In place of a count of people that is too small to be told. */
  readonly fewerThan: (figure: string) => string;
  /** Stands where there is too little for a rate, or none to be told. */
  readonly none: string;
}

export interface ButtonWords {
  readonly refresh: string;
  readonly back: string;
  readonly byMethod: string;
  readonly byFeature: string;
  readonly whyFail: string;
  readonly tryAgain: string;
  readonly lastNumbers: string;
  readonly checkAgain: string;
  readonly whoAmI: string;
  readonly adminCenter: string;
  readonly help: string;
  readonly explain: string;
  readonly next: string;
  readonly previous: string;
  readonly methods: string;
  readonly byReason: string;
  /** Opens the personal chat with the bot. */
  readonly personalChat: string;
}

/** What is known when a problem is put in words; times are finished text with their zone. */
export interface ProblemDetails {
  /** Who was refused what: what it opens, whom it is open to, the groups among them, the product's setting. */
  readonly denied?: {
    readonly may: string;
    readonly holders: string;
    readonly groups: readonly string[];
    readonly setting: string;
    /** All that is missing is to be a member of the team. */
    readonly outside?: true;
  };
  /** What has no rows, where that is neither tries nor resets. */
  readonly report?: ReadyReport;
  /** It was Teams that did not say. */
  readonly teams?: true;
  /** The missing permission, or the one that the reports need. */
  readonly permission: string;
  /** The permission for whose want Graph refused; absent where it refused for something else. */
  readonly missing?: string;
  /** Why there is no sign-in, where that is known. */
  readonly signIn?: SignInFault;
  /** When to try again. */
  readonly retryAt?: string;
  /** Present when the wait is short enough to be counted in seconds. */
  readonly seconds?: number;
  /** What Graph or the sign-in service answered: status and codes. */
  readonly answer?: string;
}

export interface ProblemWords {
  /** Says what happened; never holds the word "error". */
  readonly title: (details: ProblemDetails) => string;
  readonly what: (details: ProblemDetails) => string;
  readonly who: (details: ProblemDetails) => string;
  readonly todo: (details: ProblemDetails) => string;
  readonly after: (details: ProblemDetails) => string;
}

export interface ProblemFrameWords {
  readonly who: string;
  readonly todo: string;
  readonly after: string;
  readonly last: string;
  readonly complete: (moment: string) => string;
  readonly signedIn: (account: string) => string;
}

export interface ProgressWords {
  readonly sofar: (pages: string, rows: string, one: { page: boolean; row: boolean }) => string;
  readonly starting: string;
  readonly stay: string;
  /** Instead of `stay`, where the card cannot be replaced; `button` is the one to press. */
  readonly again: (button: string) => string;
  readonly waiting: (until: string) => string;
  readonly nothingStored: string;
  readonly stopped: string;
}

export interface HelpWords {
  readonly title: string;
  readonly headline: (count: number) => string;
  readonly intro: string;
  readonly options: string;
  readonly refine: string;
  readonly mention: string;
}

export interface WhoAmIWords {
  readonly title: string;
  readonly tenant: string;
  readonly account: string;
  readonly name: string;
  readonly access: string;
  readonly undecided: string;
  /** Instead of `undecided`, where the app may not ask. */
  readonly unchecked: string;
  readonly allowed: (mays: string) => string;
  readonly refused: string;
  readonly later: string;
  /** Instead of `later`: the permission that the check lacks. */
  readonly lacking: (permission: string) => string;
  readonly operator: string;
  readonly operatorAccess: string;
  readonly operatorWhy: string;
}

export interface ReplyWords {
  readonly misunderstood: string;
  readonly unknown: (words: readonly string[]) => string;
  /** A word that asks for a time span, though none that there is. */
  readonly isAboutTime: (word: string) => boolean;
  readonly periodHint: string;
  readonly didYouMean: string;
  readonly nothingNear: string;
  /** Short messages instead of a card. */
  readonly notAllowed: (denied: string) => string;
  readonly unknownButton: string;
  /** The button was not put into this chat by this bot. */
  readonly otherChat: string;
  readonly answeredBelow: string;
  readonly notAnswered: string;
  readonly stillWorking: string;
  readonly busy: string;
  readonly askAgain: string;
  readonly notYourTenant: string;
}

export interface WelcomeWords {
  readonly title: string;
  readonly what: string;
  readonly who: string;
  readonly personal: string;
  readonly shared: string;
}
