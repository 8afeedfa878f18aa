import { inspect } from "node:util";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { READER_IDS } from "../../src/ports/usage.ts";
import type { Database } from "../../src/store/database.ts";
import { MIGRATIONS, migrate } from "../../src/store/migrations.ts";
import { openPglite } from "../../src/store/pglite.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import { createStore } from "../../src/store/store.ts";
import { dataDirectory } from "../support/data-directory.ts";
import { describeOnPostgres, PASSWORD, type PostgresServer, startPostgres } from "../support/postgres.ts";
import { newSource, readingOfAllPeriods } from "./readings.ts";

let server: PostgresServer;
async function opened(url: string): Promise<Database> {
  const database = await openPostgres(url);
  onTestFinished(() => database.close());
  return database;
}

describeOnPostgres("PostgreSQL", () => {
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.remove());

  let url: string;
  beforeEach(async () => {
    url = await server.database();
  });

  test("takes and gives values as the embedded database does", async () => {
    const sql = `
      SELECT $1::timestamptz AS date, $2::text AS text, $3::integer AS number, $4::boolean AS yes, $5::text[] AS list,
        $6::jsonb AS json, $7::text AS nothing, 9007199254740991 AS large, 9007199254740993 AS larger,
        count(*) AS count, 1.5::float8 AS half, 'infinity'::timestamptz AS never,
        '1890-01-01 00:00:00.123+00'::timestamptz AS long_ago, '2026-03-29'::date AS day`;
    const json = JSON.stringify({ a: [1, null, { b: "\\u{1f511}" }], __proto__: 1 });
    const date = new Date("2026-03-29T01:30:00.123Z");
    const parameters = [date, "Ü'\\\"🔑\n", 42, true, ["a", 'b,"{}', ""], json, null];
    const directory = await dataDirectory();
    const embedded = await openPglite(directory.path);
    onTestFinished(async () => {
      await embedded.close();
      await directory.remove();
    });
    const database = await opened(url);

    const rows = await database.query(sql, parameters);

    expect(rows).toStrictEqual(await embedded.query(sql, parameters));
    expect(rows[0]).toMatchObject({ date, count: 1, larger: 9007199254740993n });
  });

  test("rolls a transaction back that throws, and goes on", async () => {
    const database = await opened(url);
    await database.query("CREATE TABLE kept (a integer)");

    const failing = database.transaction(async ({ query }) => {
      await query("INSERT INTO kept VALUES (1)");
      throw new RangeError("no more");
    });

    await expect(failing).rejects.toMatchObject({ code: "STORE-UNAVAILABLE" });
    expect(await database.query("SELECT a FROM kept")).toEqual([]);
  });

  test("does not say that a transaction is stored in which a statement was refused", async () => {
    const database = await opened(url);
    await database.query("CREATE TABLE kept (a integer)");

    const swallowing = database.transaction(async ({ query }) => {
      await query("INSERT INTO kept VALUES (1)");
      await query("SELECT 1 / 0").catch(() => undefined);
    });

    await expect(swallowing).rejects.toThrow(/nothing of it is stored/);
    expect(await database.query("SELECT a FROM kept")).toEqual([]);
  });

  test("ends what is under way and what waits for a connection before it closes", async () => {
    const database = await openPostgres(url);
    await database.query("CREATE TABLE kept (a integer)");
    const numbers = Array.from({ length: 20 }, (_, index) => index);

    const writing = numbers.map((number) =>
      database.query("INSERT INTO kept SELECT $1 FROM pg_sleep(0.01)", [number]),
    );
    await database.close();
    const after = database.query("SELECT 1");

    await Promise.all(writing);
    await expect(after).rejects.toMatchObject({ code: "STORE-UNAVAILABLE" });
    const [row] = await (await opened(url)).query("SELECT count(*) AS count FROM kept");
    expect(row).toEqual({ count: 20 });
  });

  test("uses few connections, each with a limit for a statement and for waiting in a transaction", async () => {
    const database = await opened(url);
    const settings = `
      SELECT current_setting('statement_timeout') AS statement,
        current_setting('idle_in_transaction_session_timeout') AS idle FROM pg_sleep(0.01)`;

    const found = await Promise.all(Array.from({ length: 20 }, () => database.query(settings)));
    const connections = await database.query(
      "SELECT count(*) AS count FROM pg_stat_activity WHERE application_name = 'authpulse' AND datname = current_database()",
    );

    expect(new Set(found.map(([row]) => inspect(row)))).toEqual(
      new Set([inspect({ statement: "1min", idle: "1min" })]),
    );
    expect(connections).toEqual([{ count: 5 }]);
  });

  test("works again after the server was restarted, and loses nothing that was stored", async () => {
    const store = await createStore(await opened(url));
    const source = newSource();
    await store.snapshots.save(source, readingOfAllPeriods(7));

    await server.halt();
    const meanwhile = store.snapshots.latest(source, "D1", READER_IDS);

    await expect(meanwhile).rejects.toMatchObject({
      code: "STORE-UNAVAILABLE",
      facts: { detail: expect.stringContaining("PostgreSQL cannot be used") },
    });
    await server.start();

    expect(await store.snapshots.latest(source, "D1", READER_IDS)).toMatchObject({ pages: 7 });
  });

  test("rejects a statement whose connection is ended, and takes the next one", async () => {
    const database = await opened(url);

    const ended = database.query("SELECT pg_terminate_backend(pg_backend_pid())");

    await expect(ended).rejects.toMatchObject({
      code: "STORE-UNAVAILABLE",
      facts: { detail: expect.stringContaining("it is shutting down (57P01)") },
    });
    expect(await database.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("brings its schema up to date once, whoever starts at once", async () => {
    const databases = await Promise.all(Array.from({ length: 6 }, () => opened(url)));

    await Promise.all(databases.map((database) => migrate(database)));

    const taken = await databases[0]?.query("SELECT name FROM authpulse.migrations ORDER BY version");
    expect(taken).toEqual(MIGRATIONS.map(({ name }) => ({ name })));
  });

  test("takes a schema that was made for a user who may make none", async () => {
    const database = await opened(url);
    await database.query("CREATE ROLE tenant_of_schema LOGIN PASSWORD 'pass-canary'");
    await database.query("CREATE SCHEMA authpulse AUTHORIZATION tenant_of_schema");

    const lesser = await opened(url.replace(/\/\/.*@/, "//tenant_of_schema:pass-canary@"));

    await expect(migrate(lesser)).resolves.toBeUndefined();
  });
});

describeOnPostgres("a PostgreSQL server that cannot be used", () => {
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.remove());

  test.each<[string, (url: string) => string | Promise<string>, RegExp]>([
    ["a wrong password", (url) => url.replace(/%25@/, "@"), /refuses the user or the password \(28P01\)/],
    ["a wrong user", (url) => url.replace("//authpulse", "//user-canary"), /user or the password \(28P01\)/],
    ["a database that is not there", (url) => url.replace("?", "x?"), /no such database \(3D000\)/],
    ["a socket that is not there", (url) => `${url}-canary`, /no such socket .* \(ENOENT\)/],
    [
      "a port on which nobody listens",
      () => "postgres://user-canary:pass-canary@127.0.0.1:1/canary",
      /nobody listens there \(ECONNREFUSED\)/,
    ],
    ["TLS that the server does not have", (url) => `${url}&sslmode=verify-full`, /does not support SSL/],
    ["an encoding that cannot hold every name", latin1Database, /encoded as LATIN1.*ENCODING 'UTF8'/],
  ])("says so for %s, and nothing of the URL", async (_what, urlFor, reason) => {
    const url = await urlFor(await server.database());

    const opening = openPostgres(url);

    const fault: unknown = await opening.catch((thrown: unknown) => thrown);
    expect(fault).toMatchObject({
      code: "STORE-UNAVAILABLE",
      facts: { detail: expect.stringMatching(reason) },
    });
    const text = inspect(fault, { depth: 9, showHidden: true });
    for (const secret of ["canary", PASSWORD, encodeURIComponent(PASSWORD), "postgres://"]) {
      expect(text).not.toContain(secret);
    }
  });
});

async function latin1Database(url: string): Promise<string> {
  const database = await opened(url);
  await database.query("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0");
  return url.replace(/\/test_\w+/, "/latin");
}
