import { PEOPLE_FIGURES, type PeopleCounts } from "../../ports/people.ts";
import type { ReportSection, ReportTable } from "../../views/view.ts";
import { shareText } from "../people-reading.ts";
import type { Telling } from "../usage/section.ts";

/**
 * All figures with their shares; `people` is everybody in words. Who can reset is a share of those in scope, all others
 * of everybody. Where a figure is greater than its whole, one line says so.
 */
export function figureTable(
  counts: PeopleCounts,
  people: string,
  telling: Telling,
): { readonly table: ReportTable; readonly remarks: ReportSection["remarks"] } {
  const { words, format } = telling;
  const { registration, counted } = words.reports;
  const lines = PEOPLE_FIGURES.map((figure) => {
    const isOfEnabled = figure === "ssprCapable" && counts.ssprEnabled !== undefined;
    const name = registration.figures[figure];
    return {
      name: isOfEnabled ? registration.ofEnabled(name) : name,
      count: counts[figure],
      whole: isOfEnabled ? (counts.ssprEnabled ?? 0) : counts.people,
    };
  });
  const above = lines.filter(({ count = 0, whole }) => count > whole).map(({ name }) => name);
  const hasCapable = counts.ssprCapable !== undefined && counts.ssprEnabled !== undefined;
  return {
    table: {
      columns: [registration.columns.figure, registration.columns.people, registration.columns.share],
      rows: lines.map(({ name, count, whole }) => [
        name,
        count === undefined ? counted.notInApi : format.people(count),
        count === undefined ? words.figures.none : shareText(count, whole, telling),
      ]),
    },
    remarks: [
      ...(above.length > 0 ? [registration.above(above)] : []),
      hasCapable
        ? registration.denominators(
            people,
            registration.figures.ssprCapable,
            format.people(counts.ssprEnabled ?? 0),
          )
        : registration.denominator(people),
    ],
  };
}
