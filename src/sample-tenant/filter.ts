import { badRequest } from "./graph-error.ts";
import type { Row } from "./rows.ts";

type Operator = "eq" | "gt" | "lt" | "startswith" | "any";

/** What the documentation allows in `$filter` for one property. `enum` asks for the qualified form of the literal. */
interface FilterRule {
  readonly type: "string" | "boolean" | "number" | "enum";
  readonly operators: readonly Operator[];
  readonly ignoresCase?: true;
}

export type FilterRules = Readonly<Record<string, FilterRule>>;
export type Predicate = (row: Row) => boolean;

interface Clause {
  readonly property: string;
  readonly operator: Operator;
  readonly literal: string;
}

const TEXT = "'(?:[^']|'')*'";
const ANY = new RegExp(String.raw`^(\w+)/any\((\w+):\s*\2 eq (${TEXT})\)`);
const STARTS_WITH = new RegExp(String.raw`^startswith\(\s*(\w+)\s*,\s*(${TEXT})\s*\)`, "i");
const COMPARISON = new RegExp(String.raw`^(\w+) (eq|gt|lt) ([\w.]*${TEXT}|true|false|-?\d+)`);
const AND = /^\s+and\s+/;
const LITERALS = {
  string: new RegExp(`^${TEXT}$`),
  enum: new RegExp(String.raw`^microsoft\.graph\.\w+${TEXT}$`),
  boolean: /^(?:true|false)$/,
  number: /^-?\d+$/,
} as const;

/**
 * Reads the little of OData's grammar that the report pages document: `eq`, `gt`, `lt`, `startswith`, `any` with
 * `eq`, joined by `and`, each on the properties and with the operators that the page names.
 * @throws GraphError 400 for anything else
 */
export function parseFilter(text: string, rules: FilterRules): Predicate {
  const predicates: Predicate[] = [];
  let rest = text.trim();
  for (;;) {
    const [clause, length] = readClause(rest);
    predicates.push(predicateOf(clause, rules));
    rest = rest.slice(length);
    if (rest === "") return (row) => predicates.every((matches) => matches(row));
    const and = AND.exec(rest);
    if (!and) throw badRequest(`Invalid filter clause: syntax error at '${rest.slice(0, 20)}'.`);
    rest = rest.slice(and[0].length);
  }
}

function readClause(text: string): [clause: Clause, length: number] {
  const any = ANY.exec(text);
  if (any) return [clauseOf(any[1], "any", any[3]), any[0].length];
  const starts = STARTS_WITH.exec(text);
  if (starts) return [clauseOf(starts[1], "startswith", starts[2]), starts[0].length];
  const comparison = COMPARISON.exec(text);
  if (!comparison) throw badRequest(`Invalid filter clause: syntax error at '${text.slice(0, 20)}'.`);
  const operator = comparison[2] === "gt" || comparison[2] === "lt" ? comparison[2] : "eq";
  return [clauseOf(comparison[1], operator, comparison[3]), comparison[0].length];
}

function clauseOf(property: string | undefined, operator: Operator, literal: string | undefined): Clause {
  return { property: property ?? "", operator, literal: literal ?? "" };
}

function predicateOf(clause: Clause, rules: FilterRules): Predicate {
  const { property, operator, literal } = clause;
  const rule = Object.hasOwn(rules, property) ? rules[property] : undefined;
  if (!rule?.operators.includes(operator)) {
    throw badRequest(`Invalid filter clause: '${operator}' is not supported on property '${property}'.`);
  }
  if (!LITERALS[rule.type].test(literal)) {
    throw badRequest(`Invalid filter clause: ${literal} does not fit the type of property '${property}'.`);
  }
  const fold = (value: unknown) => (rule.ignoresCase ? String(value).toLowerCase() : String(value));
  const wanted = fold(contentOf(literal));
  return (row) => holds(operator, row[property], wanted, fold);
}

function holds(
  operator: Operator,
  value: unknown,
  wanted: string,
  fold: (value: unknown) => string,
): boolean {
  if (operator === "any") return Array.isArray(value) ? value.includes(wanted) : value === wanted;
  if (operator === "startswith") return fold(value).startsWith(wanted);
  if (operator === "gt") return Number(value) > Number(wanted);
  if (operator === "lt") return Number(value) < Number(wanted);
  return fold(value) === wanted;
}

function contentOf(literal: string): string {
  const quote = literal.indexOf("'");
  return quote < 0 ? literal : literal.slice(quote + 1, -1).replaceAll("''", "'");
}
