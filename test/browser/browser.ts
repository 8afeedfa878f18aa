import { type Browser, chromium, type Locator, type Page } from "playwright-core";

/** Chromium without the connections that it opens by itself. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** Writes a message in the Playground's chat that is open. */
export async function say(page: Page, text: string): Promise<void> {
  const box = page.locator("[contenteditable=true], textarea, input[type=text]").first();
  await box.click();
  await box.pressSequentially(text);
  await page.keyboard.press("Enter");
}

/** The newest card that holds this text. */
export function cardWith(page: Page, text: string | RegExp): Locator {
  return page.locator(".ac-adaptiveCard").filter({ hasText: text }).last();
}
