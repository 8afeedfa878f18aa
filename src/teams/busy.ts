import type { Clock } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import type { Words } from "../reference/words/words.ts";
import type { Renderer } from "../render/renderer.ts";
import { plainNotice } from "../views/notice.ts";
import type { IncomingActivity } from "./activity.ts";
import { targetOf } from "./bot.ts";
import type { Messenger } from "./messenger.ts";
import { outcomeOf } from "./post-outcome.ts";

interface BusyParts {
  readonly messenger: Messenger;
  readonly renderer: Renderer;
  readonly words: Words;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Says in the conversation of a message that too much is asked at once. Resolves with false where Teams surely does
 * not have that; the message is always the same, so it is made once.
 */
export function createBusyReply({ messenger, renderer, words, clock, log }: BusyParts) {
  const view = plainNotice(words.replies.busy, [words.replies.askAgain]);
  const message = { card: renderer.card(view), summary: renderer.summary(view) };

  return async (activity: IncomingActivity): Promise<boolean> => {
    try {
      await messenger.post(targetOf(activity), message);
      return true;
    } catch (thrown) {
      const outcome = outcomeOf(thrown, clock.now());
      log.warn(outcome, "Teams did not take that too much is asked at once");
      return outcome.kind === "unknown";
    }
  };
}
