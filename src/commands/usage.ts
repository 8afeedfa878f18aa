import type { UsageCollector } from "../collect/usage-collector.ts";
import type { Question } from "../language/question.ts";
import type { UsageSnapshot } from "../ports/usage.ts";
import { usageView } from "../reports/usage/usage-view.ts";
import { nothingStoredView } from "../views/no-numbers.ts";
import type { View } from "../views/view.ts";
import type { Asking, Handler, Turn } from "./answer.ts";
import { type InTimeParts, inTime } from "./in-time.ts";

interface UsageParts extends InTimeParts {
  readonly collector: UsageCollector;
  /** Milliseconds: younger numbers are not read again. */
  readonly refreshAfter: number;
}

/** "sspr usage …": success and failure counts per feature and method. */
export function usageHandler(parts: UsageParts): Handler {
  const { collector, clock, refreshAfter } = parts;
  return async (question, turn, asking) => {
    const period = question.options.period ?? "D30";
    const showing = { question, turn, asking, refreshAfter, now: () => clock.now() };
    const stored = await collector.latest(period);
    if (stored && !(wantsNew(turn, asking) && age(stored, turn) >= refreshAfter)) {
      return { kind: "answered", view: numbers(stored, showing) };
    }
    if (asking.mode === "stored") {
      return { kind: "answered", view: nothingStoredView({ question, audience: turn.audience }) };
    }
    const { done, progress } = collector.collect(period, turn.audience.now);
    const view = done.then((snapshot) => numbers(snapshot, showing));
    return inTime({ view, progress }, question, turn, asking, parts);
  };
}

interface Showing {
  readonly question: Question;
  readonly turn: Turn;
  readonly asking: Asking;
  readonly refreshAfter: number;
  readonly now: () => Date;
}

/** In a terminal nobody can press Refresh, so asking there does the same. */
export function wantsNew(turn: Turn, { mode }: Asking): boolean {
  return mode === "refresh" || (mode === "ask" && turn.place === "terminal");
}

function age({ readAt }: UsageSnapshot, turn: Turn): number {
  return turn.audience.now.getTime() - readAt.getTime();
}

function numbers(snapshot: UsageSnapshot, { question, turn, asking, refreshAfter, now }: Showing): View {
  const { mode, onlyYou, base, corrected, refined } = asking;
  const tooEarly = mode === "refresh" && age(snapshot, turn) < refreshAfter;
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
