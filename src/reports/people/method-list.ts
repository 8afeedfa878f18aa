import { meaningOf } from "../../reference/methods.ts";
import type { Words } from "../../reference/words/words.ts";
import { newName } from "../usage/count.ts";

/** Graph's method values as labels, each once. */
export function methodList(methods: readonly string[] | undefined, words: Words): string {
  if (methods === undefined) {
    return words.reports.counted.notInApi;
  }
  const labels = [...new Set(methods.map((method) => methodLabel(method, words)))];
  return labels.length === 0 ? words.reports.people.noMethods : words.reports.people.methods(labels);
}

export function methodLabel(method: string, words: Words): string {
  const meaning = meaningOf(method);
  return meaning ? words.methods[meaning.name] : newName(method, words);
}
