// Draws the icons of the Teams app from their sources in manifest/, with Chromium (/usr/bin/chromium, or set CHROMIUM).
import { readFile, writeFile } from "node:fs/promises";
import { chromium } from "playwright-core";

const FOLDER = new URL("../manifest/", import.meta.url);

/** Side in pixels, as Teams demands it. */
const ICONS = { color: 192, outline: 32 };

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"],
});
try {
  const page = await browser.newPage({ deviceScaleFactor: 1 });
  for (const [name, side] of Object.entries(ICONS)) {
    await page.setViewportSize({ width: side, height: side });
    const drawing = await readFile(new URL(`${name}.svg`, FOLDER), "utf8");
    await page.setContent(`<body style="margin:0;overflow:hidden;font-size:0">${drawing}</body>`);
    await writeFile(new URL(`${name}.png`, FOLDER), await page.screenshot({ omitBackground: true }));
  }
} finally {
  await browser.close();
}
