import type { Activity, InvokeResponse, TurnContext } from "botbuilder";
import { CloudAdapter } from "botbuilder";

/** What the HTTP side answers: a status and, for invokes, a body. */
export interface TurnResult {
  readonly status: number;
  readonly body?: unknown;
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
}
