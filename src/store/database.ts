/** A row as the driver gives it; what is read from it is checked where it is used. */
export type Row = Readonly<Record<string, unknown>>;

/** Runs one statement with `$1`-parameters. Rejects with an AppError (STORE-UNAVAILABLE). */
export interface Queries {
  query(sql: string, parameters?: readonly unknown[]): Promise<readonly Row[]>;
}

/**
 * All that the store asks of a driver, so that the same SQL runs on the embedded database and on a
 * PostgreSQL server. SQL is written for PostgreSQL 15, dates are passed as `Date`, jsonb as JSON text: the
 * drivers disagree about arrays.
 */
export interface Database extends Queries {
  /** Within this process, which nobody else may be on, or a server that several processes share. */
  readonly kind: "embedded" | "server";
  /**
   * The same for a statement that reads and changes nothing, and asks for no time: what it gave may be given again until
   * this process writes, where no other one can. The rows are shared and must not be changed.
   */
  read: Queries["query"];
  /** All or nothing. Inside, only the queries passed in may be used: the connection is busy with them. */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
