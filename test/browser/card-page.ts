import { createRequire } from "node:module";
import type { Locator, Page } from "playwright-core";
import { FONT, hostConfig, PAGE_COLOURS, type Theme } from "./host-config.ts";

const require = createRequire(import.meta.url);
const RENDERER = require.resolve("adaptivecards/dist/adaptivecards.js");

/** What the page gets; it is run there, so it can use nothing from here. */
interface Drawing {
  readonly card: object;
  readonly hostConfig: object;
}

/**
 * Draws a card alone on a page with Microsoft's renderer and a Teams-like host configuration, so wide that the
 * card itself is `width` pixels. The renderer knows no markdown by itself: only the backslashes are undone.
 */
export async function showCard(page: Page, card: object, theme: Theme, width: number): Promise<Locator> {
  await page.setViewportSize({ width: width + 32, height: 1_600 });
  await page.setContent(
    `<!doctype html><html lang="en"><head><title>Card</title><style>${styles(theme, width)}</style></head>
     <body><main></main></body></html>`,
  );
  await page.addScriptTag({ path: RENDERER });
  await page.evaluate(draw, { card, hostConfig: hostConfig(theme) });
  return page.locator("main > .ac-adaptiveCard");
}

function draw({ card, hostConfig }: Drawing): void {
  const { AdaptiveCards, document } = globalThis as unknown as PageGlobals;
  const { AdaptiveCard, HostConfig } = AdaptiveCards;
  AdaptiveCard.onProcessMarkdown = (text, result) => {
    const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    result.outputHtml = `<p>${escaped.replace(/\\(?=[^\w\s])/g, "")}</p>`;
    result.didProcess = true;
  };
  const adaptiveCard = new AdaptiveCard();
  adaptiveCard.hostConfig = new HostConfig(hostConfig);
  adaptiveCard.parse(card);
  document.querySelector("main")?.append(adaptiveCard.render() ?? "");
}

/** As much of the page and of the renderer as is used; the program has no types of a browser. */
interface PageGlobals {
  readonly document: { querySelector(selector: string): { append(node: object | string): void } | null };
  readonly AdaptiveCards: {
    readonly AdaptiveCard: {
      new (): { hostConfig: unknown; parse(card: object): void; render(): object | undefined };
      onProcessMarkdown: (text: string, result: { didProcess: boolean; outputHtml?: string }) => void;
    };
    readonly HostConfig: new (config: object) => unknown;
  };
}

/** The renderer leaves buttons and the page to its host. */
function styles(theme: Theme, width: number): string {
  const { page, border, button, text } = PAGE_COLOURS[theme];
  return `
    body { margin: 16px; background: ${page}; }
    main { width: ${width}px; }
    p { margin: 0; }
    .ac-adaptiveCard { border: 1px solid ${border}; border-radius: 6px; }
    .ac-pushButton { font: 600 14px/20px ${FONT}; padding: 5px 12px; color: ${text};
      background: ${button}; border: 1px solid ${border}; border-radius: 4px; }`;
}
