import type { Answer } from "../commands/answer.ts";
import type { Log } from "../kernel/log.ts";
import type { Renderer } from "../render/renderer.ts";
import type { View } from "../views/view.ts";
import { createEditor } from "./editor.ts";
import type { Message, Messenger } from "./messenger.ts";
import type { Target } from "./proactive.ts";

export interface Delivery {
  /** Posts the answer, and edits that message until its last word is there. */
  post(answer: Answer, target: Target, log: Log): Promise<void>;
  /** Edits a message in the same way; a later answer for the same message takes over from an earlier one. */
  update(answer: Answer, target: Target, messageId: string, log: Log): Promise<void>;
}

/**
 * Brings answers into a conversation. What Teams refuses ends here as a log line: there is nobody left who
 * could be told in that conversation.
 */
export function createDelivery(messenger: Messenger, renderer: Renderer): Delivery {
  const message = (view: View): Message => ({ card: renderer.card(view), summary: renderer.summary(view) });
  const edit = createEditor((target, id, view: View) => messenger.update(target, id, message(view)));
  /** Who fills a message now; twenty presses of Refresh are one. */
  const followers = new Map<string, symbol>();

  /** Shows how far it is as well as it goes, and the last word for sure: if not in its place, then below. */
  async function follow(later: AsyncIterable<View>, target: Target, id: string, log: Log): Promise<void> {
    const key = keyOf(target, id);
    const me = Symbol("follower");
    followers.set(key, me);
    let unseen: View | undefined;
    for await (const view of later) {
      if (followers.get(key) !== me) {
        return;
      }
      unseen = (await tried(edit(target, id, view), log)) ? undefined : view;
    }
    followers.delete(key);
    if (unseen && !(await tried(edit(target, id, unseen), log))) {
      await messenger.post(target, message(unseen));
    }
  }

  return {
    async post(answer, target, log) {
      try {
        const id = await messenger.post(target, message(answer.view));
        if (answer.later && id) {
          await follow(answer.later, target, id, log);
        } else if (answer.later) {
          // Teams took the first message without giving an id to edit it by.
          const last = await lastOf(answer.later);
          await messenger.post(target, message(last ?? answer.view));
        }
      } catch (thrown) {
        log.error(sendFault(thrown), "Teams did not take a message");
      }
    },
    async update({ view, later }, target, messageId, log) {
      // Whoever fills this message until now is out of date.
      followers.delete(keyOf(target, messageId));
      await tried(edit(target, messageId, view), log);
      if (later) {
        try {
          await follow(later, target, messageId, log);
        } catch (thrown) {
          log.error(sendFault(thrown), "Teams did not take a message");
        }
      }
    },
  };
}

async function lastOf<T>(items: AsyncIterable<T>): Promise<T | undefined> {
  let last: T | undefined;
  for await (const item of items) {
    last = item;
  }
  return last;
}

function keyOf(target: Target, messageId: string): string {
  return JSON.stringify([target.conversationId, messageId]);
}

async function tried(work: Promise<void>, log: Log): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (thrown) {
    log.warn(sendFault(thrown), "Teams did not take an edit");
    return false;
  }
}

/** The facts of the SDK's error that are safe to log: never its request, which holds the token. */
function sendFault(thrown: unknown): object {
  const { name, code, statusCode } = (thrown ?? {}) as Record<"name" | "code" | "statusCode", unknown>;
  return { name, code, status: statusCode };
}
