import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { SampleTenant } from "../../src/sample-tenant/options.ts";
import { startSampleTenant } from "../../src/sample-tenant/server.ts";
import { expectValidCard } from "../render/card-check.ts";
import { dataDirectory, type TemporaryDirectory } from "../support/data-directory.ts";
import { graphTries, triesIn } from "../support/graph-numbers.ts";
import { run, STACK, settingsFor } from "./command-line.ts";

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

describe("ask", () => {
  test("answers as a table with Graph's own numbers", async () => {
    const before = await graphTries(tenant, "reset");
    const { code, out } = await run(["ask", "sspr usage by method"], { environment });

    expect(code).toBe(0);
    const shown = triesIn(out, "reset");
    // Graph counts whole hours, and one may have begun meanwhile.
    expect([before, await graphTries(tenant, "reset")]).toContainEqual(shown);
    const [, table = ""] = out.split(/^Method .*\n/m);
    const counts = [...table.matchAll(/^\S.*? {2,}(\d+) +(\d+) {2}/gm)].map(([, ok, failed]) => [ok, failed]);
    const sum = (column: number) => counts.reduce((total, row) => total + Number(row[column]), 0);
    expect(sum(0)).toBe(shown.ok);
    expect(sum(0) + sum(1)).toBe(shown.all);
    expect(table).toMatch(/█+░/);
    expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test("prints a card with --json, and nothing else", async () => {
    const { code, out } = await run(["ask", "--json", "sspr", "usage", "by", "method"], { environment });

    expect(code).toBe(0);
    expectValidCard(JSON.parse(out));
  });

  test("answers help without Graph and without a token", async () => {
    const { code, out, err } = await run(["ask", "help"], { environment: { DATA_DIR: data.path } });

    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("sspr usage by method");
  });

  test("answers a problem of Graph with what to do, and fails", async () => {
    const empty = await dataDirectory();
    tenant.faults.add({ kind: "no-licence", path: "/reports/" });

    const { code, out, err } = await run(["ask", "sspr usage by method"], {
      environment: settingsFor(tenant, empty.path),
    });

    await empty.remove();
    expect(code).toBe(1);
    expect(out).toContain("P1 or P2");
    expect(out).toMatch(/What to do +\S/);
    expect(out).toMatch(/GRAPH-LICENCE · [0-9a-f]{8} · /);
    expect(out + err).not.toMatch(STACK);
  });

  test("says how to sign in when there is neither a setting nor a sign-in", async () => {
    const { code, out, err } = await run(["ask", "sspr usage by method"], {
      environment: { DATA_DIR: data.path },
    });

    expect(code).toBe(1);
    expect(out).toContain("GRAPH-SIGN-IN");
    expect(err).toContain("az login");
    expect(out + err).not.toMatch(STACK);
  });

  test("says which data directory cannot be used", async () => {
    const { code, out, err } = await run(["ask", "sspr usage"], {
      environment: settingsFor(tenant, process.execPath),
    });

    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/^The question could not be answered\. STORE-UNAVAILABLE: .*Set DATA_DIR/);
    expect(err).not.toMatch(STACK);
  });
});
