import type { CloudAdapter, ConversationAccount, ConversationReference, TurnContext } from "botbuilder";

/** Where a message goes: all that must be known of a conversation to post into it. */
export interface Target {
  readonly serviceUrl: string;
  readonly conversationId: string;
  readonly tenantId: string;
  readonly botId: string;
}

/** Whose personal chat with the bot; `userId` is the person's id at Teams, "29:…". */
export interface Person extends Omit<Target, "conversationId"> {
  readonly userId: string;
}

/**
 * Runs work in a conversation outside of a turn. What goes wrong in it rejects: no `onTurnError` may be set on
 * the adapter, which would swallow it.
 */
export async function within(
  adapter: CloudAdapter,
  appId: string | undefined,
  target: Target,
  work: (context: TurnContext) => Promise<void>,
): Promise<void> {
  await adapter.continueConversationAsync(appId ?? "", referenceOf(target) as ConversationReference, work);
}

function referenceOf(target: Target): Partial<ConversationReference> {
  return {
    channelId: "msteams",
    serviceUrl: target.serviceUrl,
    bot: { id: target.botId, name: "" },
    conversation: { id: target.conversationId, tenantId: target.tenantId } as ConversationAccount,
  };
}
