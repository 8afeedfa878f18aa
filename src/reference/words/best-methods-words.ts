import type { Feature } from "../../language/question.ts";

/** How a method stands beside its reliability; `strong` is neither phishing-resistant nor weak. */
export type ShownStrength = "phishing-resistant" | "strong" | "weak" | "retiring" | "unknown";

export interface BestMethodsWords {
  readonly title: string;
  readonly button: string;
  readonly headline: (within: string, sentences: readonly string[]) => string;
  readonly columns: Readonly<Record<"method" | "worked" | "strength", string>>;
  /** "1. Authenticator push". */
  readonly ranked: (place: string, method: string) => string;
  readonly rate: (percent: string, successes: string, tries: string) => string;
  readonly strengths: Readonly<Record<ShownStrength, string>>;
  readonly news: Readonly<Record<Feature, RankingWords>>;
  readonly otherNews: (label: string) => RankingWords;
  /** Follows the news where its method is weak. */
  readonly notSecure: Readonly<Record<"weak" | "retiring", (method: string) => string>>;
  readonly stronger: (method: string, rate: string) => string;
  readonly noStronger: string;
  /** A method with too few tries, in a list. */
  readonly few: (method: string, successes: string, tries: string) => string;
  readonly notRanked: (methods: readonly string[], others: number) => string;
  readonly more: (count: number) => string;
  readonly moreChanges: (count: number) => string;
  readonly order: string;
  readonly reliable: string;
}

/** `rate` comes from `rates.of`. */
export interface RankingWords {
  readonly leads: (method: string, rate: string) => string;
  readonly level: (method: string, rate: string, other: string) => string;
  readonly alone: (method: string, rate: string) => string;
  readonly none: string;
  /** Of no method with enough tries did one try work. */
  readonly noneWorked: string;
}
