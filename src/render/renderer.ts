import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { View } from "../views/view.ts";
import { cardData } from "./card-data.ts";
import { shorten } from "./shorten.ts";
import { loadTemplates } from "./templates.ts";
import { viewText } from "./text.ts";

/** A view in the three forms it leaves the product in. */
export interface Renderer {
  /** Adaptive Card 1.5 as plain JSON data: frozen, since the same view has the same card. */
  card(view: View): object;
  /** Plain text for a terminal that is `width` characters wide. */
  text(view: View, options: { readonly width: number }): string;
  /** One line for a toast and for clients that show no card. */
  summary(view: View): string;
}

export interface RendererOptions {
  /** The largest card in bytes of UTF-16. Teams wants messages below 80 KB; the envelope needs a little. */
  readonly largest?: number;
  /** Characters of rendered cards that are kept. */
  readonly kept?: number;
}

/** A card with the characters of its JSON. */
interface Drawn {
  readonly card: object;
  readonly size: number;
}

const LARGEST = 76_000;
const KEPT = 8_000_000;

/**
 * Loads and checks all templates, so a broken one stops the start. Filling a template takes milliseconds, the
 * rest of a turn less: cards are kept by the hash of their view.
 */
export function createRenderer({ largest = LARGEST, kept = KEPT }: RendererOptions = {}): Renderer {
  const templates = loadTemplates();
  const cards = new LRUCache<string, Drawn>({ maxSize: kept, sizeCalculation: ({ size }) => size });

  function draw(view: View): string {
    const fill = templates.get(view.kind);
    if (fill === undefined) {
      throw new Error(`no template for ${view.kind}`);
    }
    const json = JSON.stringify(fill(cardData(view)), withoutNull);
    if (json.length * 2 <= largest) {
      return json;
    }
    const shorter = shorten(view);
    if (shorter === undefined) {
      throw new Error(`the ${view.kind} card is too large for Teams: ${json.length * 2} bytes`);
    }
    return draw(shorter);
  }

  return {
    card(view) {
      const key = createHash("sha256").update(JSON.stringify(view)).digest("base64");
      const before = cards.get(key);
      if (before) {
        return before.card;
      }
      const json = draw(view);
      const card = frozen(JSON.parse(json) as object);
      cards.set(key, { card, size: json.length });
      return card;
    },
    text: (view, { width }) => viewText(view, width),
    summary: ({ headline }) => headline,
  };
}

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}

/** The templating library leaves null where an object's condition does not hold. */
function withoutNull(_name: string, value: unknown): unknown {
  return value ?? undefined;
}
