import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { SampleTenant } from "../../src/sample-tenant/options.ts";
import { startSampleTenant } from "../../src/sample-tenant/server.ts";
import { readExport } from "../app/export-chat.ts";
import { dataDirectory, type TemporaryDirectory } from "../support/data-directory.ts";
import { run, settingsFor, start, temporary } from "./command-line.ts";

let tenant: SampleTenant;
let data: TemporaryDirectory;
let environment: Readonly<Record<string, string>>;

beforeAll(async () => {
  // Few enough for one page: these commands keep Microsoft's real pace.
  tenant = await startSampleTenant({ people: 400, quota: 1_000 });
  data = await dataDirectory();
  environment = settingsFor(tenant, data.path);
});

afterEach(() => tenant.faults.clear());

afterAll(async () => {
  await tenant.close();
  await data.remove();
});

const PEOPLE = ["ask", "export", "people", "without", "mfa"];

describe("ask --csv", () => {
  test("writes the file for its owner alone, and tells its figures beside it", async () => {
    const folder = await temporary();

    const { code, out, err } = await run([...PEOPLE, "--csv", "out.csv"], { environment, folder });

    const { head, lines } = readExport(await readFile(join(folder, "out.csv")));
    expect([code, out]).toEqual([0, ""]);
    expect((await stat(join(folder, "out.csv"))).mode & 0o777).toBe(0o600);
    expect(lines.length).toBeGreaterThan(10);
    expect(head).toMatchObject({ rows: String(lines.length), "total.people": String(lines.length) });
    expect(err).toContain(`Export: People without MFA, ${lines.length} rows`);
    expect(await readdir(folder)).toEqual(["out.csv"]);
    expect(await readdir(join(data.path, "spool"))).toEqual([]);
  });

  test("does not replace a file unless it is told to", async () => {
    const folder = await temporary();
    await writeFile(join(folder, "out.csv"), "mine");
    const before = tenant.requests.length;

    const refused = await run(["ask", "export registration", "--csv", "out.csv"], { environment, folder });
    const kept = await readFile(join(folder, "out.csv"), "utf8");
    const asked = tenant.requests.length;
    const forced = await run(["ask", "export registration", "--csv", "out.csv", "--force"], {
      environment,
      folder,
    });

    expect([refused.code, kept, asked]).toEqual([2, "mine", before]);
    expect(refused.err).toContain("out.csv is there already");
    expect(forced.code).toBe(0);
    expect(readExport(await readFile(join(folder, "out.csv"))).head["authPulseExport"]).toBe("registration");
  });

  test("leaves nothing when Graph fails or the folder is not there", async () => {
    const folder = await temporary();
    const nowhere = await run(["ask", "export registration", "--csv", "no/out.csv"], { environment, folder });
    tenant.faults.add({ kind: "no-licence", path: "/reports/" });
    const failed = await run([...PEOPLE, "--csv", "out.csv"], { environment, folder });

    expect([nowhere.code, failed.code]).toEqual([1, 1]);
    expect(nowhere.err).toContain("no/out.csv was not written");
    expect(failed.err).toContain("GRAPH-LICENCE");
    expect(await readdir(folder)).toEqual([]);
  });

  test("says that a question has no file", async () => {
    const { code, out, err } = await run(["ask", "help", "--csv", "-"], { environment });

    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("There is no file for this question");
  });

  test("takes a report that is asked for by its own name from the bot that holds the data directory", async () => {
    const bot = await start(["serve"], { environment: { ...environment, PORT: "0" } });
    await bot.said(/AuthPulse listens on/);

    const { code, out, err } = await run(["ask", "sspr usage", "--csv", "-"], { environment });
    const { out: audit } = await run(["ask", "audit"], { environment });
    await bot.signal("SIGTERM");

    const { head, lines } = readExport(Buffer.from(out));
    expect(code).toBe(0);
    expect(err).toContain("Asking the bot that runs here");
    expect(head).toMatchObject({
      authPulseExport: "usage",
      "filter.period": "D30",
      rows: String(lines.length),
    });
    expect(await readdir(join(data.path, "spool"))).toEqual([]);
    expect(audit).toMatch(/Written/);
  });
});
