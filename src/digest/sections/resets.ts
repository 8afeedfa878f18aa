import type { DigestNumbers } from "../../ports/digest.ts";
import { resetsOf } from "../../reports/usage/resets.ts";
import { ENOUGH_TRIES, triesOf } from "../../reports/usage/worst-method.ts";
import { isWeekBefore } from "../../views/iso-week.ts";
import { type ResetWeek, resetWeek } from "../reset-week.ts";
import { triesTable } from "../tries-table.ts";
import type { DigestSection, DigestTelling } from "./section.ts";

/** What happened to resets, and the methods behind it. */
export const resetsSection: DigestSection = {
  part({ tries, printed, week }, telling) {
    const { news } = telling.words.digest;
    if (tries === undefined) {
      return { news: [news.unread] };
    }
    const resets = resetWeek(tries, telling.words);
    const partly = tries.week.covered ? [] : [news.partly(telling.span.within)];
    if (triesOf(resets.now) === 0) {
      return { news: [news.none(telling.span.within), ...(partly.length > 0 ? partly : [news.noneWhy])] };
    }
    const isPrinted = !telling.isOverview && printed && isWeekBefore(printed.week, week);
    const earlier = isPrinted ? printed.rows : undefined;
    return {
      news: [
        ...sentences(resets, telling),
        ...(partly.length > 0 ? partly : whyAlone(resets, tries.before.covered, telling)),
      ],
      table: triesTable(
        resets.now,
        resets.comparable ? wasText(resets, earlier, telling) : undefined,
        telling,
      ),
    };
  },
};

function sentences(resets: ResetWeek, telling: DigestTelling): string[] {
  const { words, format, span } = telling;
  const { news } = words.digest;
  const { now, before, change, where } = resets;
  if (triesOf(now) < ENOUGH_TRIES) {
    return [news.few(format.number(now.successes), format.number(triesOf(now)), triesOf(now) === 1)];
  }
  const percent = format.percent(now.successes, triesOf(now));
  if (!resets.comparable) {
    return [news.alone(percent)];
  }
  const was = format.percent(before.successes, triesOf(before));
  return [news[change ?? "same"](percent, was, span.before), ...(where ? [behind(where, telling)] : [])];
}

function behind(
  { now, before }: NonNullable<ResetWeek["where"]>,
  { words, format, span }: DigestTelling,
): string {
  return words.digest.news.where(
    now.label,
    format.number(now.failures),
    format.number(triesOf(now)),
    format.number(before.failures),
    format.number(triesOf(before)),
    span.before,
  );
}

/** Why a week with enough tries is not compared. */
function whyAlone({ now, comparable }: ResetWeek, isBeforeWhole: boolean, telling: DigestTelling): string[] {
  const { news } = telling.words.digest;
  if (comparable || triesOf(now) < ENOUGH_TRIES) {
    return [];
  }
  return [isBeforeWhole ? news.beforeFew(telling.span.before) : news.beforeUnknown(telling.span.before)];
}

/** The figure that the last digest printed; where later data changed it, both. */
function wasText(
  { before }: ResetWeek,
  printed: NonNullable<DigestNumbers["printed"]>["rows"],
  { words, format }: DigestTelling,
): string {
  const { table } = words.digest;
  const now = format.percent(before.successes, triesOf(before));
  const told = resetsOf(printed ?? [], words);
  const was = triesOf(told) >= ENOUGH_TRIES ? format.percent(told.successes, triesOf(told)) : now;
  return was === now ? table.was(now) : table.wasAndIs(was, now);
}
