import { PERIODS } from "../ports/usage.ts";
import { isUnder } from "../reference/methods.ts";
import { COMMANDS } from "./commands.ts";
import { methodPhrases } from "./method-words.ts";
import {
  BREAKDOWNS_SAID,
  COMPARISONS_SAID,
  FEATURES_SAID,
  FILTERS_SAID,
  HELPDESK_SAID,
  MFA,
  NUMBER_WORDS,
  PERIODS_SAID,
  prefixed,
  SCOPES_SAID,
  TREND_REPORTS,
  UNITS,
} from "./option-words.ts";
import { COMMAND_IDS, type CommandId, FEATURES, type Options, type Question, SCOPES } from "./question.ts";
import { ALONE, GREETING, NAMES, OPTION, type Rank, type Sense } from "./sense.ts";
import {
  FILLERS,
  GREETINGS,
  HOW_MANY_PEOPLE,
  HOW_MANY_USE,
  IMPLIED,
  IMPLIED_BESIDE_NAMES,
  QUESTION_WORDS,
  TOPICS,
} from "./small-words.ts";
import { tokenise } from "./tokens.ts";

export interface Entry {
  readonly words: readonly string[];
  readonly senses: readonly Sense[];
}

/** All phrases by their first word. */
export type Lexicon = ReadonlyMap<string, readonly Entry[]>;

/** A phrase and one of its senses. A phrase may have several; which one counts depends on the command. */
type Meaning = readonly [phrases: readonly string[], sense: Sense];

const PEOPLE_WITH_PHONE_ONLY: Question = { command: "people", options: { filter: "phone-only" } };

export const LEXICON: Lexicon = build([...commands(), ...options(), ...smallWords()]);

function commands(): Meaning[] {
  return COMMAND_IDS.flatMap((id): Meaning[] => {
    const { words, synonyms, within } = COMMANDS[id];
    // "digest week" would swallow the first half of "digest week 46"; its parts say the same.
    const phrases = within ? synonyms : [words, ...synonyms];
    return [
      [phrases, calls(id, NAMES)],
      [phrases, { impliedIn: ["help"], named: true }],
    ];
  });
}

function options(): Meaning[] {
  const reports = TREND_REPORTS.map(([id, report]): Meaning => {
    const { words, synonyms } = COMMANDS[id];
    return [[words, ...synonyms], { options: { report } }];
  });
  const helpdesk: Meaning = [HELPDESK_SAID, calls("trend", ALONE, { report: "helpdesk" })];
  return [
    ...breakdowns(),
    ...features(),
    ...methods(),
    ...periods(),
    ...scopes(),
    ...filters(),
    ...reports,
    helpdesk,
  ];
}

function breakdowns(): Meaning[] {
  const { method, feature, reason } = BREAKDOWNS_SAID;
  return [
    ...ofUsage(method.with, { by: "method" }),
    [method.with, { options: { report: "method" } }],
    [method.bare, { options: { by: "method" } }],
    ...ofUsage(feature.with, { by: "feature" }),
    [feature.bare, { options: { by: "feature" } }],
    [[...reason.with, ...reason.bare], calls("failures", ALONE, { by: "reason" })],
  ];
}

function features(): Meaning[] {
  return FEATURES.flatMap((feature) => {
    const said = FEATURES_SAID[feature];
    return ofUsage([...said, ...prefixed(["feature"], said)], { feature });
  });
}

function methods(): Meaning[] {
  return methodPhrases().flatMap(([phrase, family]): Meaning[] => {
    const phrases = [phrase, ...prefixed(["method", "by"], [phrase])];
    const alone =
      phrase === "voice" ? calls("phone-retirement", ALONE) : calls("methods", ALONE, { method: family });
    return [[phrases, alone], ...ofUsage(phrases, { method: family })];
  });
}

function periods(): Meaning[] {
  return [
    ...PERIODS.flatMap((period) => ofUsage(PERIODS_SAID[period], { period })),
    ...COMPARISONS_SAID.map(([phrase, said]): Meaning => [[phrase], calls("compare", NAMES, said)]),
  ];
}

function scopes(): Meaning[] {
  return SCOPES.map((scope): Meaning => {
    const said = SCOPES_SAID[scope];
    return [[...said, ...prefixed(["by"], said)], { options: { scope } }];
  });
}

function filters(): Meaning[] {
  const { words, synonyms } = COMMANDS.failures;
  return [
    ...(["not-registered", "without-mfa"] as const).map(
      (filter): Meaning => [FILTERS_SAID[filter], calls("people", ALONE, { filter })],
    ),
    [FILTERS_SAID["phone-only"], calls("phone-retirement", ALONE)],
    [FILTERS_SAID["phone-only"], { options: { filter: "phone-only" } }],
    [FILTERS_SAID["phone-only"], { options: { method: "phone" } }],
    [[words, ...synonyms], { options: { filter: "failing" } }],
    ...methodPhrases()
      .filter(([, family]) => isUnder(family, "phone"))
      .map(([phrase]): Meaning => [[phrase], { offers: PEOPLE_WITH_PHONE_ONLY }]),
  ];
}

function smallWords(): Meaning[] {
  return [
    ...TOPICS.map(([phrases, id]): Meaning => [phrases, calls(id, ALONE)]),
    // Tries are not split by MFA; what MFA has to do with them is that people register for it.
    [MFA, { options: { feature: "registration" }, aside: true }],
    [MFA, { options: { report: "registration" }, aside: true }],
    [[...HOW_MANY_PEOPLE, ...HOW_MANY_USE], calls("people", OPTION)],
    // Tries are counted, not people, but whoever asks how many people reset their password means those.
    [HOW_MANY_PEOPLE, { impliedIn: ["usage"], beside: "feature" }],
    [GREETINGS, calls("help", GREETING)],
    [GREETINGS, { impliedIn: COMMAND_IDS }],
    ...IMPLIED.map(([phrases, impliedIn]): Meaning => [phrases, { impliedIn }]),
    ...IMPLIED_BESIDE_NAMES.map(([phrases, impliedIn]): Meaning => [phrases, { impliedIn, named: true }]),
  ];
}

function calls(id: CommandId, rank: Rank, said: Options = {}): Sense {
  return { calls: id, rank, options: said };
}

/** An option that alone asks for `usage`, and beside another command belongs to that one. */
function ofUsage(phrases: readonly string[], said: Options): Meaning[] {
  return [
    [phrases, calls("usage", OPTION, said)],
    [phrases, { options: said }],
  ];
}

function build(meanings: readonly Meaning[]): Lexicon {
  const senses = new Map<string, Sense[]>();
  for (const [phrases, sense] of meanings) {
    for (const phrase of new Set(phrases.flatMap(withPlural).map(plain))) {
      senses.set(phrase, [...(senses.get(phrase) ?? []), sense]);
    }
  }
  const byFirst = new Map<string, Entry[]>();
  for (const [phrase, meant] of senses) {
    const words = phrase.split(" ");
    const first = words[0] ?? phrase;
    byFirst.set(first, [...(byFirst.get(first) ?? []), { words, senses: meant }]);
  }
  return byFirst;
}

function withPlural(phrase: string): string[] {
  return phrase.includes("(s)") ? [phrase.replaceAll("(s)", ""), phrase.replaceAll("(s)", "s")] : [phrase];
}

/** The same reading of letters and signs as for messages. */
function plain(phrase: string): string {
  return (tokenise(phrase) ?? []).map(({ word }) => word).join(" ");
}

/** Every word that a message may hold with a meaning or without one: what a misspelt word may have meant. */
export const VOCABULARY: ReadonlySet<string> = new Set([
  ...[...LEXICON.values()].flatMap((entries) => entries.flatMap(({ words }) => words)),
  ...FILLERS,
  ...UNITS,
  ...NUMBER_WORDS,
  ...QUESTION_WORDS,
]);
