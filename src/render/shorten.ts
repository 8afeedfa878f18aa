import type { ReportSection, UsageSection, View } from "../views/view.ts";

/**
 * The view with a quarter less rows in its longest table, which says so and sums up what it leaves out; undefined when
 * no row is left to drop.
 */
export function shorten(view: View): View | undefined {
  if (view.kind !== "usage" && view.kind !== "report") {
    return undefined;
  }
  const rowsOf = (section: UsageSection | ReportSection): number => tableOf(section)?.rows.length ?? 0;
  const most = Math.max(0, ...view.sections.map(rowsOf));
  if (most === 0) {
    return undefined;
  }
  const left = Math.floor((most * 3) / 4);
  const remarksOf = ({ remarks }: UsageSection | ReportSection): string[] => [
    ...remarks.filter((remark) => remark !== view.shortened),
    view.shortened,
  ];
  return view.kind === "usage"
    ? {
        ...view,
        sections: view.sections.map((section) =>
          rowsOf(section) < most
            ? section
            : { ...section, rows: firstRows(section, left), remarks: remarksOf(section) },
        ),
      }
    : {
        ...view,
        sections: view.sections.map((section) =>
          rowsOf(section) < most ? section : { ...withRows(section, left), remarks: remarksOf(section) },
        ),
      };
}

function tableOf(section: UsageSection | ReportSection): { readonly rows: readonly unknown[] } | undefined {
  return "rows" in section ? section : section.table;
}

/** A table without rows is none. */
function withRows({ table, ...section }: ReportSection, count: number): ReportSection {
  return table && count > 0 ? { ...section, table: { ...table, rows: firstRows(table, count) } } : section;
}

/** The last of them is the line that stands for all that is left out. */
function firstRows<Row>(
  { rows, rests = [] }: { readonly rows: readonly Row[]; readonly rests?: readonly Row[] },
  count: number,
): readonly Row[] {
  const rest = count > 0 ? rests[count - 1] : undefined;
  return rest ? [...rows.slice(0, count - 1), rest] : rows.slice(0, count);
}
