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
import { startSampleTenant } from "../src/sample-tenant/server.ts";
import { cardWith, say, startBrowser } from "../test/browser/browser.ts";
import { showCard } from "../test/browser/card-page.ts";
import { builtEntry } from "../test/support/build.ts";
import { openPlayground } from "../test/support/playground.ts";
import { shiftedClock } from "../test/support/shifted-clock.ts";
import { AUDIENCE, BY_METHOD, MODEL_ROWS, snapshotOf } from "../test/views/samples.ts";

/** The pictures of the README, taken of the demo and written over those that are there. */

const FOLDER = join(import.meta.dirname, "..", "docs", "pictures");
const LARGEST = 250_000;
/** A card has the colour of the page that shows the picture. */
const FRAME = ".ac-adaptiveCard { outline: 1px solid #b3b0ad; outline-offset: -1px }";
const QUESTION = "sspr usage by method";
const DIGEST = "Adoption digest · week";

/** A Monday evening in Berlin; the two digests after it are due on Tuesdays at 13:00 there. */
const clock = shiftedClock(new Date("2026-11-16T19:00:00Z"));
const BEFORE_FIRST = new Date("2026-11-17T11:59:55Z");
const BEFORE_SECOND = new Date("2026-11-24T11:59:55Z");

let demo: Demo;
let browser: Browser;
let page: Page;
/** Shows the same messages; its cards have the width of a phone from the beginning, which a chart is drawn for. */
let phone: Page;

beforeAll(async () => {
  demo = await startDemo({
    environment: process.env,
    ports: { bot: 0, playground: 0 },
    refreshAfter: 0,
    clock,
  });
  browser = await startBrowser();
  page = await openPage();
  phone = await openPage();
  await phone.addStyleTag({ content: ".ac-adaptiveCard { width: 320px }" });
  await cardWith(page, "Hello, I am AuthPulse").waitFor();
});

afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

async function openPage(): Promise<Page> {
  const opened = await browser.newPage({ viewport: { width: 1_280, height: 4_000 } });
  opened.setDefaultTimeout(90_000);
  await opened.goto(demo.page);
  return opened;
}

async function take(name: string, what: Locator): Promise<void> {
  const path = join(FOLDER, `${name}.png`);
  await what.screenshot({ path, animations: "disabled", style: FRAME });
  expect((await stat(path)).size).toBeLessThan(LARGEST);
}

test("a card that fills itself, and what it becomes", async () => {
  await say(page, QUESTION);
  demo.tenant.switches.delay = 1_500;
  await cardWith(page, "Last 30 days").getByRole("button", { name: "Refresh", exact: true }).click();
  const progress = cardWith(page, /pages?, [\d,]+ rows? so far/);
  await progress.waitFor();
  await take("progress", progress);
  demo.tenant.switches.delay = 0;

  const usage = cardWith(page, /refreshed/i);
  await usage.waitFor();
  await take("usage", usage);
});

/** The Playground's page does not become as narrow as a phone, but its cards do. */
async function takeNarrow(name: string, title: string | RegExp): Promise<void> {
  const card = cardWith(phone, title);
  await card.waitFor();
  await take(name, card);
}

test("the welcome", async () => {
  await take("welcome", cardWith(page, "Hello, I am AuthPulse"));
});

test("the same card on a phone", async () => {
  await takeNarrow("usage-narrow", "Last 30 days");
});

test("the overview", async () => {
  await say(page, "overview");
  const overview = cardWith(page, "MFA registered");
  await overview.waitFor();
  await take("overview", overview);
});

/** What is typed, and words that only its card has. Each stands in docs/cards.md in three ways. */
const REPORTS = [
  ["registration", "registration", "SSPR registered"],
  ["methods", "methods", "Phishing-resistant"],
  ["failures", "failures registration 7 days", "What you can do"],
  ["best-methods", "best methods", "Methods by reliability"],
  ["campaign", "campaign", "What would help most"],
  ["phone-retirement", "phone retirement", "Phone retirement"],
  ["people", "people without mfa", "People without MFA"],
  ["person", "person priya.nair@contoso.example", "Priya Nair"],
  ["export", "export people without mfa", "Export"],
  ["who-am-i", "who am i", "Who you are to AuthPulse"],
  ["audit", "audit", "Audit"],
  ["trend", "trend 26 weeks", "Password resets by week"],
  ["trend-sms", "trend sms", "Password resets by week · SMS"],
  ["trend-helpdesk", "trend helpdesk", "Self-service and administrator resets by week"],
  ["trend-registration", "trend registration 26 weeks", "People registered by week"],
  ["trend-methods", "trend by method 26 weeks", "Password resets by week and method"],
  ["compare", "compare", "This period beside the one before"],
  ["health", "health", "State of the numbers"],
] as const;

test.each(REPORTS)("%s, also on a phone and in the dark", async (name, words, title) => {
  const teams = await openPlayground(demo.page);
  await say(page, words);
  const card = cardWith(page, title);
  await card.waitFor();
  await take(name, card);
  await takeNarrow(`${name}-narrow`, title);

  const shown = await teams.shown((message) => JSON.stringify(message.card).includes(title));
  await teams.close();
  const darkPage = await browser.newPage();
  await take(`${name}-dark`, await showCard(darkPage, shown.card as object, "dark", 480));
  await darkPage.close();
});

async function explainOn(opened: Page): Promise<Locator> {
  await cardWith(opened, "Shares are of").getByRole("button", { name: "Explain", exact: true }).click();
  const explained = cardWith(opened, "How these figures come about");
  await explained.waitFor();
  return explained;
}

test("how the figures come about", async () => {
  // A view for the presser alone comes to the page that pressed.
  await take("explain", await explainOn(page));
  await take("explain-narrow", await explainOn(phone));
});

test("help", async () => {
  await say(page, "help");
  const help = cardWith(page, "What you can ask");
  await help.waitFor();
  await take("help", help);
});

test("a problem", async () => {
  demo.tenant.switches.licensed = false;
  await cardWith(page, /of tries were finished/)
    .getByRole("button", { name: "Refresh", exact: true })
    .click();
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

/** The place stands beside the chat; its welcome card has the buttons. */
async function openChannel(): Promise<Locator> {
  await page.getByText("Rollout").first().click();
  const welcome = cardWith(page, "Mention me with a question");
  await welcome.waitFor();
  return welcome;
}

test("a channel is subscribed, after a look at what will be posted", async () => {
  await phone.getByText("Rollout").first().click();
  const welcome = await openChannel();
  await welcome.getByRole("button", { name: "digest subscribe", exact: true }).click();
  const form = cardWith(page, "Another time zone");
  await form.getByRole("combobox").nth(2).click();
  await page.getByRole("option", { name: "Europe/Berlin" }).click();
  await take("digest-form", form);

  await form.getByRole("button", { name: "Preview" }).click();
  const preview = cardWith(page, "A preview: nothing was posted");
  await preview.waitFor();
  await preview.getByRole("button", { name: "Back" }).click();
  await form.getByRole("button", { name: "Subscribe" }).click();
  await page.getByRole("button", { name: "Subscribe anyway" }).click();
  await cardWith(page, "First: Tue 17 Nov 2026, 13:00 Europe/Berlin").waitFor();
});

test("the digest comes at its hour, week by week", async () => {
  const teams = await openPlayground(demo.page);
  clock.moveTo(BEFORE_FIRST);
  await cardWith(page, `${DIGEST} 46`).waitFor();
  clock.moveTo(BEFORE_SECOND);
  const digest = cardWith(page, `${DIGEST} 47`);
  await digest.waitFor();
  await take("digest", digest);
  await takeNarrow("digest-narrow", `${DIGEST} 47`);

  const { card } = await teams.shown((message) => JSON.stringify(message.card).includes(`${DIGEST} 47`));
  await teams.close();
  // Teams makes a mention of this; the renderer knows none.
  const named = JSON.parse(JSON.stringify(card).replaceAll(/<\/?at>/g, "")) as object;
  const darkPage = await browser.newPage();
  await take("digest-dark", await showCard(darkPage, named, "dark", 480));
});

test("what became of it", async () => {
  const welcome = await openChannel();
  await welcome.getByRole("button", { name: "digest", exact: true }).click();
  const status = cardWith(page, "Last deliveries");
  await status.waitFor();
  await take("digest-status", status);
});

test("the answer in a terminal", async () => {
  // The command line has the machine's clock, not the moved one of the demo.
  const tenant = await startSampleTenant();
  const folder = await mkdtemp(join(tmpdir(), "authpulse-pictures-"));
  const { stdout } = await promisify(execFile)(process.execPath, [await builtEntry(), "ask", QUESTION], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      DATA_DIR: folder,
      GRAPH_BASE_URL: tenant.url,
      GRAPH_ACCESS_TOKEN: tenant.token("app"),
    },
  });
  await tenant.close();
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
