import { FEATURES, type Feature, type Options } from "../../language/question.ts";
import type { UsageRow } from "../../ports/usage.ts";
import { isUnder, type MethodFamily, type MethodName, meaningOf } from "../../reference/methods.ts";
import type { Words } from "../../reference/words/words.ts";
import { printable } from "../../views/plain-text.ts";
import { type Outcomes, sumOf, triesOf } from "./worst-method.ts";

/** Tries with everything that is shown under one name. */
export interface MethodCount extends Outcomes {
  readonly label: string;
  readonly name?: MethodName;
}

/** All methods of one feature, the unused ones too; most tries first. */
export interface FeatureCount extends Outcomes {
  /** Graph's feature where it is known. */
  readonly feature?: Feature;
  /** Graph's own word. */
  readonly value: string;
  /** How it is shown, where it is not known. */
  readonly label: string;
  readonly methods: readonly MethodCount[];
}

/** Password resets stand first: they are what the question is named after. */
const FEATURE_ORDER: readonly Feature[] = ["reset", "registration"];

/**
 * Rows as they are shown: narrowed to what was asked, merged where two of Graph's values mean the same method.
 * Each value nobody knows keeps its own line, also where two of them look alike; nothing is dropped that was
 * asked for. The features that were asked for are always there, even without a row.
 */
export function countByFeature(rows: readonly UsageRow[], options: Options, words: Words): FeatureCount[] {
  const asked = options.feature ? [options.feature] : FEATURE_ORDER;
  const wanted = rows.filter((row) => isWanted(row, options));
  const grouped = groupBy(wanted, (row) => row.feature);
  const known = asked.map((feature) => ({
    feature,
    ...featureCount(feature, feature, grouped.get(feature) ?? [], words),
  }));
  const others = [...grouped]
    .filter(([feature]) => !isFeature(feature))
    .map(([feature, members]) => featureCount(feature, newName(feature, words), members, words))
    .sort(byTries);
  return [...known, ...others];
}

function featureCount(value: string, label: string, rows: readonly UsageRow[], words: Words): FeatureCount {
  const methods = [...groupBy(rows, ({ method }) => methodKey(method)).values()]
    .map((members): MethodCount => {
      const method = members[0]?.method ?? "";
      const name = meaningOf(method)?.name;
      const told = name ? { label: words.methods[name], name } : { label: newName(method, words) };
      return { ...told, ...sumOf(members) };
    })
    .sort(byTries);
  return { value, label, methods, ...sumOf(methods) };
}

/** The prefix keeps a new value of Graph that is spelt like one of our names apart. */
function methodKey(method: string): string {
  const meaning = meaningOf(method);
  return meaning ? `known ${meaning.name}` : `new ${method}`;
}

/** A value that nobody knows yet. */
export function newName(value: string, words: Words): string {
  const name = printable(value);
  return name === "" ? words.noName : words.newAtMicrosoft(name);
}

function isFeature(feature: string): feature is Feature {
  return (FEATURES as readonly string[]).includes(feature);
}

/** Whether a row is of the feature and the method that were asked for. */
export function isWanted(row: Pick<UsageRow, "feature" | "method">, { feature, method }: Options): boolean {
  const isFeatureWanted = feature === undefined || row.feature === feature;
  return isFeatureWanted && isMethodWanted(row.method, method);
}

/** Whether Graph's method belongs to the family that was asked for, if one was. */
export function isMethodWanted(method: string, asked: MethodFamily | undefined): boolean {
  if (asked === undefined) {
    return true;
  }
  const meaning = meaningOf(method);
  return meaning !== undefined && isUnder(meaning.family, asked);
}

function byTries(one: Outcomes & { label: string }, other: Outcomes & { label: string }): number {
  return triesOf(other) - triesOf(one) || Number(one.label > other.label) - Number(one.label < other.label);
}

export function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) {
      group.push(item);
    } else {
      groups.set(key, [item]);
    }
  }
  return groups;
}
