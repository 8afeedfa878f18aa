import { buttonOf, TENANT, textOf } from "../support/activities.ts";
import type { RunningBot } from "../support/running-bot.ts";

interface FormValues {
  /** Monday is "1". */
  readonly day: string;
  readonly time: string;
  readonly zone: string;
}

/** The card's text with plain blanks. */
export function plainText(card: unknown): string {
  return textOf(card).replaceAll("\u00a0", " ");
}

/** A channel that the bot is in, seen by the people there. */
export interface Channel {
  /** All text of the card that answers. */
  say(text: string): Promise<string>;
  /** Fills in the form and presses Subscribe; resolves with the text of what it becomes. */
  subscribe(values: FormValues): Promise<string>;
  /** Presses a button of a posted card; resolves with the card that only the presser sees. */
  press(card: unknown, title: string): Promise<unknown>;
  /** The bot is added to the channel's team. */
  install(): Promise<void>;
  /** Cards of the new posts of the channel, which replies are not. */
  posts(): readonly unknown[];
  /** The first post after so many others; also one that is there already. */
  postAfter(count: number): Promise<unknown>;
}

/** `bot` tells which process runs now. */
export function channelOf(bot: () => RunningBot, name: string): Channel {
  const id = `19:${name}@thread.tacv2`;
  const there = {
    conversation: {
      id: `${id};messageid=1`,
      conversationType: "channel",
      tenantId: TENANT,
      isGroup: true,
    },
    channelData: { tenant: { id: TENANT }, team: { id: "19:team@thread.tacv2" }, channel: { id } },
  };

  async function answerTo(text: string): Promise<unknown> {
    const sent = await bot().sayInChannel(text, there);
    const reply = sent.find(({ conversationId }) => conversationId === there.conversation.id);
    return reply?.body.attachments?.[0]?.content;
  }

  function posts(): readonly unknown[] {
    return bot()
      .connector.sent.filter(({ method, conversationId }) => method === "POST" && conversationId === id)
      .map(({ body }) => body.attachments?.[0]?.content);
  }

  return {
    posts,
    say: async (text) => plainText(await answerTo(text)),
    async subscribe(values) {
      const button = buttonOf(await answerTo("digest subscribe"), "Subscribe");
      const pressed = { ...button, data: { ...(button.data as object), ...values } };
      const { value } = await bot().press(pressed, { ...there, replyToId: `form-of-${name}` });
      return plainText(value);
    },
    async press(card, title) {
      const { value } = await bot().press(buttonOf(card, title), { ...there, replyToId: `post-in-${name}` });
      return value;
    },
    async install() {
      const { connector, post } = bot();
      await post({
        type: "installationUpdate",
        action: "add",
        id: `install-${name}-${connector.sent.length}`,
        channelId: "msteams",
        serviceUrl: connector.serviceUrl,
        from: { id: "29:viewer", name: "Priya Nair" },
        recipient: { id: "28:authpulse", name: "AuthPulse" },
        ...there,
        conversation: { ...there.conversation, id },
      });
    },
    async postAfter(count) {
      for (;;) {
        const { [count]: post } = posts();
        if (post !== undefined) {
          return post;
        }
        const { connector } = bot();
        await connector.waitFor(connector.sent.length + 1);
      }
    },
  };
}
