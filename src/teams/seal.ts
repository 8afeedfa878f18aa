import { createHmac, timingSafeEqual } from "node:crypto";
import { LRUCache } from "lru-cache";
import { placeIdOf } from "./incoming.ts";
import type { Press } from "./press.ts";

/** What a button asks, and the mark that AuthPulse put on it. */
export type Sealed = Pick<Press, "verb" | "question" | "base" | "seal">;

/**
 * Binds a button to the conversation that its card was sent to: what comes back was put there by this bot, and
 * was not carried over from another chat. It says nothing of who presses, who is authorised like anybody.
 */
export interface Seal {
  /**
   * The card with a `seal` in the data of every button. The card itself stays as it is, and both share what is the
   * same; nobody may change either afterwards.
   */
  sealCard(card: object, conversationId: string): object;
  /** Whether a pressed button was sealed for this conversation. Takes the same time for every wrong seal. */
  accepts(pressed: Sealed, conversationId: string): boolean;
}

/** Conversations for which a card is kept with its seals. */
const PLACES = 50;

/** Of HMAC-SHA-256; 128 bits cannot be guessed, and take 22 letters a button. */
const BYTES = 16;

/**
 * `key` has 32 random bytes. What a form holds is not sealed: Teams adds it to the data when it is sent, and
 * the command that takes it does not believe it.
 */
export function createSeal(key: Uint8Array): Seal {
  /** As long as the card itself is kept: when twenty people press Refresh, they get the same one. */
  const sealedCards = new WeakMap<object, LRUCache<string, object>>();

  function sealOf(conversationId: string, verb: unknown, question: unknown, base: unknown): Buffer {
    const text = canonical([placeIdOf(conversationId), verb, question, base ?? null]);
    return createHmac("sha256", key).update(text).digest().subarray(0, BYTES);
  }

  /** What holds no button is the part of the card itself, not a copy: most of a card is tables. */
  function sealed(node: unknown, conversationId: string): unknown {
    if (Array.isArray(node)) {
      const items = node.map((item) => sealed(item, conversationId));
      return items.every((item, index) => item === node[index]) ? node : items;
    }
    return isRecord(node) ? sealedButton(sealedParts(node, conversationId), conversationId) : node;
  }

  function sealedParts(node: Readonly<Record<string, unknown>>, conversationId: string): typeof node {
    let copy: Record<string, unknown> | undefined;
    for (const [name, value] of Object.entries(node)) {
      const part = sealed(value, conversationId);
      if (part !== value) {
        copy ??= { ...node };
        copy[name] = part;
      }
    }
    return copy ?? node;
  }

  /** The verb stands beside the data, and in those of an older client's fallback. */
  function sealedButton(node: Readonly<Record<string, unknown>>, conversationId: string): typeof node {
    const { type, verb, data } = node;
    if ((type !== "Action.Execute" && type !== "Action.Submit") || !isRecord(data)) {
      return node;
    }
    const seal = sealOf(conversationId, verb ?? data["verb"], data["question"], data["base"]);
    return { ...node, data: { ...data, seal: seal.toString("base64url") } };
  }

  return {
    sealCard(card, conversationId) {
      const known = sealedCards.get(card) ?? new LRUCache<string, object>({ max: PLACES });
      sealedCards.set(card, known);
      const before = known.get(conversationId);
      if (before) {
        return before;
      }
      const result = sealed(card, conversationId) as object;
      known.set(conversationId, result);
      return result;
    },
    accepts({ verb, question, base, seal }, conversationId) {
      const expected = sealOf(conversationId, verb, question, base);
      const given = Buffer.from(seal ?? "", "base64url");
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}

/** JSON with the names of every object in order: a client may give them back in another one. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    isRecord(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
