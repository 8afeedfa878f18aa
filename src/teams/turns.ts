import { randomUUID } from "node:crypto";
import type { Activity } from "botbuilder";
import { AuthenticationError } from "botframework-connector";
import { LRUCache } from "lru-cache";
import type { Clock } from "../kernel/clock.ts";
import { correlated } from "../kernel/correlation.ts";
import { orLate } from "../kernel/deadline.ts";
import { logFault } from "../kernel/fault-log.ts";
import type { TenantId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { type Metrics, type TurnOutcome, turnKindOf } from "../kernel/metrics.ts";
import type { Timings } from "../kernel/timings.ts";
import type { Words } from "../reference/words/words.ts";
import { activitySchema, type IncomingActivity } from "./activity.ts";
import type { TeamsAdapter, TurnResult } from "./adapter.ts";
import type { Admission } from "./admission.ts";
import type { Bot } from "./bot.ts";
import { refusedTenant } from "./incoming.ts";
import { type InvokeAnswer, showText } from "./invoke-answer.ts";
import { createOnce } from "./once.ts";
import { FORBIDDEN, OVERFLOW, UNAUTHORIZED, UNREADABLE } from "./turn-results.ts";

export interface Receiver {
  /** Takes the body of one POST to `/api/messages` and its Authorization header. */
  receive(body: unknown, authorization: string): Promise<TurnResult>;
  /** What a POST is answered with before its body is read, where too much is asked at once. */
  overflow(): TurnResult | undefined;
}

interface TurnParts {
  readonly adapter: TeamsAdapter;
  readonly bot: Bot;
  readonly admission: Admission;
  /** Says in the conversation that too much is asked at once; false where Teams has not taken that. */
  readonly tellBusy: (activity: IncomingActivity) => Promise<boolean>;
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

/** An activity on its way to its answer. */
interface Request {
  readonly body: Activity;
  readonly authorization: string;
  readonly began: number;
  /** Told when it has been let in or refused. */
  readonly decided: () => void;
}

/** How a turn ended, and what an invoke is answered with. */
interface TurnEnd {
  readonly outcome: TurnOutcome;
  readonly said: InvokeAnswer | undefined;
}

/** Everything between the HTTP request and the bot: who sent it, whose it is, once only, and in time. */
export function createReceiver(parts: TurnParts): Receiver {
  const { adapter, bot, admission, words, clock, timings, log, metrics, elapsed, detach } = parts;
  const once = createOnce<TurnEnd>(timings.rememberActivity, elapsed, isToldOf);
  let quietUntil = 0;
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

  /** What goes on after its first message, or after its time, takes no place from others. */
  async function answered(activity: IncomingActivity, arrivedAt: Date, leave: () => void): Promise<TurnEnd> {
    const answering = async (): Promise<TurnEnd> => {
      return { outcome: "answered", said: await bot(activity, { arrivedAt, onPosted: leave }) };
    };
    const end = answering().catch(failed);
    await orLate(clock, timings.turnLimit, end, undefined);
    leave();
    return end;
  }

  /** Answers when its turn comes, or refuses at once. */
  function admitted(activity: IncomingActivity): Promise<TurnEnd> {
    const arrivedAt = clock.now();
    const work = (leave: () => void): Promise<TurnEnd> => answered(activity, arrivedAt, leave);
    return admission.admit(laneOf(activity), work) ?? refused(activity);
  }

  async function refused(activity: IncomingActivity): Promise<TurnEnd> {
    const { busy, askAgain } = words.replies;
    switch (activity.type) {
      case "invoke":
        return { outcome: "busy", said: showText(`${busy}. ${askAgain}`) };
      case "message": {
        const isTold = await admission.refuse(() => parts.tellBusy(activity));
        return { outcome: isTold ? "busy" : "overflow", said: undefined };
      }
      default:
        return { outcome: "overflow", said: undefined };
    }
  }

  /** The turn ends in time; what is still going on then goes on without it. */
  async function inTime(activity: IncomingActivity): Promise<TurnEnd> {
    const work = once(activity, () => admitted(activity));
    detach(work.then(() => undefined));
    return orLate(clock, timings.turnLimit, work, {
      outcome: "late",
      said: showText(words.replies.stillWorking),
    });
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

  function noteOverflow(at: number): void {
    if (at >= quietUntil) {
      quietUntil = at + OVERFLOW_SILENCE;
      log.warn(
        {},
        "too much is asked at once; Teams was told to come again, and that is not logged for a minute",
      );
    }
  }

  /** The kind is one of a few known words, whatever was sent. */
  function count(type: string, outcome: TurnOutcome, began: number): void {
    const kind = turnKindOf(type);
    const took = elapsed() - began;
    metrics?.turn(kind, outcome, took);
    if (outcome === "overflow") {
      noteOverflow(began);
    } else if (outcome !== "refused") {
      log.info({ activity: kind, outcome, milliseconds: Math.round(took) }, "a turn ended");
    }
  }

  /** Before anything is looked at, so that thousands of them cost next to nothing. */
  function overflowed(): TurnResult {
    count("other", "overflow", elapsed());
    return OVERFLOW;
  }

  async function received(body: unknown, authorization: string, decided: () => void): Promise<TurnResult> {
    const began = elapsed();
    const parsed = activitySchema.safeParse(body);
    if (!parsed.success) {
      count("other", "refused", began);
      return parts.local ? UNREADABLE : UNAUTHORIZED;
    }
    const activity = parsed.data;
    try {
      return await take(activity, { body: body as Activity, authorization, began, decided });
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

  async function take(
    activity: IncomingActivity,
    { body, authorization, began, decided }: Request,
  ): Promise<TurnResult> {
    let isOverflow = false;
    const result = await adapter.receive(authorization, body, async (context) => {
      const answering = answer(activity);
      decided();
      const { outcome, said } = await answering;
      count(activity.type, outcome, began);
      isOverflow = outcome === "overflow";
      if (activity.type === "invoke") {
        const value = { status: 200, body: said ?? showText(words.replies.unknownButton) };
        await context.sendActivity({ type: "invokeResponse", value });
      }
    });
    return isOverflow ? OVERFLOW : result;
  }

  return {
    overflow: () => (admission.isFull() ? overflowed() : undefined),
    async receive(body, authorization) {
      const decided = admission.arrive();
      if (!decided) {
        return overflowed();
      }
      try {
        // What the log says of one activity carries one id, which goes to Graph, too.
        return await correlated(randomUUID(), () => received(body, authorization, decided));
      } finally {
        decided();
      }
    },
  };
}

/**
 * Messages of a conversation are answered in the order in which they were asked. Presses are answered to their
 * presser alone, and a card that many people look at is refreshed for all of them at once.
 */
function laneOf({ type, conversation }: IncomingActivity): string | undefined {
  return type === "message" ? conversation.id : undefined;
}

/** Milliseconds. */
const OVERFLOW_SILENCE = 60_000;

/** What nobody was told of is begun anew when Teams sends it again. */
function isToldOf({ outcome }: TurnEnd): boolean {
  return outcome !== "overflow";
}
