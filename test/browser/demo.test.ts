import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Demo, startDemo } from "../../src/demo/demo.ts";
import { cardWith, say, startBrowser } from "./browser.ts";

let demo: Demo;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  demo = await startDemo({
    environment: process.env,
    ports: { bot: 0, playground: 0 },
    refreshAfter: 0,
    tenant: { people: 400 },
  });
  browser = await startBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 1600 } });
  await page.goto(demo.page);
});

afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

describe("the demo in the Agents Playground", () => {
  test("welcomes whoever opens it", async () => {
    await cardWith(page, "Hello, I am AuthPulse").waitFor();
  });

  test("answers sspr usage by method with a card of tables", async () => {
    await say(page, "sspr usage by method");

    const card = cardWith(page, /Last 30 days/);
    await card.waitFor();
    const text = await card.textContent();
    expect(text).toContain("SSPR usage by method");
    expect(text).toMatch(/Password resets: \d+\s% of tries worked/);
    expect(text).toMatch(/Registrations: \d+\s% of tries were finished/);
  });

  test("shows 7 days in the same card, and goes back", async () => {
    const cards = await page.locator(".ac-adaptiveCard").count();

    await cardWith(page, /Last 30 days/)
      .getByRole("button", { name: "7 days" })
      .click();
    await cardWith(page, /Rolling 7 days/).waitFor();
    await cardWith(page, /Rolling 7 days/)
      .getByRole("button", { name: "Back" })
      .click();
    await cardWith(page, /Last 30 days/).waitFor();

    expect(await page.locator(".ac-adaptiveCard").count()).toBe(cards);
  });

  test("reads Graph again when Refresh is pressed, in the same card", async () => {
    const cards = await page.locator(".ac-adaptiveCard").count();
    const requests = demo.tenant.requests.length;

    await cardWith(page, /Last 30 days/)
      .getByRole("button", { name: "Refresh", exact: true })
      .click();
    await cardWith(page, /refreshed/i).waitFor();

    expect(demo.tenant.requests.slice(requests).some(({ path }) => path.includes("/reports/"))).toBe(true);
    expect(await page.locator(".ac-adaptiveCard").count()).toBe(cards);
  });

  test("fits a narrow window", async () => {
    await page.setViewportSize({ width: 400, height: 1200 });

    const box = await cardWith(page, /Last 30 days/).evaluate((card) => ({
      wide: card.scrollWidth,
      shown: card.clientWidth,
    }));

    expect(box.wide).toBeLessThanOrEqual(box.shown);
  });
});
