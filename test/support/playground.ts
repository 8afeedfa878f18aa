import { once } from "node:events";
import { WebSocket } from "ws";
import type { CardButton } from "./activities.ts";

/** A message of the bot as the Playground shows it. */
export interface Shown {
  readonly id: string;
  readonly conversationId: string;
  readonly card: unknown;
}

/** The Playground without its page: what a person types and presses, and what they would see. */
export interface HeadlessPlayground {
  say(conversationId: string, text: string): Promise<void>;
  /** Resolves with the bot's answer to the press. */
  press(message: Shown, button: CardButton): Promise<{ readonly type: string; readonly value: unknown }>;
  /** The first message, new or edited, that matches; also one that is there already. */
  shown(matches: (message: Shown) => boolean): Promise<Shown>;
  close(): Promise<void>;
}

/** Outside of a personal chat a bot gets only what mentions it. */
const MENTION = "<at>AuthPulse</at>";

/**
 * Speaks to the routes of the Playground's own page. They are not documented; the version of the package is
 * pinned for that.
 */
export async function openPlayground(page: string): Promise<HeadlessPlayground> {
  const seen: Shown[] = [];
  const news = new EventTarget();
  const stream = new WebSocket(`${page.replace("http", "ws")}/_ws_conversation/v1/conversations/stream`);
  stream.on("message", (data) => {
    const shown = shownIn(JSON.parse(String(data)) as StreamEvent);
    if (shown) {
      seen.push(shown);
      news.dispatchEvent(new Event("shown"));
    }
  });
  await once(stream, "open");

  async function post(path: string, body: object): Promise<unknown> {
    const response = await fetch(`${page}/_conversation/v1/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`The Playground answered ${response.status} to ${path}: ${text}`);
    }
    return text ? JSON.parse(text) : undefined;
  }

  const from = { id: "user-id-0" };
  return {
    async say(conversationId, text) {
      const mentioned = { id: "28:authpulse", name: "AuthPulse" };
      const mentions = text.includes(MENTION) ? [{ mentioned, text: MENTION }] : [];
      await post(`conversations/${conversationId}/messages`, { from, text, textFormat: "plain", mentions });
    },
    async press({ id, conversationId }, { verb, data }) {
      const answer = await post("invoke", {
        name: "adaptiveCard/action",
        value: { action: { type: "Action.Execute", verb, data } },
        from,
        conversation: { id: conversationId },
        replyToId: id,
      });
      return answer as { type: string; value: unknown };
    },
    async shown(matches) {
      for (;;) {
        const found = seen.findLast(matches);
        if (found) {
          return found;
        }
        await once(news, "shown");
      }
    },
    async close() {
      stream.close();
      await once(stream, "close");
    },
  };
}

interface StreamEvent {
  readonly action?: string;
  readonly actionConversationId?: string;
  readonly message?: {
    readonly messageId?: string;
    readonly attachments?: readonly { readonly content?: unknown }[];
  };
}

function shownIn({ action, actionConversationId, message }: StreamEvent): Shown | undefined {
  const isMessage = action === "createMessage" || action === "updateMessage";
  const card = message?.attachments?.[0]?.content;
  return isMessage && message?.messageId && actionConversationId && card
    ? { id: message.messageId, conversationId: actionConversationId, card }
    : undefined;
}
