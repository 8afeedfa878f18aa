import type { PeopleFigure, PeopleReaderId } from "../../ports/people.ts";
import type { ReaderId } from "../../ports/usage.ts";

/** Figures that are put together from what several readings have left in the store. */
export type StoredFigures = "compare" | "trend" | "trend-people" | "helpdesk" | "campaign";

/** What the bot can tell the making of. */
export type Explained =
  | StoredFigures
  | "usage"
  | "registration"
  | "methods"
  | "failures"
  | "best-methods"
  | "phone-retirement";

export interface ExplainWords {
  readonly title: (report: string) => string;
  readonly headline: (report: string) => string;
  readonly read: string;
  readonly facts: Readonly<Record<"filter" | "window" | "readAt" | "took" | "pages", string>>;
  /** `path` is an address of Microsoft Graph. */
  readonly asked: (path: string) => string;
  /** What is asked of Graph, and what is told apart after that. */
  readonly filters: Readonly<Record<ReaderId | PeopleReaderId, string>>;
  readonly window: (period: string, range: string) => string;
  readonly asItStands: string;
  /** In place of a filter, of figures that are put together from the store. */
  readonly stored: string;
  readonly notKept: string;
  readonly seconds: (seconds: string, one: boolean) => string;
  readonly pagesAndRows: (pages: string, rows: string) => string;
  readonly formulas: string;
  readonly columns: Readonly<Record<"figure" | "formula", string>>;
  readonly registration: Readonly<Record<PeopleReaderId, Readonly<Record<PeopleFigure, string>>>>;
  readonly figures: Readonly<
    Record<Exclude<Explained, "registration">, readonly (readonly [figure: string, formula: string])[]>
  >;
  readonly raw: string;
  readonly rawValues: (values: readonly string[], others: number) => string;
  readonly noRawValues: string;
  readonly adminCenter: string;
  readonly tiles: Readonly<Record<Explained, readonly string[]>>;
  /** Of a count that leaves accounts out. */
  readonly otherPeople: string;
  readonly differs: Readonly<Record<Explained, readonly string[]>>;
}
