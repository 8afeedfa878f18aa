import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRenderer } from "../../src/render/renderer.ts";
import type { View } from "../../src/views/view.ts";
import { pseudo } from "../reference/pseudo.ts";
import { everyView } from "../render/views.ts";
import { AUDIENCE } from "../views/samples.ts";
import { startBrowser } from "./browser.ts";
import { showCard } from "./card-page.ts";
import { THEMES } from "./host-config.ts";

const require = createRequire(import.meta.url);
const AXE = require.resolve("axe-core/axe.min.js");
const PHONE = 320;

const renderer = createRenderer();
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await startBrowser();
  page = await browser.newPage();
});

afterAll(() => browser?.close());

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
  readonly passes: readonly { readonly id: string }[];
}

/** What axe finds on the page, whatever its impact; contrast is measured against 4.5 : 1. */
async function axe(): Promise<{ readonly found: readonly string[]; readonly checked: readonly string[] }> {
  await page.addScriptTag({ path: AXE });
  const { violations, passes } = (await page.evaluate(
    "axe.run(document.querySelector('main'))",
  )) as AxeResults;
  return {
    found: violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`)),
    checked: passes.map(({ id }) => id),
  };
}

function named(views: readonly View[]): [string, View][] {
  return views.map((view) => [`${view.kind}: ${view.title}`, view]);
}

describe.each(THEMES)("a card in the %s theme", (theme) => {
  test.each(named(everyView(AUDIENCE)))("gives axe nothing to find (%s)", async (_name, view) => {
    await showCard(page, renderer.card(view), theme, 480);

    const { found, checked } = await axe();

    expect(found).toEqual([]);
    expect(checked).toContain("color-contrast");
  });
});

describe("a card on a phone", () => {
  const longer = everyView({ ...AUDIENCE, words: pseudo(AUDIENCE.words) });

  test.each([...named(everyView(AUDIENCE)), ...named(longer)])("fits 320 px (%s)", async (_name, view) => {
    const card = await showCard(page, renderer.card(view), "light", PHONE);

    const tooWide = await card.evaluate((element) =>
      [element, ...element.querySelectorAll("*")]
        .filter((part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0)
        .map((part) => part.outerHTML.slice(0, 200)),
    );

    expect(await card.evaluate((element) => element.getBoundingClientRect().width)).toBe(PHONE);
    expect(tooWide).toEqual([]);
  });
});
