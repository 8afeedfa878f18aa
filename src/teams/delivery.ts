import type { Answer } from "../commands/answer.ts";
import type { Log } from "../kernel/log.ts";
import type { Renderer } from "../render/renderer.ts";
import type { View } from "../views/view.ts";
import { createEditor } from "./editor.ts";
import { type Attachment, consentCard } from "./file-consent.ts";
import type { Message, Messenger } from "./messenger.ts";
import type { Person, Target } from "./proactive.ts";

export interface Delivery {
  /** Posts the answer, tells of that, and edits that message until its last word is there. */
  post(answer: Answer, target: Target, log: Log, onPosted?: () => void): Promise<void>;
  /**
   * Posts into a person's own chat with the bot. Resolves as soon as Teams has the message, with what fills it
   * until its last word; with undefined where Teams does not let the bot write to the person.
   */
  postPersonally(answer: Answer, person: Person, log: Log): Promise<Posted | undefined>;
  /** Edits a message in the same way; a later answer for the same message takes over from an earlier one. */
  update(answer: Answer, target: Target, messageId: string, log: Log, onPosted?: () => void): Promise<void>;
  /** Posts what is no card of ours; `summary` is the sentence for toasts. */
  attach(attachment: Attachment, summary: string, target: Target, log: Log): Promise<void>;
}

export interface Posted {
  readonly filled: Promise<void>;
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

  /** Fills a message that has been posted. */
  async function fill(
    { view, later }: Answer,
    target: Target,
    id: string | undefined,
    log: Log,
  ): Promise<void> {
    if (later && id) {
      await follow(later, target, id, log);
    } else if (later) {
      // Teams took the first message without giving an id to edit it by.
      const last = await lastOf(later);
      await messenger.post(target, message(last ?? view));
    }
  }

  async function logged(work: Promise<void>, log: Log): Promise<void> {
    try {
      await work;
    } catch (thrown) {
      log.error(sendFault(thrown), "Teams did not take a message");
    }
  }

  async function post(answer: Answer, target: Target, log: Log, onPosted?: () => void): Promise<void> {
    const id = await messenger.post(target, message(answer.view));
    onPosted?.();
    log.info({ messageId: id }, "Teams took a message");
    await fill(answer, target, id, log);
    await offer(answer, target);
  }

  /** Below the last view, so that its figures are read before the file is wanted. */
  async function offer(answer: Answer, target: Target): Promise<void> {
    const file = await answer.offer;
    if (file) {
      await messenger.postAttachment(target, consentCard(file), file.description);
    }
  }

  return {
    post: (answer, target, log, onPosted) => logged(post(answer, target, log, onPosted), log),
    async postPersonally(answer, person, log) {
      try {
        const target = await messenger.personalChat(person);
        const id = await messenger.post(target, message(answer.view));
        log.info({ messageId: id }, "Teams took a message");
        return { filled: logged(fill(answer, target, id, log), log) };
      } catch (thrown) {
        log.warn(sendFault(thrown), "Teams did not let the bot write to a person");
        return undefined;
      }
    },
    attach: (attachment, summary, target, log) =>
      logged(messenger.postAttachment(target, attachment, summary), log),
    async update(answer, target, messageId, log, onPosted) {
      const { view, later } = answer;
      // Whoever fills this message until now is out of date.
      followers.delete(keyOf(target, messageId));
      await tried(edit(target, messageId, view), log);
      onPosted?.();
      if (later) {
        await logged(follow(later, target, messageId, log), log);
      }
      await logged(offer(answer, target), log);
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
