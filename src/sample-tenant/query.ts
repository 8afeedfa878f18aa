import { type FilterRules, type Predicate, parseFilter } from "./filter.ts";
import { badRequest } from "./graph-error.ts";

/** What the documentation of one report allows in its address. */
export interface QueryRules {
  readonly filter?: FilterRules;
  readonly orderBy?: readonly string[];
  /** Present where `$top` is allowed; a number where the page names a maximum. */
  readonly top?: true | number;
  /** Rows of a page without `$top`, where that is another number than the largest page. */
  readonly pageSize?: number;
  /** Present where `$select` is allowed. */
  readonly select?: true;
}

export interface Order {
  readonly property: string;
  readonly descending: boolean;
}

export interface Query {
  readonly matches: Predicate;
  readonly order?: Order;
  readonly top?: number;
  readonly select?: readonly string[];
  readonly skipToken?: string;
}

const ORDER = /^(\w+)(?: (asc|desc))?$/i;

/** @throws GraphError 400 for an option, property or operator that the report's page does not document */
export function parseQuery(parameters: URLSearchParams, rules: QueryRules): Query {
  for (const name of parameters.keys()) {
    if (name.startsWith("$") && !isSupported(name, rules)) {
      throw badRequest(`Query option '${name}' is not supported by this report.`);
    }
  }
  const filter = parameters.get("$filter");
  const order = parameters.get("$orderby");
  const top = parameters.get("$top");
  const select = parameters.get("$select");
  const skipToken = parameters.get("$skiptoken");
  return {
    matches: filter === null ? () => true : parseFilter(filter, rules.filter ?? {}),
    ...(order !== null && { order: parseOrder(order, rules.orderBy ?? []) }),
    ...(top !== null && { top: parseTop(top, rules.top) }),
    ...(select !== null && { select: select.split(",") }),
    ...(skipToken !== null && { skipToken }),
  };
}

function isSupported(name: string, rules: QueryRules): boolean {
  if (name === "$filter") return rules.filter !== undefined;
  if (name === "$orderby") return rules.orderBy !== undefined;
  if (name === "$top") return rules.top !== undefined;
  if (name === "$select") return rules.select !== undefined;
  return name === "$skiptoken";
}

function parseOrder(text: string, properties: readonly string[]): Order {
  const [, property = "", direction] = ORDER.exec(text.trim()) ?? [];
  if (!properties.includes(property)) throw badRequest(`'$orderby=${text}' is not supported by this report.`);
  return { property, descending: direction?.toLowerCase() === "desc" };
}

function parseTop(text: string, limit: true | number | undefined): number {
  const top = /^\d+$/.test(text) ? Number(text) : 0;
  const maximum = typeof limit === "number" ? limit : Number.POSITIVE_INFINITY;
  if (top < 1 || top > maximum) throw badRequest(`Invalid value '${text}' for $top.`);
  return top;
}
