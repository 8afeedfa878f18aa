import type { Activity, ConversationParameters, InvokeResponse, TurnContext } from "botbuilder";
import { CloudAdapter } from "botbuilder";
import { AppError } from "../kernel/problem.ts";
import type { Person } from "./proactive.ts";

/** What the HTTP side answers: a status and, for invokes, a body. */
export interface TurnResult {
  readonly status: number;
  readonly body?: unknown;
  /** Seconds. */
  readonly retryAfter?: number;
}

/**
 * The SDK's adapter without its HTTP part, which prints stacks and keys of every refused request to the
 * console and tells callers the text of its errors.
 */
export class TeamsAdapter extends CloudAdapter {
  /** Authenticates the activity and runs the logic. Rejects with AuthenticationError (401) when refused. */
  async receive(
    authorization: string,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<TurnResult> {
    const answer: InvokeResponse | undefined = await this.processActivity(authorization, activity, logic);
    return { status: answer?.status ?? 200, ...(answer?.body !== undefined && { body: answer.body }) };
  }
  /**
   * The id of the bot's personal chat with a person; Teams finds it or opens it. Rejects with the SDK's error, or
   * with INTERNAL where Teams names no chat.
   * Source: learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
   */
  async openPersonalChat(
    appId: string | undefined,
    { serviceUrl, botId, tenantId, userId }: Person,
  ): Promise<string> {
    const identity = this.createClaimsIdentity(appId);
    const factory = this.botFrameworkAuthentication.createConnectorFactory(identity);
    // Without an audience the SDK takes that of its cloud; its types do not say so.
    const connector = await factory.create(serviceUrl, undefined as unknown as string);
    const parameters: Partial<ConversationParameters> = {
      isGroup: false,
      bot: { id: botId, name: "" },
      members: [{ id: userId, name: "" }],
      tenantId,
      channelData: { tenant: { id: tenantId } },
    };
    const { id } = await connector.conversations.createConversation(parameters as ConversationParameters);
    if (!id) {
      throw new AppError("INTERNAL", { detail: "Teams opened a personal chat and did not name it." });
    }
    return id;
  }
}
