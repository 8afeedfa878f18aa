import type { LeftOutRule, PeopleFigure, PeopleReaderId, PeopleScope } from "../../ports/people.ts";
import type { Strength } from "../methods.ts";
import type { BestMethodsWords } from "./best-methods-words.ts";
import type { ExplainWords } from "./explain-words.ts";
import type { FailureWords } from "./failure-words.ts";
import type { PeopleListWords, PersonWords } from "./people-words.ts";
import type { PhoneRetirementWords } from "./phone-retirement-words.ts";

/** Texts of the reports of people and of failures. */
export interface ReportWords {
  readonly counted: CountedWords;
  readonly registration: RegistrationWords;
  readonly methods: MethodsWords;
  readonly failures: FailureWords;
  readonly bestMethods: BestMethodsWords;
  readonly phoneRetirement: PhoneRetirementWords;
  readonly people: PeopleListWords;
  readonly person: PersonWords;
  readonly explain: ExplainWords;
}

/** Who is counted, by which report. */
export interface CountedWords {
  readonly readers: Readonly<Record<PeopleReaderId, string>>;
  /** A scope by name, within a sentence. */
  readonly scopes: Readonly<Record<PeopleScope, string>>;
  /** A button that asks for the scope. */
  readonly scopeButtons: Readonly<Record<PeopleScope, string>>;
  /** So many people of a scope: "19,412 members". */
  readonly of: Readonly<Record<PeopleScope, (count: string, one: boolean) => string>>;
  readonly subtitle: (day: string, people: string) => string;
  readonly counted: (people: string) => string;
  /** `parts` come from `leftOutBy`; none: nobody was. */
  readonly leftOut: (parts: readonly string[]) => string;
  readonly leftOutBy: Readonly<Record<LeftOutRule, (count: string, one: boolean) => string>>;
  readonly noServiceAccounts: string;
  /** The API gives counts alone, so nobody can be left out of them. */
  readonly byMicrosoft: string;
  /** `permission` is the missing one. */
  readonly legacyInstead: (permission: string) => string;
  readonly groupsNotLeftOut: (groups: string, one: boolean) => string;
  readonly otherScope: (asked: string, shown: string) => string;
  readonly notInApi: string;
  readonly noShare: string;
  readonly shortened: string;
}

export interface RegistrationWords {
  readonly title: string;
  /** `percent` is absent for less than twenty people and for a count that is not told. */
  readonly canReset: (capable: string, whole: string, percent: string | undefined) => string;
  readonly inScope: (enabled: string) => string;
  readonly nobodyInScope: (people: string) => string;
  readonly people: (people: string) => string;
  readonly nobody: (scope: string) => string;
  readonly target: TargetWords;
  /** A figure beside its target: "MFA registered: 78 %, below the target of 90 %." */
  readonly beside: (figure: string, percent: string, target: string) => string;
  readonly asSentence: (text: string) => string;
  readonly columns: Readonly<Record<"figure" | "people" | "share", string>>;
  readonly figures: Readonly<Record<PeopleFigure, string>>;
  readonly ofEnabled: (figure: string) => string;
  readonly denominator: (people: string) => string;
  readonly denominators: (people: string, figure: string, enabled: string) => string;
  readonly above: (figures: readonly string[]) => string;
  readonly meaning: string;
}

export interface TargetWords {
  readonly reached: (target: string) => string;
  /** Below it by so little that both round to the same figure. */
  readonly just: (target: string) => string;
  readonly below: (target: string) => string;
  readonly far: (low: string) => string;
}

export interface MethodsWords {
  readonly title: string;
  readonly most: (method: string, count: string, people: string, percent: string | undefined) => string;
  readonly counted: (people: string) => string;
  readonly notInApi: (reader: string) => string;
  readonly none: (people: string) => string;
  readonly noneWith: (method: string, people: string) => string;
  readonly late: string;
  readonly strengths: Readonly<Record<Strength | "unknown", string>>;
  /** "Phishing-resistant: 320 of 19,412 members have one". */
  readonly have: (strength: string, count: string, people: string) => string;
  readonly atLeast: (count: string) => string;
  readonly columns: Readonly<Record<"method" | "people" | "share", string>>;
  /** All methods of a family. */
  readonly family: (family: string) => string;
  readonly within: (method: string) => string;
  readonly password: string;
  readonly more: (count: number) => string;
  readonly unlisted: string;
  readonly several: string;
  /** `people` have something stronger than a phone and used one all the same. */
  readonly usedPhone: (people: string) => string;
  readonly strength: string;
}
