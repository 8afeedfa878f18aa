import type { Answer } from "../commands/answer.ts";
import type { Log } from "../kernel/log.ts";
import type { Renderer } from "../render/renderer.ts";
import type { View } from "../views/view.ts";
import type { Message, Messenger, Target } from "./messenger.ts";

export interface Delivery {
  /** Posts the answer, and edits that message until its last word is there. */
  post(answer: Answer, target: Target, log: Log): Promise<void>;
  /** Edits a message in the same way. */
  update(answer: Answer, target: Target, messageId: string, log: Log): Promise<void>;
}

/**
 * Brings answers into a conversation. What Teams refuses ends here as a log line: there is nobody left who
 * could be told in that conversation.
 */
export function createDelivery(messenger: Messenger, renderer: Renderer): Delivery {
  const message = (view: View): Message => ({ card: renderer.card(view), summary: renderer.summary(view) });

  async function follow(
    later: AsyncIterable<View>,
    target: Target,
    messageId: string | undefined,
  ): Promise<void> {
    let last: View | undefined;
    for await (const view of later) {
      last = view;
      if (messageId) {
        await messenger.update(target, messageId, message(view));
      }
    }
    // Teams took the first message without giving an id to edit it by.
    if (!messageId && last) {
      await messenger.post(target, message(last));
    }
  }

  return {
    async post(answer, target, log) {
      try {
        const id = await messenger.post(target, message(answer.view));
        if (answer.later) {
          await follow(answer.later, target, id);
        }
      } catch (thrown) {
        log.error(sendFault(thrown), "Teams did not take a message");
      }
    },
    async update(answer, target, messageId, log) {
      try {
        await messenger.update(target, messageId, message(answer.view));
        if (answer.later) {
          await follow(answer.later, target, messageId);
        }
      } catch (thrown) {
        log.error(sendFault(thrown), "Teams did not take an edited message");
      }
    },
  };
}

/** The facts of the SDK's error that are safe to log: never its request, which holds the token. */
function sendFault(thrown: unknown): object {
  const { name, code, statusCode } = (thrown ?? {}) as Record<"name" | "code" | "statusCode", unknown>;
  return { name, code, status: statusCode };
}
