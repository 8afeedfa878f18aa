import { type ClientBase, Pool, type PoolConfig, types } from "pg";
import { AppError } from "../kernel/problem.ts";
import type { Database, Queries, Row } from "./database.ts";
import { postgresFault } from "./postgres-fault.ts";

/** Few, since a server shares them among all its clients, and more than one for answers beside a long save. */
const CONNECTIONS = 5;
/** Milliseconds, also to wait for a connection that others use. */
const CONNECT_WITHIN = 10_000;
/** Milliseconds of one statement, or of a transaction that does nothing; the server ends what takes longer. */
const STATEMENT_WITHIN = 60_000;
/** Milliseconds after which a server that does not say anything is taken for gone. */
const ANSWER_WITHIN = STATEMENT_WITHIN + 5_000;

/** The oldest server that the statements are written for. */
const OLDEST_VERSION = 15;

/**
 * Times are texts in UTC, as in the embedded database. Set by a statement: as parameters of the connection, poolers
 * such as PgBouncer would refuse them.
 */
const PREPARE = `
  SELECT set_config('statement_timeout', '${STATEMENT_WITHIN}', false),
    set_config('idle_in_transaction_session_timeout', '${STATEMENT_WITHIN}', false),
    set_config('DateStyle', 'ISO', false),
    set_config('TimeZone', 'UTC', false)`;

const SERVER = `
  SELECT current_setting('server_version_num')::integer / 10000 AS version,
    current_setting('server_encoding') AS encoding`;

/**
 * A PostgreSQL server, by its `postgres://` URL; TLS is what its `sslmode` says, as `pg` reads it
 * (https://node-postgres.com/features/ssl). Connections that are lost are replaced by the next call.
 *
 * Rejects with STORE-UNAVAILABLE when the server cannot be used: neither the URL nor a part of it is in the error.
 */
export async function openPostgres(url: string): Promise<Database> {
  const database = toDatabase(createPool(url));
  try {
    await checkServer(database);
  } catch (thrown) {
    await database.close();
    throw thrown;
  }
  return database;
}

function createPool(url: string): Pool {
  const pool = new Pool({
    connectionString: url,
    application_name: "authpulse",
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_WITHIN,
    query_timeout: ANSWER_WITHIN,
    keepAlive: true,
    types: TYPES,
    onConnect: (client) => client.query(PREPARE),
  });
  // The calls on a connection that is lost are rejected, and the pool makes another; unheard, these events would
  // end the process.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/**
 * Values as the embedded database gives them: a bigint is a number where a number can hold it, and a day begins at
 * midnight in UTC, not in the zone of this machine.
 */
const TYPES: PoolConfig["types"] = {
  getTypeParser(type: number, format?: "text" | "binary") {
    switch (type) {
      case types.builtins.INT8:
        return toNumber;
      case types.builtins.DATE:
        return (text: string) => new Date(text);
      default:
        return types.getTypeParser(type, format ?? "text");
    }
  },
};

function toNumber(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

function toDatabase(pool: Pool): Database {
  const running = new Set<Promise<unknown>>();
  let isClosed = false;

  async function run<T>(work: (client: ClientBase) => Promise<T>): Promise<T> {
    if (isClosed) {
      throw new AppError("STORE-UNAVAILABLE", { detail: "The connection to PostgreSQL was closed." });
    }
    const done = onConnection(pool, work).finally(() => running.delete(done));
    running.add(done);
    return done;
  }

  const query: Queries["query"] = (sql, parameters) =>
    run((client) => toQueries(client).query(sql, parameters));
  return {
    kind: "server",
    query,
    read: query,
    transaction: (work) => run((client) => inTransaction(client, work)),
    async close() {
      isClosed = true;
      // A pool that ends forgets the calls that wait for a connection.
      await Promise.allSettled(running);
      await pool.end();
    },
  };
}

/** Where anything failed the connection is given up: the server rolls back, whatever was under way. */
async function onConnection<T>(pool: Pool, work: (client: ClientBase) => Promise<T>): Promise<T> {
  const client = await guarded(() => pool.connect());
  try {
    const result = await guarded(() => work(client));
    client.release();
    return result;
  } catch (thrown) {
    client.release(true);
    throw thrown;
  }
}

async function inTransaction<T>(client: ClientBase, work: (queries: Queries) => Promise<T>): Promise<T> {
  await client.query("BEGIN");
  const result = await work(toQueries(client));
  const { command } = await client.query("COMMIT");
  if (command !== "COMMIT") {
    // So the server answers where a statement had failed and nobody heard of it.
    throw new AppError("STORE-UNAVAILABLE", {
      detail: "A statement of the transaction had failed, so nothing of it is stored.",
    });
  }
  return result;
}

function toQueries(client: ClientBase): Queries {
  return {
    query: (sql, parameters = []) =>
      guarded(async () => {
        const { rows } = await client.query<Row>(sql, parameters.map(toParameter));
        return rows;
      }),
  };
}

/** The driver would write a date in the zone of this machine. */
function toParameter(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value;
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw thrown instanceof AppError ? thrown : postgresFault(thrown);
  }
}

async function checkServer({ query }: Database): Promise<void> {
  const [server] = await query(SERVER);
  if (Number(server?.["version"]) < OLDEST_VERSION) {
    throw new AppError("STORE-UNAVAILABLE", {
      detail: `The server is PostgreSQL ${server?.["version"]}. Use version ${OLDEST_VERSION} or later.`,
    });
  }
  if (server?.["encoding"] !== "UTF8") {
    throw new AppError("STORE-UNAVAILABLE", {
      detail: `The database is encoded as ${server?.["encoding"]}. Make one with CREATE DATABASE … ENCODING 'UTF8'.`,
    });
  }
}
