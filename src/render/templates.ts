import { readdirSync, readFileSync } from "node:fs";
import { GlobalSettings, Template } from "adaptivecards-templating";
import type { View } from "../views/view.ts";

export type ViewKind = View["kind"];

/** One template for each kind of view. */
export const VIEW_KINDS = [
  "usage",
  "report",
  "problem",
  "progress",
  "help",
  "whoami",
  "notice",
  "digest",
  "form",
  "digest-status",
] as const satisfies readonly ViewKind[];

/** Fills a template with data; throws where the template asks for a field that the data lacks. */
export type Fill = (data: object) => unknown;

/** The same path from `src/render` and from `dist/render`. */
const FOLDER = new URL("../../cards/", import.meta.url);

/** A template binds fields; every decision is made before it. */
const BINDING = /^\$\{[a-z]+(?:\.[a-z]+)*\}$/i;
const CONDITION = /^\$\{exists\([a-z]+\)\}$/i;

/**
 * Reads and checks every template in `cards/`. Throws at once, naming the file, where one is missing, is not
 * an Adaptive Card of version 1.5, has no view, or does more than bind fields.
 */
export function loadTemplates(folder: URL = FOLDER): ReadonlyMap<ViewKind, Fill> {
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  const strangers = files.filter((file) => !VIEW_KINDS.some((kind) => file === `${kind}.json`));
  if (strangers.length > 0) {
    throw new Error(`cards/: no view is called ${strangers.join(", ")}`);
  }
  return new Map(VIEW_KINDS.map((kind) => [kind, loadTemplate(kind, folder)]));
}

function loadTemplate(kind: ViewKind, folder: URL): Fill {
  const name = `cards/${kind}.json`;
  const payload: unknown = JSON.parse(readFileSync(new URL(`${kind}.json`, folder), "utf8"));
  if (!isCard(payload)) {
    throw new Error(`${name}: not an AdaptiveCard of version 1.5`);
  }
  for (const { key, text } of stringsOf("", payload)) {
    const isFine = !text.includes("${") || (key === "$when" ? CONDITION : BINDING).test(text);
    if (!isFine) {
      throw new Error(`${name}: "${text}" does more than bind a field`);
    }
  }
  const template = new Template(payload);
  return (data) => fill(template, data, name);
}

/**
 * The library leaves "${field}" on the card where a field is missing, and such text may also be honest data.
 * So it is asked for the missing paths instead, by its only hook; filling is synchronous, so nobody else can
 * meet the hook.
 */
function fill(template: Template, data: object, name: string): unknown {
  const missing: string[] = [];
  const before = GlobalSettings.getUndefinedFieldValueSubstitutionString;
  GlobalSettings.getUndefinedFieldValueSubstitutionString = (path) => {
    missing.push(path);
    return undefined;
  };
  try {
    const card: unknown = template.expand({ $root: data });
    if (missing.length > 0) {
      throw new Error(`${name}: no data for ${missing.join(", ")}`);
    }
    return card;
  } finally {
    Object.assign(GlobalSettings, { getUndefinedFieldValueSubstitutionString: before });
  }
}

function isCard(payload: unknown): payload is { readonly type: "AdaptiveCard"; readonly version: "1.5" } {
  return (
    typeof payload === "object" &&
    payload !== null &&
    "type" in payload &&
    payload.type === "AdaptiveCard" &&
    "version" in payload &&
    payload.version === "1.5"
  );
}

function stringsOf(key: string, node: unknown): { readonly key: string; readonly text: string }[] {
  if (typeof node === "string") {
    return [{ key, text: node }];
  }
  return typeof node === "object" && node !== null
    ? Object.entries(node).flatMap(([name, value]) => stringsOf(name, value))
    : [];
}
