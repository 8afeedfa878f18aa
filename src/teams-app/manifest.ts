import type { Words } from "../reference/words/words.ts";
import { menuOf } from "./menu.ts";

/** The parts of a manifest that are looked at, as they are after Microsoft's schema was checked. */
export interface Manifest {
  readonly $schema: string;
  readonly manifestVersion: string;
  readonly version: string;
  readonly id: string;
  readonly developer: Readonly<Record<"name" | "websiteUrl" | "privacyUrl" | "termsOfUseUrl", string>>;
  readonly name: { readonly short: string };
  readonly description: { readonly short: string; readonly full: string };
  readonly icons: Readonly<Record<"color" | "outline", string>>;
  readonly supportsChannelFeatures?: string;
  readonly localizationInfo?: object;
  readonly bots?: readonly ManifestBot[];
}

interface ManifestBot {
  readonly botId: string;
  readonly scopes: readonly string[];
  readonly commandLists?: readonly {
    readonly scopes: readonly string[];
    readonly commands: readonly { readonly title: string }[];
  }[];
}

/** What differs between installations. Ids are GUIDs, pages are https addresses. */
export interface TeamsApp {
  readonly id: string;
  readonly botId: string;
  readonly name: string;
  readonly developer: string;
  readonly website: string;
  readonly privacy: string;
  readonly terms: string;
}

/** What the placeholders of `manifest/manifest.json` stand for. `version` is that of the product. */
export function manifestValues(
  app: TeamsApp,
  version: string,
  words: Words,
): Readonly<Record<string, unknown>> {
  const { summary, description } = words.teamsApp;
  return {
    ...app,
    version: appVersion(version),
    summary,
    description,
    personalCommands: menuOf("personal", words),
    sharedCommands: menuOf("shared", words),
  };
}

/**
 * The version of the app in Teams: one major above that of the product, because Teams takes none that begins with 0
 * (`VersionHasMajorLessThan1`, learn.microsoft.com/graph/api/teamsapp-publish) and each update has to be higher.
 */
export function appVersion(version: string): string {
  return version.replace(/^\d+/, (major) => String(Number(major) + 1));
}

const PLACEHOLDER = /^\{\{(\w+)\}\}$/;

/** The template with each text `{{name}}` replaced by the value of that name; an unknown one stays as it is. */
export function filled(template: unknown, values: Readonly<Record<string, unknown>>): unknown {
  if (typeof template === "string") {
    const name = PLACEHOLDER.exec(template)?.[1];
    return name !== undefined && Object.hasOwn(values, name) ? values[name] : template;
  }
  if (Array.isArray(template)) {
    return template.map((item) => filled(item, values));
  }
  return typeof template === "object" && template !== null
    ? Object.fromEntries(Object.entries(template).map(([key, value]) => [key, filled(value, values)]))
    : template;
}
