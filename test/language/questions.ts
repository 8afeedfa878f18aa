import fc from "fast-check";
import { COMMANDS, takes } from "../../src/language/commands.ts";
import {
  BREAKDOWNS,
  COMMAND_IDS,
  type CommandId,
  FEATURES,
  FILTERS,
  type Options,
  type Question,
  REPORTS,
  SCOPES,
} from "../../src/language/question.ts";
import { PERIODS } from "../../src/ports/usage.ts";
import { METHOD_FAMILIES } from "../../src/reference/methods.ts";

const USERS = [
  "alex.kim@contoso.com",
  "o'brien@contoso.com",
  "alex_fabrikam.com#ext#@contoso.onmicrosoft.com",
  "usage.method+sms@help.example",
];

const VALUES: { readonly [Name in keyof Options]-?: fc.Arbitrary<NonNullable<Options[Name]>> } = {
  by: fc.constantFrom(...BREAKDOWNS),
  feature: fc.constantFrom(...FEATURES),
  method: fc.constantFrom(...METHOD_FAMILIES),
  period: fc.constantFrom(...PERIODS),
  scope: fc.constantFrom(...SCOPES),
  weeks: fc.integer({ min: 1, max: 520 }),
  filter: fc.constantFrom(...FILTERS),
  user: fc.constantFrom(...USERS),
  report: fc.constantFrom(...REPORTS),
  week: fc.integer({ min: 1, max: 53 }),
};

/** Any questions that the registry allows, with everything that the command needs. */
export function questions(ids: readonly CommandId[] = COMMAND_IDS): fc.Arbitrary<Question> {
  return fc.oneof(...ids.map(questionOf));
}

export const READING = COMMAND_IDS.filter((id) => !COMMANDS[id].changes);

function questionOf(command: CommandId): fc.Arbitrary<Question> {
  const reports = COMMANDS[command].exports;
  if (!reports) {
    return optionsOf(command).map((options) => ({ command, options }));
  }
  return fc.oneof(
    ...reports.map((report) =>
      optionsOf(report).map((options) => ({ command, options: { ...options, report } })),
    ),
  );
}

function optionsOf(command: CommandId): fc.Arbitrary<Options> {
  const { needs, onlyWith } = COMMANDS[command];
  return fc
    .record(VALUES, { requiredKeys: needs ? [needs] : [] })
    .map((said) =>
      Object.fromEntries(
        Object.entries(said).filter(([name, value]) => takes(command, name as keyof Options, value)),
      ),
    )
    .filter((options: Options) => needs === undefined || options[needs] !== undefined)
    .filter(
      (options: Options) =>
        !onlyWith ||
        onlyWith.values.includes(options[onlyWith.name]) ||
        onlyWith.options.every((name) => options[name] === undefined),
    );
}
