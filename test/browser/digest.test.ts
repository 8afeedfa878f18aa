import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Demo, startDemo } from "../../src/demo/demo.ts";
import { shiftedClock } from "../support/shifted-clock.ts";
import { cardWith, startBrowser } from "./browser.ts";

/** A Monday evening; the digest of week 46 is due the next day at 13:00. */
const clock = shiftedClock(new Date("2026-11-16T19:00:00Z"));
const FORM = "people can read it";

let demo: Demo;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  demo = await startDemo({
    environment: process.env,
    ports: { bot: 0, playground: 0 },
    refreshAfter: 0,
    tenant: { people: 400 },
    clock,
  });
  browser = await startBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 1800 } });
  await page.goto(demo.page);
  await page.getByText("Rollout").first().click();
});

afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

function pressOn(card: string, name: string): Promise<void> {
  return cardWith(page, card).getByRole("button", { name, exact: true }).click();
}

describe("the weekly digest in a channel of the Agents Playground", () => {
  test("is asked for with a form that says who can read it", async () => {
    await pressOn("Hello, I am AuthPulse", "digest subscribe");

    await cardWith(page, FORM).waitFor();
    const text = await cardWith(page, FORM).textContent();
    expect(text).toMatch(/\d people can read it, 1 of them/);
    expect(text).toContain("Tuesday 13:00 is the first hour");
  });

  test("is previewed in place of the form, for the presser only", async () => {
    await pressOn(FORM, "Preview");

    await cardWith(page, "A preview: nothing was posted.").waitFor();
    expect(await cardWith(page, "A preview").textContent()).toContain("Only you see this view");
    await pressOn("A preview", "Back");
    await cardWith(page, FORM).waitFor();
  });

  test("is set up for all after a second press, because a guest will see it", async () => {
    await pressOn(FORM, "Subscribe");
    await pressOn("1 guest will see these numbers.", "Subscribe anyway");

    await cardWith(page, "The digest is set up").waitFor();
    const text = await cardWith(page, "The digest is set up").textContent();
    expect(text).toContain("First: Tue 17 Nov 2026, 13:00 UTC");
  });

  test("is posted at its hour", async () => {
    clock.moveTo(new Date("2026-11-17T12:59:00Z"));
    expect(await cardWith(page, "Adoption digest").count()).toBe(0);

    clock.moveTo(new Date("2026-11-17T13:00:00Z"));
    await cardWith(page, "Adoption digest · week 46").waitFor();

    const text = await cardWith(page, "Adoption digest · week 46").textContent();
    expect(text).toContain("Mon 9 – Sun 15 Nov 2026");
    expect(text).toContain("Complete to Sunday 24:00.");
    expect(text).toContain("Next: 24 Nov. Set up by Priya Nair");
  });

  test("shows what is behind it when Details is pressed, and goes back", async () => {
    await pressOn("Adoption digest · week 46", "Details");

    await cardWith(page, "A text to send").waitFor();
    await pressOn("A text to send", "Back to week 46");
    await cardWith(page, "As posted").waitFor();
  });
});
