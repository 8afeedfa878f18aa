import type { Activity } from "botbuilder";
import type { TeamsAdapter } from "./adapter.ts";
import type { Attachment } from "./file-consent.ts";
import { type Person, type Target, within } from "./proactive.ts";
import type { Seal } from "./seal.ts";

/** A finished message: one card, and the sentence for toasts and screen readers. */
export interface Message {
  readonly card: object;
  readonly summary: string;
}

export interface Messenger {
  /** Posts one message with one POST. Resolves with its id, if Teams gave one; rejects with the SDK's error. */
  post(target: Target, message: Message): Promise<string | undefined>;
  /** Posts what is no card of ours; nothing in it is sealed. */
  postAttachment(target: Target, attachment: Attachment, summary: string): Promise<void>;
  /** Replaces a message of the bot with one PUT. */
  update(target: Target, messageId: string, message: Message): Promise<void>;
  /**
   * The bot's personal chat with a person, which Teams opens or finds. Rejects with the SDK's error: with status
   * 403 where the bot is not installed for the person.
   */
  personalChat(person: Person): Promise<Target>;
}

/** What can be kept and sent back as an id of a message. */
const ID = /^[!-~]{1,200}$/;

/**
 * Sends outside of a turn, also for answers: a turn ends in time even where Teams' side is slow, and the
 * SDK takes a turn's context away when it ends. Every card leaves through here, or in the answer to an invoke,
 * with its buttons sealed.
 */
export function createMessenger(adapter: TeamsAdapter, appId: string | undefined, seal: Seal): Messenger {
  async function post(target: Target, message: Message): Promise<string | undefined> {
    let id: string | undefined;
    await within(adapter, appId, target, async (context) => {
      id = (await context.sendActivity(activityOf(target, message)))?.id;
    });
    // The SDK does not look at what it passes on.
    return typeof id === "string" && ID.test(id) ? id : undefined;
  }

  /** No text beside the card: Teams would split it into two messages and give no id for either. */
  function activityOf({ conversationId }: Target, { card, summary }: Message): Partial<Activity> {
    const content = seal.sealCard(card, conversationId);
    return {
      type: "message",
      summary,
      attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content }],
    };
  }

  return {
    post,
    async postAttachment(target, attachment, summary) {
      await within(adapter, appId, target, async (context) => {
        await context.sendActivity({ type: "message", summary, attachments: [{ ...attachment }] });
      });
    },
    async update(target, messageId, message) {
      await within(adapter, appId, target, async (context) => {
        await context.updateActivity({ ...activityOf(target, message), id: messageId });
      });
    },
    async personalChat({ userId, ...bot }) {
      return { ...bot, conversationId: await adapter.openPersonalChat(appId, { ...bot, userId }) };
    },
  };
}
