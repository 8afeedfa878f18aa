import { expect } from "vitest";

export type Json = { readonly [name: string]: unknown };

/** Every object of a card that has a type. */
export function elementsOf(node: unknown): Json[] {
  if (typeof node !== "object" || node === null) {
    return [];
  }
  const within = Object.values(node).flatMap(elementsOf);
  return "type" in node && typeof node.type === "string" ? [{ ...node }, ...within] : within;
}

export function textsOf(card: object): string[] {
  return elementsOf(card)
    .filter(({ type }) => type === "TextBlock")
    .map(({ text }) => String(text));
}

const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  AdaptiveCard: ["version", "body", "fallbackText", "speak"],
  TextBlock: ["text", "wrap"],
  Container: ["items"],
  FactSet: ["facts"],
  Table: ["columns", "rows", "firstRowAsHeaders"],
  TableRow: ["cells"],
  TableCell: ["items"],
  ActionSet: ["actions"],
  "Action.Execute": ["title", "verb", "data"],
  "Action.Submit": ["title", "data"],
  "Action.OpenUrl": ["title", "url"],
  "Chart.HorizontalBar.Stacked": ["title", "data", "fallback"],
  "Chart.Line": ["title", "xAxisTitle", "data", "fallback"],
  "Input.ChoiceSet": ["id", "label", "value", "choices"],
  "Input.Text": ["id", "label", "maxLength"],
  mention: ["text", "mentioned"],
};

/** The shape of Adaptive Cards 1.5 as far as our cards use it; Teams' own chart is the one extension. */
export function expectValidCard(card: object): void {
  const elements = elementsOf(card);
  expect(card).toMatchObject({ type: "AdaptiveCard", version: "1.5" });
  for (const element of elements) {
    const required = REQUIRED[String(element["type"])];
    expect(required, `element ${String(element["type"])}`).toBeDefined();
    for (const name of required ?? []) {
      expect(element[name], `${String(element["type"])}.${name}`).toBeDefined();
    }
  }
  for (const { text, wrap } of elements.filter(({ type }) => type === "TextBlock")) {
    expect(typeof text).toBe("string");
    expect(text).not.toBe("");
    expect(wrap).toBe(true);
  }
  for (const { rows, columns } of elements.filter(({ type }) => type === "Table")) {
    for (const row of rows as { cells: unknown[] }[]) {
      expect(row.cells).toHaveLength((columns as unknown[]).length);
    }
  }
  for (const { facts } of elements.filter(({ type }) => type === "FactSet")) {
    expect(facts).not.toEqual([]);
  }
  for (const { url } of elements.filter(({ type }) => type === "Action.OpenUrl")) {
    expect(url).toMatch(/^https:\/\//);
  }
}

/** A text without its mentions, whose tags Teams needs as they are. */
export function withoutMentions(text: string, card: object): string {
  return elementsOf(card)
    .filter(({ type }) => type === "mention")
    .reduce((rest, mention) => rest.replaceAll(String(mention["text"]), ""), text);
}

/** What presses of a card's buttons send, by Action.Execute and by its Action.Submit fallback. */
export function pressesOf(card: object): { execute: Json; submit: Json }[] {
  return elementsOf(card)
    .filter(({ type, fallback }) => type === "Action.Execute" && fallback !== undefined)
    .map(({ verb, data, fallback }) => ({
      execute: { verb, ...(data as Json) },
      submit: (fallback as { data: Json }).data,
    }));
}
