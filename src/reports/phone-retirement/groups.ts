import type { PeopleReading, PeopleScope, PhoneUsers } from "../../ports/people.ts";
import type { PeopleDay } from "../../ports/people-history.ts";
import type { ReportSection } from "../../views/view.ts";
import { peopleText, type ShownScope, shareText } from "../people-reading.ts";
import { isKnown, type TrendWeek } from "../trend/weeks.ts";
import type { Telling } from "../usage/section.ts";

const GROUPS = ["members", "admins", "guests"] as const satisfies readonly PeopleScope[];

/** Who has only a phone: members, the administrators among them, and guests, as far as the report tells them apart. */
export function groupsSection(
  { scopes, readAt }: PeopleReading,
  shown: ShownScope,
  weeks: readonly TrendWeek<PeopleDay>[],
  headline: string,
  telling: Telling,
): ReportSection {
  const { words, format } = telling;
  const { who } = words.reports.phoneRetirement;
  const isOfMembers = shown.scope === "members";
  const groups = isOfMembers ? GROUPS : ([shown.scope] as const);
  const rows = groups.flatMap((scope) => {
    const counts = scopes[scope];
    return counts?.phoneOnly === undefined
      ? []
      : [
          [
            who.rows[scope],
            format.people(counts.phoneOnly),
            shareText(counts.phoneOnly, counts.people, telling),
          ],
        ];
  });
  return {
    headline,
    table: { columns: [who.columns.who, who.columns.phoneOnly, who.columns.share], rows },
    remarks: usedLines(shown, readAt, weeks, telling),
  };
}

/**
 * Those who could do without a phone and used one. Only a collection that reads tries and people together knows it: where
 * the newest count does not, the newest that does stands with its day.
 */
function usedLines(
  { scope, counts }: ShownScope,
  readAt: Date,
  weeks: readonly TrendWeek<PeopleDay>[],
  telling: Telling,
): string[] {
  const { methods, phoneRetirement } = telling.words.reports;
  const told = ({ D30 }: PhoneUsers): string => methods.usedPhone(peopleText(scope, D30.withStrong, telling));
  if (counts.phoneUsers) {
    return [told(counts.phoneUsers)];
  }
  const older = weeks
    .filter(isKnown)
    .findLast(({ numbers }) => numbers.counts.phoneUsers && numbers.readAt < readAt)?.numbers;
  return older?.counts.phoneUsers
    ? [`${told(older.counts.phoneUsers)} ${phoneRetirement.usedAsOf(telling.format.day(older.readAt))}`]
    : [phoneRetirement.notUsed];
}
