import type { Activity, CloudAdapter } from "botbuilder";
import { type Target, within } from "./proactive.ts";

/** A finished message: one card, and the sentence for toasts and screen readers. */
export interface Message {
  readonly card: object;
  readonly summary: string;
}

export interface Messenger {
  /** Posts one message with one POST. Resolves with its id, if Teams gave one; rejects with the SDK's error. */
  post(target: Target, message: Message): Promise<string | undefined>;
  /** Replaces a message of the bot with one PUT. */
  update(target: Target, messageId: string, message: Message): Promise<void>;
}

/**
 * Sends outside of a turn, also for answers: a turn ends in time even where Teams' side is slow, and the
 * SDK takes a turn's context away when it ends.
 */
export function createMessenger(adapter: CloudAdapter, appId: string | undefined): Messenger {
  return {
    async post(target, message) {
      let id: string | undefined;
      await within(adapter, appId, target, async (context) => {
        id = (await context.sendActivity(activityOf(message)))?.id || undefined;
      });
      return id;
    },
    async update(target, messageId, message) {
      await within(adapter, appId, target, async (context) => {
        await context.updateActivity({ ...activityOf(message), id: messageId });
      });
    },
  };
}

/** No text beside the card: Teams would split it into two messages and give no id for either. */
function activityOf({ card, summary }: Message): Partial<Activity> {
  return {
    type: "message",
    summary,
    attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content: card }],
  };
}
