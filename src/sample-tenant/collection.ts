import type { Call } from "./call.ts";
import { inOrder } from "./ordering.ts";
import { parseQuery, type Query, type QueryRules } from "./query.ts";
import { listed, type Row, type Source } from "./rows.ts";
import type { ReportName } from "./script.ts";
import type { PageMark } from "./skip-tokens.ts";

export interface CollectionReport {
  readonly name: ReportName;
  /** The end of `@odata.context`, behind the version. */
  readonly context: string;
  readonly rules: QueryRules;
}

interface Page {
  readonly rows: readonly Row[];
  /** Where the next page begins; undefined on the last. */
  readonly next: number | undefined;
}

/**
 * One page of a report. A `$top` is the size of the page, not of the list: Graph answers a next link as long as rows
 * are left (learn.microsoft.com/graph/query-parameters#top).
 * @throws GraphError 400 for an undocumented option or an invalid skip token
 */
export function answerCollection(call: Call, report: CollectionReport, generated: Source): object {
  const query = parseQuery(call.query, report.rules);
  const { select } = query;
  const scripted = call.company.script.rows?.[report.name];
  const unordered = scripted ? listed(scripted) : generated;
  const source = query.order
    ? inOrder(unordered, query.order, query.matches, call.company.lastOrder, queryKey(call))
    : unordered;
  const mark =
    query.skipToken === undefined
      ? { position: 0, asOf: call.now }
      : call.company.skipTokens.redeem(query.skipToken, queryKey(call));
  const page =
    call.fault?.kind === "empty-page"
      ? { rows: [], next: mark.position }
      : takePage(query, source, mark, sizeOf(call, query, report.rules));
  return {
    "@odata.context": `${call.origin}/${call.version}/${report.context}`,
    ...(page.next !== undefined && { "@odata.nextLink": linkTo(call, page.next, mark.asOf) }),
    value: select ? page.rows.map((row) => selected(row, select)) : page.rows,
  };
}

function sizeOf(call: Call, query: Query, rules: QueryRules): number {
  return Math.min(query.top ?? rules.pageSize ?? call.pageSize, call.pageSize);
}

/** What was asked for, and the type, which every row of mixed kinds carries. */
function selected(row: Row, properties: readonly string[]): Row {
  return Object.fromEntries(
    Object.entries(row).filter(([name]) => name === "@odata.type" || properties.includes(name)),
  );
}

/** The address of the page that begins at a position: the request's own, with another skip token. */
export function linkTo(call: Call, position: number, asOf: number): string {
  const own = call.search.split("&").filter((part) => part !== "" && !/^(?:\$|%24)skiptoken=/.test(part));
  const token = call.company.skipTokens.issue({ position, asOf }, queryKey(call));
  return `${call.origin}${call.path}?${[...own, `$skiptoken=${token}`].join("&")}`;
}

/** The same for every way to write an address, as clients may encode a link anew. */
function queryKey(call: Call): string {
  const rest = [...call.query].filter(([name]) => name !== "$skiptoken");
  return JSON.stringify([call.path.toLowerCase(), rest]);
}

function takePage(query: Query, source: Source, mark: PageMark, size: number): Page {
  const rows: Row[] = [];
  for (const [position, row] of source(mark.asOf, mark.position)) {
    if (!query.matches(row)) continue;
    if (rows.length === size) return { rows, next: position };
    rows.push(row);
  }
  return { rows, next: undefined };
}
