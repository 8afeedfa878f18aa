import { readFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { en } from "../../src/reference/words/en.ts";
import { appVersion, filled, type Manifest, manifestValues } from "../../src/teams-app/manifest.ts";
import { manifestProblems } from "../../src/teams-app/manifest-rules.ts";
import { uploadProblems } from "../../src/teams-app/upload-rules.ts";
import { APP, tools } from "./sample-app.ts";

type Json = Readonly<Record<string, unknown>>;

function template(): Json {
  return JSON.parse(readFileSync(new URL("../../manifest/manifest.json", import.meta.url), "utf8"));
}

function values(): Readonly<Record<string, unknown>> {
  return manifestValues(APP, "0.1.0", en);
}

function sample(): Json {
  return filled(template(), values()) as Json;
}

/** What is said about the sample's manifest after a change. */
async function saidAfter(
  change: (manifest: Json) => object | undefined,
): Promise<readonly (readonly string[])[]> {
  const manifest = sample();
  const { validate } = await tools();
  const problems = await manifestProblems(change(manifest) ?? manifest, validate);
  expect(problems.every(({ remedy }) => remedy.length > 10)).toBe(true);
  return problems.map(({ what, problem }) => [what, problem]);
}

/** The same with values put over it, two levels deep. */
function withValues(over: Readonly<Record<string, unknown>>): (manifest: Json) => object {
  return (manifest) => {
    const merged: Record<string, unknown> = { ...manifest };
    for (const [key, value] of Object.entries(over)) {
      const isPart = typeof value === "object" && value !== null && !Array.isArray(value);
      merged[key] = isPart ? { ...(manifest[key] as object | undefined), ...value } : value;
    }
    return merged;
  };
}

/** The same with values put over its bot. */
function withBot(over: Readonly<Record<string, unknown>>): (manifest: Json) => object {
  return (manifest) => ({
    ...manifest,
    bots: [{ ...(manifest["bots"] as readonly object[])[0], ...over }],
  });
}

describe("the manifest", () => {
  test("passes Microsoft's validator and the upload rules, without the network", async () => {
    const fetch = vi.spyOn(globalThis, "fetch").mockRejectedValue(new Error("no network here"));

    const said = await saidAfter(() => undefined);

    expect(said).toEqual([]);
    expect(fetch).not.toHaveBeenCalled();
  });

  test("is for the three places, takes files, and asks for no permission", () => {
    const manifest = sample();

    expect(manifest).toMatchObject({
      manifestVersion: "1.30",
      supportsChannelFeatures: "tier1",
      bots: [{ scopes: ["personal", "team", "groupChat"], supportsFiles: true, isNotificationOnly: false }],
    });
    for (const key of ["authorization", "permissions", "webApplicationInfo", "validDomains", "packageName"]) {
      expect(manifest).not.toHaveProperty(key);
    }
  });

  test("has a placeholder for every value, and a value for every placeholder", () => {
    const named = [...JSON.stringify(template()).matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]);

    expect([...new Set(named)].sort()).toEqual(Object.keys(values()).sort());
  });

  test("replaces a placeholder by a text that looks like one, and looks no further", () => {
    expect(filled({ a: "{{x}}", b: ["{{y}}"] }, { x: "{{y}}", y: [1] })).toEqual({ a: "{{y}}", b: [[1]] });
  });
});

describe("the version of the app", () => {
  test.each([
    ["0.1.0", "1.1.0"],
    ["0.12.3", "1.12.3"],
    ["1.0.0", "2.0.0"],
    ["10.2.1", "11.2.1"],
  ])("is for %s one that Teams takes, and goes up with it", (product, app) => {
    expect(appVersion(product)).toBe(app);
  });
});

describe("Microsoft's schema is asked first, and refuses", () => {
  test.each([
    ["a name that is too long", withValues({ name: { short: "A".repeat(31) } }), "/name/short", "30"],
    ["an id that is no GUID", withValues({ id: "authpulse" }), "/id", "pattern"],
    ["a bot's id that is no GUID", withBot({ botId: "authpulse" }), "/bots/0/botId", "pattern"],
    ["a packageName", withValues({ packageName: "com.contoso.authpulse" }), "", "packageName"],
    [
      "another spelling of a scope",
      withBot({ scopes: ["personal", "groupchat"] }),
      "/bots/0/scopes/1",
      "allowed",
    ],
    ["a missing icon", withValues({ icons: { outline: undefined } }), "/icons", "outline"],
    ["a colour by name", withValues({ accentColor: "blue" }), "/accentColor", "pattern"],
  ])("%s", async (_, change, where, word) => {
    const [first] = await saidAfter(change);

    expect(first?.[0]).toBe(`manifest/manifest.json ${where}`.trim());
    expect(first?.[1]).toContain(word);
  });
});

describe("the upload rules refuse, though the schema allows it,", () => {
  test.each([
    ["a version that begins with 0", withValues({ version: "0.1.0" }), "/version", "0.1.0"],
    ["a version with a name", withValues({ version: "1.0.0-rc.1" }), "/version", "1.0.0-rc.1"],
    ["a version of two numbers", withValues({ version: "1.0" }), "/version", "1.0"],
    [
      "a website without https",
      withValues({ developer: { websiteUrl: "http://contoso.com" } }),
      "/developer/websiteUrl",
      "https",
    ],
    [
      "privacy without https",
      withValues({ developer: { privacyUrl: "http://contoso.com" } }),
      "/developer/privacyUrl",
      "https",
    ],
    [
      "terms without https",
      withValues({ developer: { termsOfUseUrl: "http://contoso.com" } }),
      "/developer/termsOfUseUrl",
      "https",
    ],
    ["a blank name", withValues({ name: { short: " " } }), "/name/short", "empty"],
    ["no developer", withValues({ developer: { name: "" } }), "/developer/name", "empty"],
    ["no description", withValues({ description: { full: "" } }), "/description/full", "empty"],
    [
      "a description that repeats the short one",
      withValues({ description: { short: "AuthPulse tells" } }),
      "/description/full",
      "repeats",
    ],
    [
      "an app for teams that says nothing of channels",
      withValues({ supportsChannelFeatures: undefined }),
      "/supportsChannelFeatures",
      "missing",
    ],
    ["an icon in a folder", withValues({ icons: { color: "icons/color.png" } }), "/icons/color", "beside"],
    ["an icon of another kind", withValues({ icons: { outline: "outline.svg" } }), "/icons/outline", "PNG"],
    [
      "an icon that is not packaged",
      withValues({ icons: { color32x32: "small.png" } }),
      "/icons/color32x32",
      "no such icon",
    ],
    [
      "other languages",
      withValues({ localizationInfo: { defaultLanguageTag: "en" } }),
      "/localizationInfo",
      "languages",
    ],
    [
      "more commands than the menu shows",
      withBot({ commandLists: [listOf(11)] }),
      "/bots/0/commandLists/0",
      "11 commands",
    ],
    [
      "two commands of one title",
      withBot({ commandLists: [listOf(2, () => "help")] }),
      "/bots/0/commandLists/0",
      "same title",
    ],
    [
      "commands for a place without the bot",
      withBot({ scopes: ["personal"], commandLists: [listOf(1, () => "help", "team")] }),
      "/bots/0/commandLists/0",
      "team",
    ],
  ])("%s", (_, change, where, word) => {
    const said = uploadProblems(change(sample()) as Manifest);

    expect(said).toHaveLength(1);
    expect(said[0]?.what).toBe(`manifest/manifest.json ${where}`);
    expect(said[0]?.problem).toContain(word);
    expect(said[0]?.remedy).toMatch(/^[A-Z].{10,}\.$/);
  });

  test("an older manifest nothing about channels", async () => {
    const schema = "https://developer.microsoft.com/json-schemas/teams/v1.24/MicrosoftTeams.schema.json";

    const said = await saidAfter(
      withValues({ $schema: schema, manifestVersion: "1.24", supportsChannelFeatures: undefined }),
    );

    expect(said).toEqual([]);
  });
});

describe("before both", () => {
  test("a placeholder that stands for nothing is named", async () => {
    const said = await saidAfter(withValues({ name: { short: "{{appName}}" }, accentColor: "no colour" }));

    expect(said).toEqual([["manifest/manifest.json", "{{appName}} stands for nothing."]]);
  });

  test("a schema elsewhere, or of another version, is not asked for over the network", async () => {
    const elsewhere = await saidAfter(withValues({ $schema: "https://contoso.com/schema.json" }));
    const other = await saidAfter(withValues({ manifestVersion: "1.29" }));

    expect([...elsewhere, ...other]).toEqual([
      ["manifest/manifest.json /$schema", "It does not belong to the manifestVersion 1.30."],
      ["manifest/manifest.json /$schema", "It does not belong to the manifestVersion 1.29."],
    ]);
  });

  test.each([[undefined], [null], ["text"]])("a template that is %j is refused", async (template) => {
    const { validate } = await tools();

    expect(await manifestProblems(template, validate)).toMatchObject([{ problem: "It is no JSON object." }]);
  });
});

function listOf(count: number, title = (index: number) => `command ${index}`, scope = "personal"): object {
  const commands = Array.from({ length: count }, (_, index) => ({
    title: title(index),
    description: "One.",
  }));
  return { scopes: [scope], commands };
}
