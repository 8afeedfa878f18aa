import { z } from "zod";
import type { Clock } from "../../kernel/clock.ts";
import type { Period, ReaderId, ReadOptions, UsageReading, UsageRow } from "../../ports/usage.ts";
import type { Endpoint } from "../exchange.ts";
import type { GraphClient } from "../graph-client.ts";
import { summaryOf } from "../periods.ts";
import { count, nameText } from "../shape.ts";
import { createTally } from "../tally.ts";
import { readRows } from "./read-rows.ts";

export interface ReaderParts {
  readonly client: GraphClient;
  readonly clock: Clock;
}

/** `credentialUsageSummary` and its successor `userRegistrationActivitySummary` have the same fields. */
const SUMMARY_ROW = z
  .object({
    feature: nameText,
    authMethod: nameText,
    successfulActivityCount: count,
    failureActivityCount: count,
  })
  .transform(
    (row): UsageRow => ({
      feature: row.feature,
      method: row.authMethod,
      successes: row.successfulActivityCount,
      failures: row.failureActivityCount,
    }),
  );

/** Reads a report that Graph has counted itself, for one period. */
export async function readSummary(
  { client, clock }: ReaderParts,
  source: { readonly reader: ReaderId; readonly endpoint: Endpoint; readonly path: string },
  period: Period,
  options: ReadOptions,
): Promise<UsageReading> {
  const readAt = clock.now();
  const tally = createTally();
  const { pages, rows } = await readRows(client, source, SUMMARY_ROW, options, tally.add);
  return {
    reader: source.reader,
    readAt,
    summaries: [summaryOf(period, readAt, tally.rows())],
    pages,
    rowsRead: rows,
    notes: [],
  };
}
