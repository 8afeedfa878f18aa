import type { UsageSum } from "../../ports/usage.ts";
import { weekNumber } from "../../views/iso-week.ts";
import type { ReportSection } from "../../views/view.ts";
import { clearChange } from "../change.ts";
import { failureGroups, helpdeskCalls, total } from "../failures/groups.ts";
import { ENOUGH_TRIES, type Outcomes } from "../usage/worst-method.ts";
import { dayTable, lastTwo } from "./day-table.ts";
import { gapRemarks, isKnown, type TrendWeek, type WeeksTelling } from "./weeks.ts";

/** Reset tries of a week, and those that ended with the person asking an administrator or in a block. */
export interface HelpdeskCalls {
  readonly tries: number;
  readonly asked: number;
  readonly blocked: number;
}

export function callsOf(sums: readonly UsageSum[]): HelpdeskCalls {
  const resets = sums.filter(({ feature }) => feature === "reset");
  return { tries: total(resets), ...helpdeskCalls(failureGroups(resets)) };
}

/** Calls to the helpdesk by week, from stored single events; nothing where none of these weeks is stored in full. */
export function callSections(
  weeks: readonly TrendWeek<HelpdeskCalls>[],
  telling: WeeksTelling,
): ReportSection[] {
  const { words, format } = telling;
  const { calls } = words.helpdesk;
  const [last, before] = lastTwo(weeks);
  if (!last) {
    return [];
  }
  const { tries, asked, blocked } = last.numbers;
  const table = dayTable(
    weeks.map((week) => (isKnown(week) ? { ...week, numbers: [week.numbers] } : week)),
    [calls.columns.asked, calls.columns.blocked, calls.columns.share],
    (parts) => {
      const sum = sumOf(parts);
      const share = sum.asked + sum.blocked;
      return [
        format.short(sum.asked),
        format.short(sum.blocked),
        sum.tries < ENOUGH_TRIES ? words.figures.none : format.percent(share, sum.tries),
      ];
    },
    telling,
  );
  return [
    {
      headline:
        tries === 0
          ? words.history.trend.noTries([weekNumber(last.week)])
          : calls.news(
              weekNumber(last.week),
              format.number(tries),
              format.number(asked),
              format.number(blocked),
              tries === 1,
            ),
      table,
      remarks: [
        ...changeOf(last.numbers, before?.numbers, before && weekNumber(before.week), telling),
        calls.counted,
        ...gapRemarks(weeks, telling),
      ],
    },
  ];
}

/** Only where both weeks have enough tries for a share. */
function changeOf(
  now: HelpdeskCalls,
  before: HelpdeskCalls | undefined,
  beforeWeek: number | undefined,
  { words, format }: WeeksTelling,
): string[] {
  const { calls } = words.helpdesk;
  if (!before || beforeWeek === undefined || Math.min(now.tries, before.tries) < ENOUGH_TRIES) {
    return [];
  }
  const change = clearChange(outcomesOf(now), outcomesOf(before));
  const rate = ({ tries, asked, blocked }: HelpdeskCalls): string =>
    words.history.rates.of(format.percent(asked + blocked, tries), format.number(tries));
  return [change ? calls[change](rate(now), rate(before), beforeWeek) : calls.same(beforeWeek)];
}

/** A call is what is counted here. */
function outcomesOf({ tries, asked, blocked }: HelpdeskCalls): Outcomes {
  return { successes: asked + blocked, failures: tries - asked - blocked };
}

function sumOf(parts: readonly HelpdeskCalls[]): HelpdeskCalls {
  return parts.reduce(
    (sum, { tries, asked, blocked }) => ({
      tries: sum.tries + tries,
      asked: sum.asked + asked,
      blocked: sum.blocked + blocked,
    }),
    { tries: 0, asked: 0, blocked: 0 },
  );
}
