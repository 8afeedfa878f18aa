import type { FeatureCount } from "../reports/usage/count.ts";
import { line, type Telling } from "../reports/usage/section.ts";
import { sumOf, triesOf } from "../reports/usage/worst-method.ts";
import type { DigestTable, UsageLine } from "../views/view.ts";

const ROWS = 5;

/**
 * At most five methods, one line for the others, and the sum of all; `was` is the sum's rate of the week
 * before.
 */
export function triesTable(count: FeatureCount, was: string | undefined, telling: Telling): DigestTable {
  const { usage, digest } = telling.words;
  const used = count.methods.filter((method) => triesOf(method) > 0);
  const rest = used.slice(ROWS);
  const rows: UsageLine[] = used.slice(0, ROWS).map((method) => line(method.label, method, telling));
  if (rest.length > 0) {
    rows.push({ ...line(usage.more(rest.length), sumOf(rest), telling), comparable: false });
  }
  return {
    columns: [usage.columns.method, usage.columns.ok, usage.columns.failed, usage.columns.rate],
    rows,
    all: { ...line(digest.table.all, count, telling), ...(was !== undefined && { was }) },
  };
}
