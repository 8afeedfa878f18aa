import { execFile } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Demo, startDemo } from "../src/demo/demo.ts";
import { createRenderer } from "../src/render/renderer.ts";
import { usageView } from "../src/reports/usage/usage-view.ts";
import { cardWith, say, startBrowser } from "../test/browser/browser.ts";
import { showCard } from "../test/browser/card-page.ts";
import { builtEntry } from "../test/support/build.ts";
import { AUDIENCE, BY_METHOD, MODEL_ROWS, snapshotOf } from "../test/views/samples.ts";

/** The pictures of the README, taken of the demo and written over those that are there. */

const FOLDER = join(import.meta.dirname, "..", "docs", "pictures");
const LARGEST = 150_000;
/** A card has the colour of the page that shows the picture. */
const FRAME = ".ac-adaptiveCard { outline: 1px solid #b3b0ad; outline-offset: -1px }";
const QUESTION = "sspr usage by method";

let demo: Demo;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  demo = await startDemo({ environment: process.env, ports: { bot: 0, playground: 0 }, refreshAfter: 0 });
  browser = await startBrowser();
  page = await browser.newPage({ viewport: { width: 1_280, height: 1_800 } });
  await page.goto(demo.page);
  await cardWith(page, "Hello, I am AuthPulse").waitFor();
});

afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

async function take(name: string, what: Locator): Promise<void> {
  const path = join(FOLDER, `${name}.png`);
  await what.screenshot({ path, animations: "disabled", style: FRAME });
  expect((await stat(path)).size).toBeLessThan(LARGEST);
}

test("a card that fills itself, and what it becomes", async () => {
  demo.tenant.switches.delay = 1_500;
  await say(page, QUESTION);
  const progress = cardWith(page, /pages?, [\d,]+ rows? so far/);
  await progress.waitFor();
  await take("progress", progress);
  demo.tenant.switches.delay = 0;

  const usage = cardWith(page, "Last 30 days");
  await usage.waitFor();
  await take("usage", usage);
});

test("the same card on a phone", async () => {
  const usage = cardWith(page, "Last 30 days");
  // The Playground's page does not become as narrow as a phone.
  const setWidth = (width: string): Promise<void> =>
    usage.evaluate((card, wanted) => {
      card.style.width = wanted;
    }, width);
  await setWidth("320px");
  await take("usage-narrow", usage);
  await setWidth("");
});

test("help", async () => {
  await say(page, "help");
  const help = cardWith(page, "What you can ask");
  await help.waitFor();
  await take("help", help);
});

test("a problem", async () => {
  demo.tenant.switches.licensed = false;
  await cardWith(page, "Last 30 days").getByRole("button", { name: "Refresh", exact: true }).click();
  const problem = cardWith(page, "These reports need");
  await problem.waitFor();
  await take("problem", problem);
  demo.tenant.switches.licensed = true;
});

test("a card in the dark theme", async () => {
  const view = usageView({ snapshot: snapshotOf(MODEL_ROWS), question: BY_METHOD, audience: AUDIENCE });
  const darkPage = await browser.newPage();
  await take("usage-dark", await showCard(darkPage, createRenderer().card(view), "dark", 480));
});

test("the answer in a terminal", async () => {
  const folder = await mkdtemp(join(tmpdir(), "authpulse-pictures-"));
  const { stdout } = await promisify(execFile)(process.execPath, [await builtEntry(), "ask", QUESTION], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      DATA_DIR: folder,
      GRAPH_BASE_URL: demo.tenant.url,
      GRAPH_ACCESS_TOKEN: demo.tenant.token("app"),
    },
  });
  await rm(folder, { recursive: true, force: true });
  const terminal = await browser.newPage();
  await terminal.setContent(`<pre></pre><style>
    pre { display: inline-block; padding: 16px; background: #1f1f1f; color: #f5f5f5; font: 14px/1.35 monospace; }
  </style>`);
  const text = `$ npm run --silent ask -- "${QUESTION}"\n\n${stdout.trim()}`;
  await terminal.locator("pre").evaluate((pre, content) => {
    pre.textContent = content;
  }, text);
  await take("terminal", terminal.locator("pre"));
});
