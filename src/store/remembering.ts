import type { Database, Queries, Row } from "./database.ts";

/** Statements whose rows are kept at most; a trend over two years reads one for each week. */
const MOST = 500;

const TABLE = /\bauthpulse\.(\w+)/g;

interface Known {
  readonly rows: Promise<readonly Row[]>;
  readonly tables: readonly string[];
}

/**
 * A database with a memory for `read`. Nobody but this process may write to it, and it must run statements in the order
 * in which they are called: then what was read is true until a statement names one of the same tables, or none. The
 * embedded one takes longer for a statement of one row than an answer needs for everything else.
 */
export function remembering(database: Omit<Database, "read">): Database {
  const known = new Map<string, Known>();

  function forget(statement: string): void {
    const written = tablesOf(statement);
    for (const [key, { tables }] of known) {
      if (written.length === 0 || written.some((table) => tables.includes(table))) {
        known.delete(key);
      }
    }
  }

  const read: Queries["query"] = (sql, parameters = []) => {
    const key = JSON.stringify([sql, parameters]);
    const before = known.get(key);
    if (before !== undefined) {
      return before.rows;
    }
    if (known.size >= MOST) {
      known.clear();
    }
    const rows = database.query(sql, parameters);
    known.set(key, { rows, tables: tablesOf(sql) });
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
      known.clear();
      return database.close();
    },
  };
}

function tablesOf(sql: string): readonly string[] {
  return [...sql.matchAll(TABLE)].map(([, table = ""]) => table);
}
