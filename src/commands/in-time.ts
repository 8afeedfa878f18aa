import { CollectionStopped } from "../collect/single-reading.ts";
import type { Clock } from "../kernel/clock.ts";
import { orLate } from "../kernel/deadline.ts";
import type { Timings } from "../kernel/timings.ts";
import type { Question } from "../language/question.ts";
import type { ReadProgress } from "../ports/usage.ts";
import { stoppedView } from "../views/no-numbers.ts";
import { progressView } from "../views/progress.ts";
import type { View } from "../views/view.ts";
import type { Answer, Asking, Turn } from "./answer.ts";

export interface InTimeParts {
  readonly clock: Clock;
  readonly timings: Pick<Timings, "progressEvery" | "progressSlowest">;
}

interface Work {
  readonly view: Promise<View>;
  /** How far the reading of Graph is that it waits for. */
  readonly progress: () => ReadProgress;
}

/**
 * The view if it is there before the turn must end; else how far it is, less and less often, and the view as the
 * last word. What only the presser sees cannot be filled later: there the same press brings it.
 */
export async function inTime(
  { view, progress }: Work,
  question: Question,
  turn: Turn,
  asking: Asking,
  { clock, timings }: InTimeParts,
): Promise<Answer> {
  async function within(milliseconds: number): Promise<View | undefined> {
    try {
      return await orLate(clock, milliseconds, view, undefined);
    } catch (thrown) {
      if (thrown instanceof CollectionStopped) {
        return stoppedView({ question, audience: turn.audience });
      }
      throw thrown;
    }
  }

  function howFar(): View {
    const { presserOnly = false, base, again } = asking;
    const audience = { ...turn.audience, now: clock.now() };
    return progressView({
      ...progress(),
      ...{ question, audience, onlyYou: presserOnly },
      ...(base && { base }),
      ...(again && { again }),
    });
  }

  async function* until(): AsyncIterable<View> {
    let pause = timings.progressEvery;
    for (let last: View | undefined; !last; ) {
      last = await within(pause);
      yield last ?? howFar();
      pause = Math.min(pause * 1.5, timings.progressSlowest);
    }
  }

  const first = await within(Math.max(0, turn.answerBy.getTime() - clock.now().getTime()));
  if (first || asking.presserOnly) {
    return { kind: "answered", view: first ?? howFar() };
  }
  return { kind: "answered", view: howFar(), later: until() };
}
