import type { ChangeNewsWords } from "../reference/words/history-words.ts";
import { clearChange } from "./change.ts";
import type { Telling } from "./usage/section.ts";
import { ENOUGH_TRIES, type Outcomes, triesOf } from "./usage/worst-method.ts";

/** Tries to compare with, and when they were: "in the 7 days before". */
interface Before {
  readonly outcomes: Outcomes;
  readonly than: string;
}

/** One sentence: a rate beside its tries, and a change only where it is beyond noise; below 20 tries counts alone. */
export function changeNews(
  news: ChangeNewsWords,
  now: Outcomes,
  before: Before | undefined,
  telling: Telling,
): string {
  const tries = triesOf(now);
  if (tries === 0) {
    return news.none;
  }
  if (tries < ENOUGH_TRIES) {
    const { format } = telling;
    return news.few(format.number(now.successes), format.number(tries), tries === 1);
  }
  if (before === undefined || triesOf(before.outcomes) < ENOUGH_TRIES) {
    return news.alone(rateText(now, telling));
  }
  const { outcomes, than } = before;
  return news[clearChange(now, outcomes) ?? "same"](
    rateText(now, telling),
    rateText(outcomes, telling),
    than,
  );
}

/** "81 % of 756 tries"; only of enough tries. */
export function rateText(outcomes: Outcomes, { words, format }: Telling): string {
  const tries = triesOf(outcomes);
  return words.history.rates.of(format.percent(outcomes.successes, tries), format.number(tries));
}

/** "81 % of 756"; "12 of 15" below 20 tries, and in words where there are none. */
export function rateCell(outcomes: Outcomes, { words, format }: Telling): string {
  const { rates } = words.history;
  const tries = triesOf(outcomes);
  if (tries === 0) {
    return rates.none;
  }
  return tries < ENOUGH_TRIES
    ? rates.few(format.number(outcomes.successes), format.number(tries))
    : rates.cell(format.percent(outcomes.successes, tries), format.short(tries));
}
