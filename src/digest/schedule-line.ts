import type { Words } from "../reference/words/words.ts";
import { createDays } from "../views/days.ts";
import { printable } from "../views/plain-text.ts";
import { everyText } from "../views/schedule-text.ts";
import type { DigestView } from "../views/view.ts";
import type { DigestSubscription } from "./answer.ts";

/** "Every Tuesday 13:00 (Europe/Berlin). Next: 24 Nov." and who set it up. */
export function scheduleLine(
  { schedule, nextDue, setBy }: DigestSubscription,
  words: Words,
): NonNullable<DigestView["schedule"]> {
  const told = words.digest.schedule;
  const days = createDays({ words, timeZone: schedule.timeZone });
  return {
    text: `${everyText(schedule, words)} ${told.next(days.day(nextDue))}`,
    ...(setBy && {
      setBy: { before: told.setBy, userId: setBy.userId, name: printable(setBy.name) },
    }),
  };
}
