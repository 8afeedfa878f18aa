/** A row as it is sent. */
export type Row = Readonly<Record<string, unknown>>;

/** A row with its place, from which a later page goes on. */
export type Placed<Shape> = readonly [position: number, row: Shape];

/** All rows as they were at a moment (Unix milliseconds), from a position on; 0 is the beginning. */
export type Source = (asOf: number, from: number) => Iterable<Placed<Row>>;

/** Rows that are at hand as a list. */
export function listed(rows: readonly Row[]): Source {
  return function* fromList(_asOf, from) {
    for (let position = from; position < rows.length; position++) yield [position, rows[position] ?? {}];
  };
}
