import type { Activity, CloudAdapter, ConversationAccount, ConversationReference } from "botbuilder";

/** Where a message goes: all that must be known of a conversation to post into it. */
export interface Target {
  readonly serviceUrl: string;
  readonly conversationId: string;
  readonly tenantId: string;
  readonly botId: string;
}

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
 * SDK takes a turn's context away when it ends. No `onTurnError` may be set on the adapter: it would swallow
 * what goes wrong in here.
 */
export function createMessenger(adapter: CloudAdapter, appId: string | undefined): Messenger {
  async function within(target: Target, work: (send: Sender) => Promise<void>): Promise<void> {
    const reference = referenceOf(target) as ConversationReference;
    await adapter.continueConversationAsync(appId ?? "", reference, async (context) => {
      await work({
        send: async (activity) => (await context.sendActivity(activity))?.id || undefined,
        update: async (activity) => {
          await context.updateActivity(activity);
        },
      });
    });
  }

  return {
    async post(target, message) {
      let id: string | undefined;
      await within(target, async ({ send }) => {
        id = await send(activityOf(message));
      });
      return id;
    },
    async update(target, messageId, message) {
      await within(target, ({ update }) => update({ ...activityOf(message), id: messageId }));
    },
  };
}

interface Sender {
  send(activity: Partial<Activity>): Promise<string | undefined>;
  update(activity: Partial<Activity>): Promise<void>;
}

function referenceOf(target: Target): Partial<ConversationReference> {
  return {
    channelId: "msteams",
    serviceUrl: target.serviceUrl,
    bot: { id: target.botId, name: "" },
    conversation: { id: target.conversationId, tenantId: target.tenantId } as ConversationAccount,
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
