import type { Table } from "../../export/table.ts";
import { failuresTable, usageTable, usageTotals } from "../../export/tables.ts";
import type { UsageRow, UsageSnapshot, UsageSum } from "../../ports/usage.ts";
import { countByFeature, isWanted } from "../../reports/usage/count.ts";
import { createFormat } from "../../views/format.ts";
import type { Fact } from "../../views/view.ts";
import { type Asked, labelsOf, numbersFor, type ReportSource, type SourceParts } from "./source.ts";

/** "export usage …": tries by feature and method. */
export function usageSource(asked: Asked, parts: SourceParts): ReportSource<UsageRow> {
  return triesSource(asked, parts, usageTable(labelsOf(asked.turn)), ({ rows }) => rows);
}

/** "export failures …": the same with their reasons, where the report that was read gives any. */
export function failuresSource(asked: Asked, parts: SourceParts): ReportSource<UsageSum> {
  return triesSource(
    asked,
    parts,
    failuresTable(labelsOf(asked.turn)),
    ({ sums, rows }) => sums ?? rows.flatMap(withoutReasons),
  );
}

function triesSource<Row extends { readonly feature: string; readonly method: string }>(
  asked: Asked,
  { usage, refreshAfter }: SourceParts,
  table: Table<Row>,
  rowsOf: (snapshot: UsageSnapshot) => readonly Row[],
): ReportSource<Row> {
  const { options, turn } = asked;
  const { feature, method, period = "D30" } = options;
  return {
    table,
    async read(write, signal) {
      const collect = (askedAt: Date) => usage.collect(period, askedAt);
      const snapshot = await numbersFor(await usage.latest(period), collect, asked, refreshAfter, signal);
      await write(rowsOf(snapshot).filter((row) => isWanted(row, options)));
      const { reader, readAt, from, to, rows } = snapshot;
      const counts = countByFeature(rows, options, turn.audience.words);
      return {
        ...{ reader, readAt },
        filters: { period, from, to, ...(feature && { feature }), ...(method && { method }) },
        totals: usageTotals(counts),
        facts: counts.map((count) => factOf(count, asked)),
      };
    },
  };
}

function factOf(
  { feature, label, successes, failures }: ReturnType<typeof countByFeature>[number],
  { turn: { audience } }: Asked,
): Fact {
  const { features, exports } = audience.words;
  const { number } = createFormat(audience);
  return {
    name: feature ? features[feature].row : label,
    value: successes + failures === 0 ? exports.noTries : exports.tries(number(successes), number(failures)),
  };
}

function withoutReasons({ feature, method, successes, failures }: UsageRow): readonly UsageSum[] {
  const tries = { feature, method, reason: "" };
  return [
    { ...tries, isSuccess: true, count: successes },
    { ...tries, isSuccess: false, count: failures },
  ].filter(({ count }) => count > 0);
}
