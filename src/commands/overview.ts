import { digestView } from "../digest/digest-view.ts";
import type { DigestNumbersSource } from "../digest/numbers.ts";
import type { View } from "../views/view.ts";
import type { Asking, Handler, Turn } from "./answer.ts";
import { inTime } from "./in-time.ts";
import { type FromReadingParts, wantsNew } from "./reports/from-reading.ts";

interface OverviewParts extends FromReadingParts {
  readonly numbers: DigestNumbersSource;
}

/** "overview": the digest's figures as of now. */
export function overviewHandler(parts: OverviewParts): Handler {
  const { numbers, clock, refreshAfter, oldAfter } = parts;

  async function made(turn: Turn, asking: Asking): Promise<View> {
    await numbers.bringUpToDate(wantsNew(turn, asking) ? refreshAfter : Number.POSITIVE_INFINITY);
    const { onlyYou, base } = asking;
    return digestView({
      numbers: await numbers.asOfNow(turn.audience.timeZone),
      kind: "overview",
      standing: { oldAfter, collections: await parts.collections() },
      audience: { ...turn.audience, now: clock.now() },
      ...(onlyYou && { onlyYou }),
      ...(base && { base }),
    });
  }

  return (question, turn, asking) =>
    inTime({ view: made(turn, asking), progress: numbers.progress }, question, turn, asking, parts);
}
