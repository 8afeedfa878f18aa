import {
  isUnder,
  type MethodFamily,
  type MethodName,
  meaningOf,
  type Strength,
  strengthOf,
} from "../../reference/methods.ts";
import type { Words } from "../../reference/words/words.ts";
import { groupBy, newName } from "../usage/count.ts";

/** People with one method, or with any of several that are shown under one name. */
export interface MethodPeople {
  readonly label: string;
  /** Exact for one value of Graph; the largest of several, since nobody tells how many people have more than one. */
  readonly people: number;
  readonly isLowerBound: boolean;
}

/** Methods of one family; a value that nobody knows is a family of its own. */
export interface FamilyPeople extends MethodPeople {
  readonly methods: readonly MethodPeople[];
}

export interface StrengthPeople extends MethodPeople {
  readonly strength: Strength | "unknown";
  readonly families: readonly FamilyPeople[];
}

const STRENGTH_ORDER = ["phishing-resistant", "other", "weak", "unknown"] as const;

interface Value {
  readonly value: string;
  readonly people: number;
  readonly name?: MethodName | "password";
  readonly family?: MethodFamily | "password";
  readonly label: string;
  readonly strength: Strength | "unknown";
}

/**
 * People per registered method by strength, family and name, most people first. `methods` are Graph's own words with
 * their people; without people they are left out. `asked` narrows to a family. No sum is ever made: people may hold several
 * methods, so several values together are a lower bound.
 */
export function methodTree(
  methods: Readonly<Record<string, number>>,
  asked: MethodFamily | undefined,
  words: Words,
): StrengthPeople[] {
  const values = Object.entries(methods)
    .filter(([, people]) => people > 0)
    .map(([value, people]) => valueNamed(value, people, words))
    .filter(({ family }) => asked === undefined || isAsked(family, asked));
  const byStrength = groupBy(values, ({ strength }) => strength);
  return STRENGTH_ORDER.flatMap((strength) => {
    const members = byStrength.get(strength) ?? [];
    return members.length > 0
      ? [{ strength, families: families(members, words), ...together("", members) }]
      : [];
  });
}

function families(values: readonly Value[], words: Words): FamilyPeople[] {
  return [...groupBy(values, ({ family, value }) => (family ? `known ${family}` : `new ${value}`)).values()]
    .map((members): FamilyPeople => {
      const names = groupBy(members, ({ name, value }) => name ?? value);
      const methods = [...names.values()].map((same) => together(same[0]?.label ?? "", same)).sort(byPeople);
      const family = members[0]?.family;
      const isAlone = methods.length === 1 || family === undefined || family === "password";
      const label = isAlone ? (methods[0]?.label ?? "") : words.families[family];
      return { ...together(label, members), methods };
    })
    .sort(byPeople);
}

function together(label: string, values: readonly { readonly people: number }[]): MethodPeople {
  return { label, people: Math.max(...values.map(({ people }) => people)), isLowerBound: values.length > 1 };
}

/** `usersRegisteredByMethod` lists passwords too, which are in no enum of methods. */
const PASSWORD = "password";

function valueNamed(value: string, people: number, words: Words): Value {
  if (value === PASSWORD) {
    const label = words.reports.methods.password;
    return { value, people, name: PASSWORD, family: PASSWORD, label, strength: "weak" };
  }
  const meaning = meaningOf(value);
  return meaning
    ? { value, people, ...meaning, label: words.methods[meaning.name], strength: strengthOf(meaning.family) }
    : { value, people, label: newName(value, words), strength: "unknown" };
}

function isAsked(family: Value["family"], asked: MethodFamily): boolean {
  return family !== undefined && family !== PASSWORD && isUnder(family, asked);
}

function byPeople(one: MethodPeople, other: MethodPeople): number {
  return other.people - one.people || Number(one.label > other.label) - Number(one.label < other.label);
}
