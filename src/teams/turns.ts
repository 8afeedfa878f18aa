import type { Activity } from "botbuilder";
import { AuthenticationError } from "botframework-connector";
import { LRUCache } from "lru-cache";
import type { Clock } from "../kernel/clock.ts";
import type { TenantId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { asAppError } from "../kernel/problem.ts";
import type { Timings } from "../kernel/timings.ts";
import type { Words } from "../reference/words/words.ts";
import { activitySchema, type IncomingActivity } from "./activity.ts";
import type { TeamsAdapter, TurnResult } from "./adapter.ts";
import type { Bot } from "./bot.ts";
import { refusedTenant } from "./incoming.ts";
import { type InvokeAnswer, showText } from "./invoke-answer.ts";
import { createOnce } from "./once.ts";

/** Takes the body of one POST to `/api/messages` and its Authorization header. */
export type Receive = (body: unknown, authorization: string) => Promise<TurnResult>;

interface TurnParts {
  readonly adapter: TeamsAdapter;
  readonly bot: Bot;
  readonly tenantId: TenantId;
  /** Without an app id nobody is told apart, so that what is wrong with a body may be said. */
  readonly local: boolean;
  readonly words: Words;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly log: Log;
  readonly elapsed: () => number;
  readonly detach: (work: Promise<void>) => void;
}

/** Everything between the HTTP request and the bot: who sent it, whose it is, once only, and in time. */
export function createReceiver(parts: TurnParts): Receive {
  const { adapter, bot, words, clock, timings, log, detach } = parts;
  const once = createOnce<InvokeAnswer | undefined>(timings.rememberActivity, parts.elapsed);
  const refusedBefore = new LRUCache<string, true>({ max: 1_000 });

  function noteRefusal(reason: string, activity: IncomingActivity): void {
    const source = `${reason} ${activity.channelId} ${activity.conversation.tenantId ?? ""}`.slice(0, 200);
    if (!refusedBefore.has(source)) {
      refusedBefore.set(source, true);
      log.warn({ reason }, "refused an activity; later ones of this source are not logged");
    }
  }

  /** The sink for faults that no card could tell: an invoke still gets a line, whoever wrote gets nothing. */
  function failed(thrown: unknown): InvokeAnswer {
    const { code, facts, cause } = asAppError(thrown);
    log.error({ code, facts, err: cause }, "an activity could not be answered");
    return showText(words.replies.notAnswered);
  }

  /** The turn ends in time; what is still going on then goes on without it. */
  async function inTime(activity: IncomingActivity): Promise<InvokeAnswer | undefined> {
    const work = once(activity, () => bot(activity).catch(failed));
    detach(work.then(() => undefined));
    return Promise.race([
      work,
      clock.sleep(timings.turnLimit).then(() => showText(words.replies.stillWorking)),
    ]);
  }

  async function answer(activity: IncomingActivity): Promise<InvokeAnswer | undefined> {
    const refusal = refusedTenant(activity, parts.tenantId);
    if (refusal) {
      noteRefusal(refusal, activity);
      return showText(words.replies.notYourTenant);
    }
    return inTime(activity);
  }

  return async (body, authorization) => {
    const parsed = activitySchema.safeParse(body);
    if (!parsed.success) {
      return parts.local ? UNREADABLE : UNAUTHORIZED;
    }
    const activity = parsed.data;
    try {
      return await adapter.receive(authorization, body as Activity, async (context) => {
        const said = await answer(activity);
        if (activity.type === "invoke") {
          const value = { status: 200, body: said ?? showText(words.replies.unknownButton) };
          await context.sendActivity({ type: "invokeResponse", value });
        }
      });
    } catch (thrown) {
      if (!(thrown instanceof AuthenticationError)) {
        throw thrown;
      }
      if (thrown.statusCode === FORBIDDEN.status) {
        noteRefusal("service", activity);
        return FORBIDDEN;
      }
      log.warn({ reason: "authentication" }, "refused a request that Teams did not send");
      return UNAUTHORIZED;
    }
  };
}

const UNREADABLE: TurnResult = {
  status: 400,
  body: { code: "BadActivity", message: "The body is not an activity of the Bot Framework." },
};
const UNAUTHORIZED: TurnResult = { status: 401, body: { code: "Unauthorized", message: "Unauthorized" } };
const FORBIDDEN: TurnResult = { status: 403, body: { code: "Forbidden", message: "Forbidden" } };
