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
  /** By statement, and then by its parameters. */
  const known = new Map<string, Map<string, Promise<readonly Row[]>>>();

  function forget(statement: string): void {
    const written = tablesOf(statement);
    for (const sql of known.keys()) {
      if (written.length === 0 || tablesOf(sql).some((table) => written.includes(table))) {
        known.delete(sql);
      }
    }
  }

  const read: Queries["query"] = (sql, parameters = []) => {
    const key = JSON.stringify(parameters);
    const before = known.get(sql)?.get(key);
    if (before !== undefined) {
      return before;
    }
    if ([...known.values()].reduce((sum, { size }) => sum + size, 0) >= MOST) {
      known.clear();
    }
    const rows = database.query(sql, parameters);
    const ofStatement = known.get(sql) ?? new Map<string, Promise<readonly Row[]>>();
    known.set(sql, ofStatement.set(key, rows));
    // What failed is asked again; whoever waits for it hears of it.
    rows.catch(() => ofStatement.delete(key));
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
      known.clear();
      return database.close();
    },
  };
}

const tablesOf = remembered((sql): readonly string[] =>
  [...sql.matchAll(TABLE)].map(([, table = ""]) => table),
);
