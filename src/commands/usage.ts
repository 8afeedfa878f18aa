import { type Collection, CollectionStopped, type UsageCollector } from "../collect/usage-collector.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Timings } from "../kernel/timings.ts";
import type { Question } from "../language/question.ts";
import type { UsageSnapshot } from "../ports/usage.ts";
import { usageView } from "../reports/usage/usage-view.ts";
import { nothingStoredView, stoppedView } from "../views/no-numbers.ts";
import { progressView } from "../views/progress.ts";
import type { View } from "../views/view.ts";
import type { Answer, Asking, Handler, Turn } from "./answer.ts";

interface UsageParts {
  readonly collector: UsageCollector;
  readonly clock: Clock;
  readonly timings: Pick<Timings, "progressEvery" | "progressSlowest">;
  /** Milliseconds: younger numbers are not read again. */
  readonly refreshAfter: number;
}

/** "sspr usage …": success and failure counts per feature and method. */
export function usageHandler({ collector, clock, timings, refreshAfter }: UsageParts): Handler {
  return async (question, turn, asking) => {
    const period = question.options.period ?? "D30";
    const showing: Showing = { question, turn, asking, refreshAfter, now: () => clock.now() };
    const stored = await collector.latest(period);
    if (stored && !(wantsNew(turn, asking) && age(stored, turn) >= refreshAfter)) {
      return { kind: "answered", view: numbers(stored, showing) };
    }
    if (asking.mode === "stored") {
      return { kind: "answered", view: nothingStoredView({ question, audience: turn.audience }) };
    }
    return read(collector.collect(period, turn.audience.now), showing);
  };

  async function read(collection: Collection, showing: Showing): Promise<Answer> {
    const left = Math.max(0, showing.turn.answerBy.getTime() - clock.now().getTime());
    const view = await inTime(collection, left, showing);
    if (view) {
      return { kind: "answered", view };
    }
    const waiting = howFar(collection, showing);
    return showing.asking.presserOnly
      ? { kind: "answered", view: waiting }
      : { kind: "answered", view: waiting, later: until(collection, showing) };
  }

  /** What was read, or undefined when it takes longer than so many milliseconds. */
  async function inTime(
    collection: Collection,
    milliseconds: number,
    showing: Showing,
  ): Promise<View | undefined> {
    try {
      const snapshot = await Promise.race([collection.done, clock.sleep(milliseconds).then(() => undefined)]);
      return snapshot && numbers(snapshot, showing);
    } catch (thrown) {
      if (thrown instanceof CollectionStopped) {
        return stoppedView({ question: showing.question, audience: showing.turn.audience });
      }
      throw thrown;
    }
  }

  /** How far it is, less and less often, and at the end the numbers. */
  async function* until(collection: Collection, showing: Showing): AsyncIterable<View> {
    let pause = timings.progressEvery;
    let view: View | undefined;
    while (!view) {
      view = await inTime(collection, pause, showing);
      yield view ?? howFar(collection, showing);
      pause = Math.min(pause * 1.5, timings.progressSlowest);
    }
  }
}

interface Showing {
  readonly question: Question;
  readonly turn: Turn;
  readonly asking: Asking;
  readonly refreshAfter: number;
  readonly now: () => Date;
}

/** In a terminal nobody can press Refresh, so asking there does the same. */
function wantsNew(turn: Turn, { mode }: Asking): boolean {
  return mode === "refresh" || (mode === "ask" && turn.place === "terminal");
}

function age({ readAt }: UsageSnapshot, turn: Turn): number {
  return turn.audience.now.getTime() - readAt.getTime();
}

function howFar(collection: Collection, { question, turn, asking, now }: Showing): View {
  const audience = { ...turn.audience, now: now() };
  const { presserOnly = false, base } = asking;
  return progressView({
    ...collection.progress(),
    question,
    audience,
    onlyYou: presserOnly,
    ...(base && { base }),
  });
}

function numbers(snapshot: UsageSnapshot, { question, turn, asking, refreshAfter, now }: Showing): View {
  const { mode, onlyYou, base, corrected, refined } = asking;
  const tooEarly =
    mode === "refresh" && turn.audience.now.getTime() - snapshot.readAt.getTime() < refreshAfter;
  const isOld = snapshot.readAt < turn.audience.now;
  return usageView({
    snapshot,
    question,
    audience: { ...turn.audience, now: now() },
    refreshed: mode === "refresh",
    ...(tooEarly && isOld && { nextReadAt: new Date(snapshot.readAt.getTime() + refreshAfter) }),
    ...(onlyYou && { onlyYou }),
    ...(base && { base }),
    ...(corrected && { corrections: corrected }),
    ...(refined && { refined }),
  });
}
