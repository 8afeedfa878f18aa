import type { Question } from "../language/question.ts";
import type { Words } from "../reference/words/words.ts";

/** The heading of a question's answer: "SSPR usage by method · password resets · SMS". */
export function questionTitle({ command, options }: Question, words: Words): string {
  const { counted } = words.reports;
  const feature = options.feature && words.features[options.feature].name;
  const method = options.method && words.families[options.method];
  const scope = options.scope && options.scope !== "members" ? counted.scopes[options.scope] : undefined;
  switch (command) {
    case "usage":
      return narrowed(
        options.by === "feature" ? words.usage.byFeature : words.usage.byMethod,
        [feature, method],
        words,
      );
    case "failures": {
      const { byMethod, byReason } = words.reports.failures;
      return narrowed(options.by === "method" ? byMethod : byReason, [feature, method], words);
    }
    case "registration":
      return narrowed(words.reports.registration.title, [scope], words);
    case "methods":
      return narrowed(words.reports.methods.title, [scope, method], words);
    case "best-methods":
      return narrowed(words.reports.bestMethods.title, [feature], words);
    case "phone-retirement":
      return words.reports.phoneRetirement.title;
    case "people":
      return options.filter
        ? narrowed(words.reports.people.titles[options.filter], [scope, feature], words)
        : words.commands.people;
    case "person":
      return words.reports.person.title;
    case "trend":
      return narrowed(words.history.titles[trendKind(options)], [method], words);
    case "campaign":
      return words.campaign.title;
    case "compare":
    case "health":
      return words.history.titles[command];
    default:
      return words.commands[command];
  }
}

function narrowed(title: string, to: readonly (string | undefined)[], { usage }: Words): string {
  return to
    .filter((part) => part !== undefined)
    .reduce((narrower, part) => usage.narrowed(narrower, part), title);
}

export const TREND_KINDS = ["usage", "method", "registration", "helpdesk"] as const;
export type TrendKind = (typeof TREND_KINDS)[number];

/** What a trend is about; tries where nothing was said. */
export function trendKind({ report }: Question["options"]): TrendKind {
  return TREND_KINDS.find((kind) => kind === report) ?? "usage";
}
