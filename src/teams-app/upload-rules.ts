import { ICON_KINDS } from "./icons.ts";
import type { Manifest } from "./manifest.ts";
import { inManifest, type PackageProblem } from "./problem.ts";

/**
 * What Teams refuses at the upload though the schema allows it. The sources are the error codes of
 * learn.microsoft.com/graph/api/teamsapp-publish and, for channels, the upload's own message; the page of the
 * commands menu says how many lines it shows.
 */
const RULES: readonly ((manifest: Manifest) => readonly PackageProblem[])[] = [
  version,
  pages,
  texts,
  channelFeatures,
  commands,
  files,
];

/** The upload rules that a manifest breaks, which fits its schema already. */
export function uploadProblems(manifest: Manifest): readonly PackageProblem[] {
  return RULES.flatMap((rule) => rule(manifest));
}

/** `VersionContainsOnlyNumbersDotSeparated`, `VersionHasMajorLessThan1`. */
function version({ version }: Manifest): PackageProblem[] {
  return problemIf(
    !/^[1-9]\d*\.\d+\.\d+$/.test(version),
    "/version",
    `Teams takes three numbers, the first from 1 on, and not "${version}".`,
    "It comes from the version in package.json; give that one three numbers.",
  );
}

/** `DeveloperWebsiteUrlMustBeHttps` and its two siblings. */
function pages({ developer: { name: _name, ...addresses } }: Manifest): PackageProblem[] {
  return Object.entries(addresses).flatMap(([key, address]) =>
    problemIf(
      !/^https:\/\//i.test(address),
      `/developer/${key}`,
      `"${address}" is no https address.`,
      "Set TEAMS_APP_WEBSITE, TEAMS_APP_PRIVACY and TEAMS_APP_TERMS to https pages.",
    ),
  );
}

/** `ShortNameIsRequiredField`, `ShortDescriptionCannotBeEmpty` and others; `FullDescriptionContainsShortDescription`. */
function texts({ name, developer, description }: Manifest): PackageProblem[] {
  const needed = {
    "/name/short": name.short,
    "/developer/name": developer.name,
    "/description/short": description.short,
    "/description/full": description.full,
  };
  const empty = Object.entries(needed).flatMap(([where, text]) =>
    problemIf(text.trim() === "", where, "It is empty.", "Write a text there."),
  );
  return empty.length > 0
    ? empty
    : problemIf(
        description.full.includes(description.short),
        "/description/full",
        "It repeats the short description.",
        "Say it in other words.",
      );
}

/** From 1.25 on; asked for at the upload only. */
function channelFeatures({
  manifestVersion,
  bots = [],
  supportsChannelFeatures,
}: Manifest): PackageProblem[] {
  const [major = 0, minor = 0] = manifestVersion.split(".").map(Number);
  const isAsked = major > 1 || minor >= 25;
  return problemIf(
    isAsked && bots.some(({ scopes }) => scopes.includes("team")) && !supportsChannelFeatures,
    "/supportsChannelFeatures",
    "It is missing, and the app is for teams.",
    'Set it to "tier1".',
  );
}

const MENU_LINES = 10;

function commands({ bots = [] }: Manifest): PackageProblem[] {
  const lists = bots.flatMap(({ commandLists = [], scopes }) =>
    commandLists.map((list, index) => ({
      ...list,
      scopesOfBot: scopes,
      where: `/bots/0/commandLists/${index}`,
    })),
  );
  return lists.flatMap(({ where, commands: listed, scopes, scopesOfBot }) => [
    ...problemIf(
      listed.length > MENU_LINES,
      where,
      `It has ${listed.length} commands; the menu in Teams shows ${MENU_LINES}.`,
      "Take some out.",
    ),
    ...problemIf(
      new Set(listed.map(({ title }) => title)).size < listed.length,
      where,
      "Two commands have the same title.",
      "Take one of them out.",
    ),
    ...problemIf(
      scopes.some((scope) => !scopesOfBot.includes(scope)),
      where,
      `It is for ${scopes.join(", ")}, and the bot is not.`,
      "Add the scope to the bot, or take the list out.",
    ),
  ]);
}

/** `Serialization_FileMissing`: the package has its two icons beside the manifest, and nothing else. */
function files({ icons, localizationInfo }: Manifest): PackageProblem[] {
  const named = Object.entries(icons).flatMap(([kind, file]) => [
    ...problemIf(
      !/^[\w-]+\.png$/i.test(file),
      `/icons/${kind}`,
      `"${file}" is not the name of a PNG file beside the manifest.`,
      `Set it to ${kind}.png.`,
    ),
    ...problemIf(
      !ICON_KINDS.some((known) => known === kind),
      `/icons/${kind}`,
      "The package has no such icon.",
      `Name ${ICON_KINDS.join(" and ")} only.`,
    ),
  ]);
  return [
    ...named,
    ...problemIf(
      localizationInfo !== undefined,
      "/localizationInfo",
      "The package has no files of other languages.",
      "Take it out.",
    ),
  ];
}

function problemIf(is: boolean, where: string, problem: string, remedy: string): PackageProblem[] {
  return is ? [{ what: inManifest(where), problem, remedy }] : [];
}
