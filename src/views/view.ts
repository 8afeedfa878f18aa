import type { ProblemCode } from "../kernel/problem.ts";
import type { Question } from "../language/question.ts";

/**
 * View models: what a person is shown, in finished words and figures, without a word about cards.
 * The card, the terminal, the toast and the fallback text are all made from the same view.
 */
export type View =
  | UsageView
  | ReportView
  | ProblemView
  | ProgressView
  | HelpView
  | WhoAmIView
  | NoticeView
  | DigestView
  | FormView
  | DigestStatusView;

/**
 * refresh: ask again, for all who see the message · retry: the same after a problem ·
 * stored: the last complete numbers · look: another view for the presser only ·
 * explain: how the figures of a question come about, for the presser only ·
 * back: the message's own view for the presser only · ask: a new answer below ·
 * today, details: of a posted digest, for the presser only, who need not be allowed to ask for reports; details are also
 * the texts of campaigns, for those who may ask ·
 * digest-set, digest-confirm: the form's choices are saved, for all who see the message; the second one after
 * the readers were named · digest-preview: the digest of the form's choices, for the presser only ·
 * cancel: an export ends, and its file is removed.
 */
export const VERBS = [
  "refresh",
  "retry",
  "stored",
  "look",
  "explain",
  "back",
  "ask",
  "today",
  "details",
  "digest-set",
  "digest-confirm",
  "digest-preview",
  "cancel",
] as const;
export type Verb = (typeof VERBS)[number];

/** Asks something of the bot. */
export interface ActionButton {
  readonly title: string;
  readonly verb: Verb;
  readonly question: Question;
  /** The question of the message itself, where the button shows another one; Back returns to it. */
  readonly base?: Question;
  /** Choices of a form that travel with the press, under the ids of its inputs. */
  readonly values?: FormValues;
  /** Another page of a list; its rows are kept under the id for a while. */
  readonly paging?: Paging;
  /** The id of the export that ends. */
  readonly exportId?: string;
}

export interface Paging {
  readonly continuation: string;
  /** From 1 on. */
  readonly page: number;
}

/** Opens a page in the browser; on the card these stand after the others. */
interface LinkButton {
  readonly title: string;
  readonly url: string;
}

export type Button = ActionButton | LinkButton;

/** The parts that every view has. */
interface Common {
  /** The news in one sentence with its figure: toast, screen reader and fallback text. */
  readonly headline: string;
  readonly title: string;
  /** At most six: Teams shows no more. */
  readonly buttons: readonly Button[];
  /** First line of a view that only the presser sees; absent on views for all. */
  readonly onlyYou?: string;
  /** First line of the first answer in a place that several people read. */
  readonly placeNote?: string;
}

export interface UsageView extends Common {
  readonly kind: "usage";
  /** Period with both ends, and who is counted. */
  readonly subtitle: string;
  /** Warnings and remarks that stand directly below the subtitle. */
  readonly notices: readonly string[];
  readonly sections: readonly UsageSection[];
  /** What is counted, in plain words. */
  readonly explanations: readonly string[];
  /** Source, time of reading, completeness, lag. */
  readonly footer: string;
  /** What Teams' own "Refresh card" in the message menu asks. */
  readonly refresh: ActionButton;
  /** Stands where a card must be shortened to be accepted by Teams. */
  readonly shortened: string;
}

/** One feature's table. */
export interface UsageSection {
  readonly headline: string;
  /** One sentence about the worst method, only when it is beyond noise. */
  readonly remark?: string;
  readonly columns: readonly [name: string, ok: string, failed: string, rate: string];
  readonly rows: readonly UsageLine[];
  /** For each row the line that stands in its place when it and all after it are left out. */
  readonly rests?: readonly UsageLine[];
  /** "Not used: …". */
  readonly remarks: readonly string[];
  /** Words of the chart's title; absent when there is nothing worth drawing. The legend is that of the columns. */
  readonly chart?: string;
}

export interface UsageLine {
  readonly name: string;
  readonly successes: number;
  readonly failures: number;
  /** The same as text in the reader's number format. */
  readonly ok: string;
  readonly failed: string;
  /** The same for a narrow column: from a million on in compact form, "1.23M". */
  readonly okShort: string;
  readonly failedShort: string;
  /** Enough tries to be drawn and compared. */
  readonly comparable: boolean;
  /** "93 %", or a dash below 20 tries. */
  readonly rate: string;
}

/** A report of people or of failures: registration, methods, lists, one person, and how figures come about. */
export interface ReportView extends Common {
  readonly kind: "report";
  /** Period or day, and who is counted. */
  readonly subtitle: string;
  /** Warnings and remarks that stand directly below the subtitle. */
  readonly notices: readonly string[];
  readonly sections: readonly ReportSection[];
  /** What is counted, in plain words. */
  readonly explanations: readonly string[];
  /** Source, time of reading, completeness, lag. */
  readonly footer: string;
  /** What Teams' own "Refresh card" in the message menu asks; absent where there is nothing to read again. */
  readonly refresh?: ActionButton;
  /** Stands where a card must be shortened to be accepted by Teams. */
  readonly shortened: string;
}

/** A sentence, then a table or facts, then remarks. */
export interface ReportSection {
  readonly headline?: string;
  readonly table?: ReportTable;
  readonly facts?: readonly Fact[];
  readonly chart?: LineChart;
  readonly remarks: readonly string[];
  readonly advice?: readonly Advice[];
}

/** What helps with one thing. */
export interface Advice {
  readonly name: string;
  readonly text: string;
  /** Ours, never from what Graph says: it becomes a link. */
  readonly page?: { readonly title: string; readonly url: string };
}

/** Lines over weeks; one chart a card, and the table has every figure of it. */
export interface LineChart {
  readonly title: string;
  /** What the points stand for from left to right; what is counted, title and legend say. */
  readonly axis: string;
  /** One or two; the first is what one wants to grow. */
  readonly lines: readonly Line[];
}

interface Line {
  readonly legend: string;
  /** `x` is a day: "2026-11-09". */
  readonly points: readonly { readonly x: string; readonly y: number }[];
}

/** Two to four columns; the first one names, the others are figures in the reader's number format. */
export interface ReportTable {
  readonly columns: readonly string[];
  /** Columns after the first that hold words instead of figures, so they are set to the left. */
  readonly wordColumns?: readonly number[];
  /** How wide the columns are beside each other on a card, where the usual widths would break words on a phone. */
  readonly widths?: readonly number[];
  readonly rows: readonly (readonly string[])[];
  /** For each row the line that stands in its place when it and all after it are left out. */
  readonly rests?: readonly (readonly string[])[];
}

export interface ProblemView extends Common {
  readonly kind: "problem";
  readonly code: ProblemCode;
  /** What failed, in one or two sentences. */
  readonly what: string;
  /** "Who can fix it", "What to do", "Then", "Last numbers". */
  readonly facts: readonly Fact[];
  /** Code, correlation id and time in UTC. */
  readonly reference: string;
}

export interface Fact {
  readonly name: string;
  readonly value: string;
}

export interface ProgressView extends Common {
  readonly kind: "progress";
  readonly lines: readonly string[];
}

export interface HelpView extends Common {
  readonly kind: "help";
  readonly intro: string;
  /** What the asker may do. */
  readonly access?: string;
  readonly commands: readonly { readonly words: string; readonly summary: string }[];
  readonly outro: readonly string[];
}

export interface WhoAmIView extends Common {
  readonly kind: "whoami";
  readonly facts: readonly Fact[];
  readonly lines: readonly string[];
}

/** A short message: misunderstood, not in this version, welcome. */
export interface NoticeView extends Common {
  readonly kind: "notice";
  readonly lines: readonly string[];
}

/** The weekly digest, and the same figures as of now (`overview`). */
export interface DigestView extends Common {
  readonly kind: "digest";
  /** "Mon 9 – Sun 15 Nov 2026". */
  readonly subtitle: string;
  /** Late, old or missing numbers, an extra, a preview. */
  readonly notices: readonly string[];
  /** What happened, the first sentence is the news. */
  readonly news: readonly string[];
  readonly table?: DigestTable;
  readonly people?: {
    readonly title: string;
    readonly facts: readonly Fact[];
    readonly remarks: readonly string[];
  };
  readonly reasons?: { readonly title: string; readonly lines: readonly ReasonLine[] };
  /** One action, or that nothing is urgent. */
  readonly advice?: string;
  /** Who is counted, completeness, source. */
  readonly footer: readonly string[];
  /** "Every Tuesday 13:00 (Europe/Berlin). Next: 24 Nov. Set up by {person}." */
  readonly schedule?: {
    readonly text: string;
    /** Whom the card mentions; the name is looked up for each posting and never stored. */
    readonly setBy?: { readonly before: string; readonly userId: string; readonly name: string };
  };
}

interface ReasonLine {
  readonly count: string;
  readonly text: string;
}

export interface DigestTable {
  readonly columns: readonly [name: string, ok: string, failed: string, rate: string];
  readonly rows: readonly UsageLine[];
  /** The line of all methods, with the week before beside it. */
  readonly all: UsageLine & { readonly was?: string };
}

/** Inputs of the digest's form. Teams sends each as text, the chosen extras joined by commas. */
export const FORM_INPUTS = ["day", "time", "zone", "otherZone", "extras"] as const;
export type FormInputId = (typeof FORM_INPUTS)[number];
export type FormValues = Readonly<Partial<Record<FormInputId, string>>>;

/** A form: its buttons send what was chosen along with them. */
export interface FormView extends Common {
  readonly kind: "form";
  /** Who reads the place; stands in warning style. */
  readonly readers?: string;
  readonly inputs: readonly FormInput[];
  readonly notes: readonly string[];
}

export type FormInput = ChoiceInput | ChoicesInput | TextInput;

interface Labelled {
  readonly id: FormInputId;
  readonly label: string;
  /** What is wrong with what was chosen. */
  readonly problem?: string;
}

interface ChoiceInput extends Labelled {
  readonly kind: "choice";
  readonly value: string;
  readonly choices: readonly Choice[];
}

interface ChoicesInput extends Labelled {
  readonly kind: "choices";
  readonly values: readonly string[];
  readonly choices: readonly Choice[];
}

interface TextInput extends Labelled {
  readonly kind: "text";
  readonly value: string;
  readonly placeholder: string;
}

export interface Choice {
  readonly title: string;
  readonly value: string;
}

/** What a place has subscribed to: schedule, next runs, last deliveries. */
export interface DigestStatusView extends Common {
  readonly kind: "digest-status";
  readonly lines: readonly string[];
  readonly facts: readonly Fact[];
  readonly deliveries?: { readonly title: string; readonly facts: readonly Fact[] };
  /** What an outcome means and what to do about it. */
  readonly remarks: readonly string[];
}
