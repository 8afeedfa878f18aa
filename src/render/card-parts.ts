import type { ActionButton, Fact, UsageLine, Verb } from "../views/view.ts";
import { escapeMarkdown } from "./markdown.ts";

/** One row of a table. */
export function row(line: UsageLine): object {
  return {
    name: escapeMarkdown(line.name),
    ok: escapeMarkdown(line.okShort),
    failed: escapeMarkdown(line.failedShort),
    rate: escapeMarkdown(line.rate),
  };
}

/** These take the inputs of their card along. */
const SENDING: readonly Verb[] = ["digest-set", "digest-preview"];

/**
 * What a press sends: with Action.Execute the verb travels beside the data, with its Action.Submit fallback
 * within them. Teams adds the card's inputs to the data under their ids; `values` stand where they would.
 * `v` is the version of this shape.
 */
export function action({ title, verb, question, base, values, paging, exportId }: ActionButton): object {
  const more = { ...(base && { base }), ...(paging && { paging }), ...(exportId && { exportId }) };
  const execute = { ...values, v: 1, question, ...more };
  const inputs = SENDING.includes(verb) ? "auto" : "none";
  return { title, verb, inputs, execute, submit: { verb, ...execute } };
}

export function fact({ name, value }: Fact): Fact {
  return { name: escapeMarkdown(name), value: escapeMarkdown(value) };
}

export function texts(lines: readonly string[]): { readonly text: string }[] {
  return lines.map((line) => ({ text: escapeMarkdown(line) }));
}
