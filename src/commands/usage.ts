import type { Collection, UsageCollector } from "../collect/usage-collector.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Timings } from "../kernel/timings.ts";
import type { Question } from "../language/question.ts";
import type { UsageSnapshot } from "../ports/usage.ts";
import { usageView } from "../reports/usage/usage-view.ts";
import { progressView } from "../views/progress.ts";
import type { View } from "../views/view.ts";
import type { Asking, Handler, Turn } from "./answer.ts";

interface UsageParts {
  readonly collector: UsageCollector;
  readonly clock: Clock;
  readonly timings: Pick<Timings, "progressEvery">;
  /** Milliseconds: younger numbers are not read again. */
  readonly refreshAfter: number;
}

/** "sspr usage …": success and failure counts per feature and method. */
export function usageHandler({ collector, clock, timings, refreshAfter }: UsageParts): Handler {
  return async (question, turn, asking) => {
    const period = question.options.period ?? "D30";
    const show = (snapshot: UsageSnapshot): View => view(snapshot, question, turn, asking, clock.now());
    const stored = await collector.latest(period);
    if (stored && !(wantsNew(turn, asking) && age(stored, turn) >= refreshAfter)) {
      return { kind: "answered", view: show(stored) };
    }
    const collection = collector.collect(period, turn.audience.now);
    const left = Math.max(0, turn.answerBy.getTime() - clock.now().getTime());
    const snapshot = await within(collection, left);
    if (snapshot) {
      return { kind: "answered", view: show(snapshot) };
    }
    const waiting = (): View => progressView({ ...collection.progress(), question, audience: turn.audience });
    return { kind: "answered", view: waiting(), later: until(collection, waiting, show) };
  };

  /** What was read, or undefined when it takes longer than so many milliseconds. */
  function within(collection: Collection, milliseconds: number): Promise<UsageSnapshot | undefined> {
    return Promise.race([collection.done, clock.sleep(milliseconds).then(() => undefined)]);
  }

  async function* until(
    collection: Collection,
    waiting: () => View,
    show: (snapshot: UsageSnapshot) => View,
  ): AsyncIterable<View> {
    let snapshot: UsageSnapshot | undefined;
    while (!snapshot) {
      snapshot = await within(collection, timings.progressEvery);
      yield snapshot ? show(snapshot) : waiting();
    }
  }
}

/** In a terminal nobody can press Refresh, so asking there does the same. */
function wantsNew(turn: Turn, { mode }: Asking): boolean {
  return mode === "refresh" || (mode === "ask" && turn.place === "terminal");
}

function age({ readAt }: UsageSnapshot, turn: Turn): number {
  return turn.audience.now.getTime() - readAt.getTime();
}

function view(snapshot: UsageSnapshot, question: Question, turn: Turn, asking: Asking, now: Date): View {
  const { mode, onlyYou, base, corrected, refined } = asking;
  return usageView({
    snapshot,
    question,
    audience: { ...turn.audience, now },
    refreshed: mode === "refresh",
    ...(onlyYou && { onlyYou }),
    ...(base && { base }),
    ...(corrected && { corrections: corrected }),
    ...(refined && { refined }),
  });
}
