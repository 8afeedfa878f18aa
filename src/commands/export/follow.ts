import type { Clock } from "../../kernel/clock.ts";
import { orLate } from "../../kernel/deadline.ts";
import type { Timings } from "../../kernel/timings.ts";
import type { View } from "../../views/view.ts";
import type { Answer, Turn } from "../answer.ts";

export interface FollowParts {
  readonly clock: Clock;
  readonly timings: Pick<Timings, "progressEvery" | "progressSlowest">;
}

/** What `view` shows when the work is done, if that is before the turn must end; else it is shown now and then until it is. */
export async function following(
  done: Promise<unknown>,
  view: () => View,
  turn: Turn,
  { clock, timings }: FollowParts,
): Promise<Pick<Answer, "view" | "later">> {
  const over = done.then(() => true);

  function isOverWithin(milliseconds: number): Promise<boolean> {
    return orLate(clock, milliseconds, over, false);
  }

  async function* until(): AsyncIterable<View> {
    let pause = timings.progressEvery;
    for (let isOver = false; !isOver; ) {
      isOver = await isOverWithin(pause);
      yield view();
      pause = Math.min(pause * 1.5, timings.progressSlowest);
    }
  }

  const isOver = await isOverWithin(Math.max(0, turn.answerBy.getTime() - clock.now().getTime()));
  return { view: view(), ...(!isOver && { later: until() }) };
}
