import { remembered } from "../kernel/remembered.ts";
import type { Database, Queries, Row } from "./database.ts";

/** Statements whose rows are kept at most; a trend over two years reads one for each week. */
const MOST = 500;

const TABLE = /\bauthpulse\.(\w+)/g;

/**
 * A database with a memory for `read`. Nobody but this process may write to it, and it must run statements in the order
 * in which they are called: then what was read is true until a statement names one of the same tables, or none. The
 * embedded one takes longer for a statement of one row than an answer needs for everything else.
 */
export function remembering(database: Omit<Database, "read">): Database {
  const known = new Map<string, Promise<readonly Row[]>>();
  /** The keys of what was read from each table. */
  const readFrom = new Map<string, Set<string>>();

  function forgetAll(): void {
    known.clear();
    readFrom.clear();
  }

  function forget(statement: string): void {
    const written = tablesOf(statement);
    if (written.length === 0) {
      forgetAll();
    }
    for (const table of written) {
      for (const key of readFrom.get(table) ?? []) {
        known.delete(key);
      }
      readFrom.delete(table);
    }
  }

  const read: Queries["query"] = (sql, parameters = []) => {
    const key = JSON.stringify([sql, parameters]);
    const before = known.get(key);
    if (before !== undefined) {
      return before;
    }
    if (known.size >= MOST) {
      forgetAll();
    }
    const rows = database.query(sql, parameters);
    known.set(key, rows);
    for (const table of tablesOf(sql)) {
      readFrom.set(table, (readFrom.get(table) ?? new Set()).add(key));
    }
    // What failed is asked again; whoever waits for it hears of it.
    rows.catch(() => known.delete(key));
    return rows;
  };

  const query: Queries["query"] = async (sql, parameters) => {
    forget(sql);
    try {
      return await database.query(sql, parameters);
    } finally {
      forget(sql);
    }
  };

  /** Until it ends, everybody else is told what was before it. */
  async function transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    const statements = new Set<string>();
    const noting = (queries: Queries): Queries => ({
      query(sql, parameters) {
        statements.add(sql);
        return queries.query(sql, parameters);
      },
    });
    try {
      return await database.transaction((queries) => work(noting(queries)));
    } finally {
      for (const statement of statements) {
        forget(statement);
      }
    }
  }

  return {
    ...database,
    ...{ query, read, transaction },
    close() {
      forgetAll();
      return database.close();
    },
  };
}

const tablesOf = remembered((sql): readonly string[] =>
  [...sql.matchAll(TABLE)].map(([, table = ""]) => table),
);
