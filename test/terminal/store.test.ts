import { stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { claimDataDirectory } from "../../src/local/data-directory.ts";
import { openStore } from "../../src/store/pglite.ts";
import { newSource, readingOfAllPeriods } from "../store/readings.ts";
import { dataDirectory } from "../support/data-directory.ts";
import { describeOnPostgres, PASSWORD, type PostgresServer, startPostgres } from "../support/postgres.ts";
import { type Ended, run, STACK, start, temporary } from "./command-line.ts";

async function newDirectory(): Promise<string> {
  const directory = await dataDirectory();
  onTestFinished(() => directory.remove());
  return directory.path;
}

type Settings = Readonly<Record<string, string>>;

/** Settings to read a Graph that does not answer, with a store that has numbers of it. */
async function filled(): Promise<Settings> {
  const source = newSource("127.0.0.1:1");
  const directory = await newDirectory();
  const database = await openStore(directory);
  await database.snapshots.save(source, readingOfAllPeriods(7, { readAt: new Date() }));
  await database.secret(source.tenantId, "card-seal");
  await database.close();
  return {
    ...{ AZURE_TENANT_ID: source.tenantId, DATA_DIR: directory, PORT: "0" },
    ...{ GRAPH_BASE_URL: "http://127.0.0.1:1", GRAPH_ACCESS_TOKEN: "none", GRAPH_REPORTS: "events" },
  };
}

function store(what: "export" | "import", file: string, environment: Settings): Promise<Ended> {
  return run(["store", what, file], { environment });
}

/** Only stored numbers can answer. */
function ask(environment: Settings): Promise<Ended> {
  return run(["ask", "sspr usage by method"], { environment });
}

describe("store export and import", () => {
  test("move what is stored to another folder, and say how much it was", { timeout: 60_000 }, async () => {
    const environment = await filled();
    const file = join(await temporary(), "store.jsonl");
    const moved = { ...environment, DATA_DIR: await newDirectory() };

    const exported = await store("export", file, environment);
    const imported = await store("import", file, moved);

    expect(exported).toMatchObject({ code: 0, err: "" });
    expect(exported.out).toMatch(
      /^Written to .*store\.jsonl, of tenant [0-9a-f-]{36}\. Rows:\n( {2}\w+: [1-9]\d*\n)+$/,
    );
    expect(imported).toMatchObject({ code: 0, err: "" });
    expect(imported.out).toBe(exported.out.replace("Written to", "Imported from"));
    expect(await ask(moved)).toMatchObject({ code: 0 });
  });

  test("are refused while a bot has the embedded database open", async () => {
    const environment = {
      AZURE_TENANT_ID: "7f1e6f52-3c1b-4c8e-9a55-0d2f4f1c6a01",
      DATA_DIR: await newDirectory(),
    };
    const claim = await claimDataDirectory(environment.DATA_DIR);
    onTestFinished(() => (claim.held ? claim.release() : undefined));
    const file = join(await temporary(), "store.jsonl");

    const [exported, imported] = await Promise.all([
      store("export", file, environment),
      store("import", file, environment),
    ]);

    for (const { code, out, err } of [exported, imported]) {
      expect([code, out]).toEqual([1, ""]);
      expect(err).toContain(
        `Process ${process.pid} has the store in ${environment.DATA_DIR} open. Stop it first`,
      );
      expect(err).not.toMatch(STACK);
    }
    await expect(stat(file)).rejects.toMatchObject({ code: "ENOENT" });
  });

  test("need the name of a file", async () => {
    const ended = await Promise.all([run(["store", "export"]), run(["store", "import"]), run(["store"])]);

    expect(ended.map(({ code }) => code)).toEqual([2, 2, 2]);
  });
});

describeOnPostgres("a bot on PostgreSQL", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.remove());

  test("goes on with what was moved there, and prints nothing of the URL", { timeout: 60_000 }, async () => {
    const embedded = await filled();
    const file = join(await temporary(), "store.jsonl");
    const moved = { DATA_DIR: await temporary(), DATABASE_URL: await server.database() };
    const environment = { ...embedded, ...moved, LOG_LEVEL: "debug" };
    await store("export", file, embedded);

    const imported = await store("import", file, environment);
    const bot = await start(["serve"], { environment });
    await bot.said(/listens on/);
    const answer = await ask(environment);
    const beside = await store("export", `${file}.2`, environment);
    const again = await store("import", file, environment);
    const served = await bot.signal("SIGTERM");

    expect(imported).toMatchObject({ code: 0, err: "" });
    expect(answer).toMatchObject({ code: 0, err: expect.stringContaining(`process ${bot.pid}`) });
    expect(beside).toMatchObject({ code: 0, err: "" });
    expect(again.err).toMatch(/^Nothing was imported\. STORE-UNAVAILABLE: The store is not empty/);
    expect(served.code).toBe(0);
    const printed = [imported, answer, beside, again, served].map(({ out, err }) => out + err).join();
    expect(printed).not.toContain(PASSWORD);
    expect(printed).not.toContain(encodeURIComponent(PASSWORD));
  });

  test("does not start without its server, and says why", async () => {
    const environment = {
      AZURE_TENANT_ID: "7f1e6f52-3c1b-4c8e-9a55-0d2f4f1c6a01",
      DATA_DIR: await temporary(),
      DATABASE_URL: "postgres://user:pass-canary@127.0.0.1:1/authpulse",
    };

    const { code, err } = await run(["serve"], { environment });

    expect(code).toBe(1);
    expect(err).toMatch(
      /^AuthPulse cannot start\. STORE-UNAVAILABLE: PostgreSQL cannot be used: nobody listens there/,
    );
    expect(err).not.toContain("canary");
    expect(err).not.toMatch(STACK);
  });
});
