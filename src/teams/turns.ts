import { randomUUID } from "node:crypto";
import type { Activity } from "botbuilder";
import { AuthenticationError } from "botframework-connector";
import { LRUCache } from "lru-cache";
import type { Clock } from "../kernel/clock.ts";
import { correlated } from "../kernel/correlation.ts";
import { logFault } from "../kernel/fault-log.ts";
import type { TenantId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { type Metrics, type TurnOutcome, turnKindOf } from "../kernel/metrics.ts";
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
  readonly metrics?: Pick<Metrics, "turn">;
  readonly detach: (work: Promise<void>) => void;
}

/** How a turn ended, and what an invoke is answered with. */
interface TurnEnd {
  readonly outcome: TurnOutcome;
  readonly said: InvokeAnswer | undefined;
}

/** Everything between the HTTP request and the bot: who sent it, whose it is, once only, and in time. */
export function createReceiver(parts: TurnParts): Receive {
  const { adapter, bot, words, clock, timings, log, metrics, elapsed, detach } = parts;
  const once = createOnce<TurnEnd>(timings.rememberActivity, elapsed);
  const refusedBefore = new LRUCache<string, true>({ max: 1_000 });

  function noteRefusal(reason: string, activity: IncomingActivity): void {
    const source = `${reason} ${activity.channelId} ${activity.conversation.tenantId ?? ""}`.slice(0, 200);
    if (!refusedBefore.has(source)) {
      refusedBefore.set(source, true);
      log.warn({ reason }, "refused an activity; later ones of this source are not logged");
    }
  }

  /** The sink for faults that no card could tell: an invoke still gets a line, whoever wrote gets nothing. */
  function failed(thrown: unknown): TurnEnd {
    logFault(log, thrown, "an activity could not be answered");
    return { outcome: "failed", said: showText(words.replies.notAnswered) };
  }

  /** The turn ends in time; what is still going on then goes on without it. */
  async function inTime(activity: IncomingActivity): Promise<TurnEnd> {
    const answered = async (): Promise<TurnEnd> => ({ outcome: "answered", said: await bot(activity) });
    const work = once(activity, () => answered().catch(failed));
    detach(work.then(() => undefined));
    return Promise.race([
      work,
      clock
        .sleep(timings.turnLimit)
        .then((): TurnEnd => ({ outcome: "late", said: showText(words.replies.stillWorking) })),
    ]);
  }

  async function answer(activity: IncomingActivity): Promise<TurnEnd> {
    const refusal = refusedTenant(activity, parts.tenantId);
    if (refusal) {
      noteRefusal(refusal, activity);
      return { outcome: "refused", said: showText(words.replies.notYourTenant) };
    }
    log.debug({ activity: turnKindOf(activity.type), activityId: activity.id }, "an activity arrived");
    return inTime(activity);
  }

  /** The kind is one of a few known words, whatever was sent. */
  function count(type: string, outcome: TurnOutcome, began: number): void {
    const kind = turnKindOf(type);
    const took = elapsed() - began;
    metrics?.turn(kind, outcome, took);
    if (outcome !== "refused") {
      log.info({ activity: kind, outcome, milliseconds: Math.round(took) }, "a turn ended");
    }
  }

  /** What the log says of one activity carries one id, which goes to Graph, too. */
  return (body, authorization) => correlated(randomUUID(), () => receive(body, authorization));

  async function receive(body: unknown, authorization: string): Promise<TurnResult> {
    const began = elapsed();
    const parsed = activitySchema.safeParse(body);
    if (!parsed.success) {
      count("other", "refused", began);
      return parts.local ? UNREADABLE : UNAUTHORIZED;
    }
    const activity = parsed.data;
    try {
      return await adapter.receive(authorization, body as Activity, async (context) => {
        const { outcome, said } = await answer(activity);
        count(activity.type, outcome, began);
        if (activity.type === "invoke") {
          const value = { status: 200, body: said ?? showText(words.replies.unknownButton) };
          await context.sendActivity({ type: "invokeResponse", value });
        }
      });
    } catch (thrown) {
      if (!(thrown instanceof AuthenticationError)) {
        throw thrown;
      }
      count(activity.type, "refused", began);
      if (thrown.statusCode === FORBIDDEN.status) {
        noteRefusal("service", activity);
        return FORBIDDEN;
      }
      log.warn({ reason: "authentication" }, "refused a request that Teams did not send");
      return UNAUTHORIZED;
    }
  }
}

const UNREADABLE: TurnResult = {
  status: 400,
  body: { code: "BadActivity", message: "The body is not an activity of the Bot Framework." },
};
const UNAUTHORIZED: TurnResult = { status: 401, body: { code: "Unauthorized", message: "Unauthorized" } };
const FORBIDDEN: TurnResult = { status: 403, body: { code: "Forbidden", message: "Forbidden" } };
