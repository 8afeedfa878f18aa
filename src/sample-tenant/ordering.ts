import type { Predicate } from "./filter.ts";
import type { Order } from "./query.ts";
import type { Row, Source } from "./rows.ts";

/** Positions of the last ordered list, so that its later pages need not sort again. */
export interface OrderMemo {
  key: string;
  positions: readonly number[];
}

/** The matching rows in order, placed by their rank. Only positions are kept; a row is derived again when sent. */
export function inOrder(
  source: Source,
  order: Order,
  matches: Predicate,
  memo: OrderMemo,
  queryKey: string,
): Source {
  return function* ordered(asOf, from) {
    const key = `${asOf} ${queryKey}`;
    if (memo.key !== key) Object.assign(memo, { key, positions: sort(source, order, matches, asOf) });
    const positions = memo.positions;
    for (let rank = from; rank < positions.length; rank++) {
      const row = rowAt(source, asOf, positions[rank] ?? 0);
      if (row) yield [rank, row];
    }
  };
}

function sort(source: Source, order: Order, matches: Predicate, asOf: number): readonly number[] {
  const keys: [key: string, position: number][] = [];
  for (const [position, row] of source(asOf, 0)) {
    if (matches(row)) keys.push([String(row[order.property]).toLowerCase(), position]);
  }
  const direction = order.descending ? -1 : 1;
  keys.sort(([one], [other]) => (one === other ? 0 : one < other ? -direction : direction));
  return keys.map(([, position]) => position);
}

function rowAt(source: Source, asOf: number, position: number): Row | undefined {
  for (const [, row] of source(asOf, position)) return row;
  return undefined;
}
