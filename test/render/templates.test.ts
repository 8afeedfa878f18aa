import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadTemplates, VIEW_KINDS } from "../../src/render/templates.ts";

/** A binding of the template language. */
const bind = (expression: string): string => `$\{${expression}}`;

const CARDS = new URL("../../cards/", import.meta.url);

describe("the templates", () => {
  it("are one for each kind of view, and no other", async () => {
    const files = await readdir(CARDS);

    expect(files.sort()).toEqual(VIEW_KINDS.map((kind) => `${kind}.json`).sort());
  });

  it("wrap every action in an ActionSet with a fallback for older clients", async () => {
    for (const kind of VIEW_KINDS) {
      const card = JSON.parse(await readFile(new URL(`${kind}.json`, CARDS), "utf8")) as {
        actions?: unknown;
      };

      expect(card.actions).toBeUndefined();
      expect(JSON.stringify(card)).toContain('"fallback":{"type":"Action.Submit"');
    }
  });
});

describe("loadTemplates", () => {
  let folder = "";

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "cards-"));
    await cp(CARDS, folder, { recursive: true });
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const load = (): ReturnType<typeof loadTemplates> => loadTemplates(pathToFileURL(`${folder}/`));
  const replace = (kind: string, text: string): Promise<void> =>
    writeFile(join(folder, `${kind}.json`), text);

  it("refuses a missing template", async () => {
    await rm(join(folder, "help.json"));

    expect(load).toThrow(/help\.json/);
  });

  it("refuses a template without a view", async () => {
    await replace("stranger", "{}");

    expect(load).toThrow("cards/: no view is called stranger.json");
  });

  it.each(["{}", "null", "[]", '{"type":"AdaptiveCard","version":"1.6"}'])(
    "refuses %s as a card",
    async (text) => {
      await replace("notice", text);

      expect(load).toThrow("cards/notice.json: not an AdaptiveCard of version 1.5");
    },
  );

  it.each([bind("count(rows)"), `${bind("a")} of ${bind("b")}`, bind("if(a, 'b', 'c')")])(
    "refuses the logic %s",
    async (text) => {
      await replace("notice", JSON.stringify({ type: "AdaptiveCard", version: "1.5", speak: text }));

      expect(load).toThrow(/cards\/notice\.json: .* does more than bind a field/);
    },
  );

  it("refuses to fill a template whose data lacks a field, and names it", async () => {
    await replace(
      "notice",
      JSON.stringify({ type: "AdaptiveCard", version: "1.5", speak: bind("news.title") }),
    );

    const fill = load().get("notice");

    expect(() => fill?.({ news: {} })).toThrow("cards/notice.json: no data for news.title");
  });

  it("shows data that looks like a placeholder as it is", async () => {
    await replace("notice", JSON.stringify({ type: "AdaptiveCard", version: "1.5", speak: bind("title") }));

    const fill = load().get("notice");

    const title = `${bind("1+1")} ${bind("title")}`;
    expect(fill?.({ title })).toMatchObject({ speak: title });
  });
});
