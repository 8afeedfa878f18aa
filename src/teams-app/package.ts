import { readFile } from "node:fs/promises";
import type { Words } from "../reference/words/words.ts";
import { ICON_KINDS, type IconKind, iconProblems } from "./icons.ts";
import { filled, type Manifest, manifestValues, type TeamsApp } from "./manifest.ts";
import { manifestProblems } from "./manifest-rules.ts";
import type { PackageProblem } from "./problem.ts";
import type { PackagingTools } from "./tools.ts";

/** The template and the icons; the same path from `src/teams-app` and from `dist/teams-app`. */
export const MANIFEST_FOLDER = new URL("../../manifest/", import.meta.url);

const TEMPLATE = "manifest.json";

interface PackageParts {
  readonly app: TeamsApp;
  /** Of the product. */
  readonly version: string;
  readonly words: Words;
  readonly folder: URL;
  readonly tools: PackagingTools;
}

export type Packaged =
  | { readonly zip: Buffer; readonly manifest: Manifest }
  | { readonly problems: readonly PackageProblem[] };

/**
 * The app package: the filled manifest and its two icons, side by side in a zip file, the same bytes each time. Made
 * only where everything fits; else what does not. Rejects where the validator or the file system fails.
 */
export async function packageTeamsApp(parts: PackageParts): Promise<Packaged> {
  const { app, version, words, folder, tools } = parts;
  const template = jsonOf(await readFile(new URL(TEMPLATE, folder), "utf8"));
  const whole = filled(template, manifestValues(app, version, words));
  const misfits = await manifestProblems(whole, tools.validate);
  if (misfits.length > 0) {
    return { problems: misfits };
  }
  const manifest = whole as Manifest;
  const icons = await Promise.all(ICON_KINDS.map((kind) => iconOf(kind, manifest, folder)));
  const problems = icons.flatMap(({ kind, name, bytes }) => iconProblems(kind, `manifest/${name}`, bytes));
  if (problems.length > 0) {
    return { problems };
  }
  const text = { name: TEMPLATE, bytes: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) };
  const pictures = icons.flatMap(({ name, bytes }) => (bytes ? [{ name, bytes }] : []));
  return { zip: await tools.zip([text, ...pictures]), manifest };
}

/** Undefined, which fits no schema, where it is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Icon {
  readonly kind: IconKind;
  readonly name: string;
  readonly bytes: Buffer | undefined;
}

async function iconOf(kind: IconKind, { icons }: Manifest, folder: URL): Promise<Icon> {
  const name = icons[kind];
  return { kind, name, bytes: await readIfThere(new URL(name, folder)) };
}

async function readIfThere(file: URL): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") {
      return undefined;
    }
    throw thrown;
  }
}
