import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { inspectStore, KNOWN_SCHEMA } from "../../src/store/inspect.ts";
import { openConfiguredDatabase, openConfiguredStore } from "../../src/store/open.ts";
import { dataDirectory, emptyDirectory } from "../support/data-directory.ts";
import { describeOnPostgres, type PostgresServer, startPostgres } from "../support/postgres.ts";
import { diagnosed, settingsOf, tenantOf } from "./harness.ts";

interface Place {
  readonly dataDirectory: string;
  readonly databaseUrl?: string;
}

async function makeNewer(place: Place): Promise<void> {
  await (await openConfiguredStore(place)).close();
  const database = await openConfiguredDatabase(place);
  await database.query("UPDATE authpulse.migrations SET version = $1 WHERE version = $2", [
    KNOWN_SCHEMA + 1,
    KNOWN_SCHEMA,
  ]);
  await database.close();
}

describe("looking at the embedded store", { timeout: 60_000 }, () => {
  test("tells nothing of one that is not made yet, and makes none", async () => {
    const directory = await emptyDirectory();
    onTestFinished(() => directory.remove());

    const first = await inspectStore({ dataDirectory: directory.path });
    const second = await inspectStore({ dataDirectory: directory.path });

    expect([first, second]).toEqual([undefined, undefined]);
  });

  test("takes one of a newer version for a problem", async () => {
    const directory = await dataDirectory();
    onTestFinished(() => directory.remove());
    await makeNewer({ dataDirectory: directory.path });

    const { code, row } = await diagnosed(await settingsOf(await tenantOf(), { DATA_DIR: directory.path }));

    expect(code).toBe(1);
    expect(row("store")).toMatchObject({ state: "problem", code: "STORE-UNAVAILABLE" });
    expect(row("store").what).toContain("A newer AuthPulse wrote the store");
  });
});

describeOnPostgres("looking at a store on a server", () => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);

  afterAll(() => server.remove());

  test("leaves an empty one empty, and tells the schema of one that is made", async () => {
    const place = { dataDirectory: "/nowhere", databaseUrl: await server.database() };

    const empty = [await inspectStore(place), await inspectStore(place)];
    await (await openConfiguredStore(place)).close();
    const made = [await inspectStore(place), await inspectStore(place)];

    expect(empty).toEqual([
      { kind: "server", schema: 0 },
      { kind: "server", schema: 0 },
    ]);
    expect(made).toEqual([
      { kind: "server", schema: KNOWN_SCHEMA },
      { kind: "server", schema: KNOWN_SCHEMA },
    ]);
  });
});
