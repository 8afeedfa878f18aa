import type { ReadOptions, ReadProgress } from "../ports/usage.ts";
import type { Endpoint } from "./exchange.ts";
import type { GraphCall, GraphClient } from "./graph-client.ts";
import { noRows } from "./no-rows.ts";
import { pagesOf } from "./pages.ts";
import type { Lane } from "./quota.ts";
import type { Shape } from "./shape.ts";

/** A report as rows, and where it is. */
export interface ListSource<Row> {
  readonly endpoint: Endpoint;
  readonly path: string;
  readonly row: Shape<Row>;
}

/** What rows must equal, property by property; without one all match. */
type Filter = Readonly<Record<string, string | boolean>>;

/**
 * The pages of a report that match, as they come. Somebody waits for the first one, so it goes before readings
 * unless another lane is named; later ones queue with the readings.
 */
export async function* listPages<Row>(
  client: GraphClient,
  { endpoint, path, row }: ListSource<Row>,
  filter: Filter,
  { signal, onProgress }: ReadOptions,
  firstLane: Lane = "person",
): AsyncGenerator<readonly Row[]> {
  let progress: ReadProgress = { pages: 0, rows: 0 };
  const call: GraphCall = {
    endpoint,
    signal,
    // Asked for with every page.
    get lane() {
      return progress.pages === 0 ? firstLane : "collection";
    },
    onWait: (waitingUntil) => onProgress({ ...progress, waitingUntil }),
  };
  for await (const page of pagesOf(client, path + queryOf(filter), row, call)) {
    progress = { pages: progress.pages + 1, rows: progress.rows + page.length };
    onProgress(progress);
    yield page;
  }
}

/**
 * The same, where nobody may match only if the report has anybody at all: one without a single row is
 * GRAPH-NOT-COLLECTED or GRAPH-RETIRED.
 */
export async function* listCollectedPages<Row>(
  client: GraphClient,
  source: ListSource<Row>,
  filter: Filter,
  options: ReadOptions,
): AsyncGenerator<readonly Row[]> {
  let rows = 0;
  for await (const page of listPages(client, source, filter, options)) {
    rows += page.length;
    yield page;
  }
  if (rows === 0) {
    await refuseUnlessCollected(client, source, options.signal);
  }
}

/** Looks for a first row and no further. */
async function refuseUnlessCollected<Row>(
  client: GraphClient,
  source: ListSource<Row>,
  signal: AbortSignal,
): Promise<void> {
  const options = { signal, onProgress: () => undefined };
  for await (const page of listPages(client, source, {}, options, "collection")) {
    if (page.length > 0) {
      return;
    }
  }
  throw noRows(source.endpoint);
}

/** Quotes in a text are doubled (OData 4.01, ABNF: SQUOTE-in-string). */
function queryOf(filter: Filter): string {
  const clauses = Object.entries(filter).map(([property, value]) => {
    const literal = typeof value === "boolean" ? String(value) : `'${value.replaceAll("'", "''")}'`;
    return `${property} eq ${literal}`;
  });
  return clauses.length === 0 ? "" : `?$filter=${encodeURIComponent(clauses.join(" and "))}`;
}
