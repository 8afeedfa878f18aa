import type { DigestNumbers } from "../ports/digest.ts";
import { ENOUGH_TRIES, triesOf } from "../reports/usage/worst-method.ts";
import { weekNumber } from "../views/iso-week.ts";
import { resetWeek } from "./reset-week.ts";
import type { DigestTelling } from "./sections/section.ts";

/** The toast: "Week 46: 81 % of reset tries worked (88 %). Look at SMS." */
export function digestHeadline({ week, tries, people }: DigestNumbers, telling: DigestTelling): string {
  const { words, format } = telling;
  const { headline } = words.digest;
  const span = telling.span.name(weekNumber(week));
  if (tries === undefined) {
    const { capable = 0, inScope = 0 } = people?.counts ?? {};
    return inScope > 0
      ? headline.people(span, format.people(capable), format.people(inScope))
      : headline.nobody(span);
  }
  const { now, before, comparable, change, where } = resetWeek(tries, words);
  if (triesOf(now) === 0) {
    return headline.none(span);
  }
  if (triesOf(now) < ENOUGH_TRIES) {
    return headline.few(span, format.number(now.successes), format.number(triesOf(now)), triesOf(now) === 1);
  }
  const percent = format.percent(now.successes, triesOf(now));
  const look = change === "less" && where ? [headline.look(where.now.label)] : [];
  const rate = comparable
    ? headline.rateWas(span, percent, format.percent(before.successes, triesOf(before)))
    : headline.rate(span, percent);
  return [rate, ...look].join(" ");
}
