import { describe, expect, onTestFinished, test } from "vitest";
import { toTenantId, toUserId, type UserId } from "../../src/kernel/ids.ts";
import type { AuditEntry } from "../../src/ports/audit.ts";
import { startSampleTenant } from "../../src/sample-tenant/server.ts";
import { VIEWERS } from "../../src/sample-tenant/viewers.ts";
import { openStore } from "../../src/store/pglite.ts";
import { newUser } from "../digest/subscriptions.ts";
import { readCsv } from "../export/setup.ts";
import { auditEntry } from "../store/audit-contract.ts";
import { dataDirectory } from "../support/data-directory.ts";
import { run, STACK, settingsFor, start } from "./command-line.ts";

const HEADER = [
  ...["at", "tenantId", "who", "what", "command", "detail"],
  ...["target", "place", "conversationId", "outcome", "correlationId"],
];

const ALEX = VIEWERS.noRole.id;

/** Settings for a data directory in which these lines of the audit stand. */
async function withAudit(...lines: readonly Partial<AuditEntry>[]) {
  const tenant = await startSampleTenant({ people: 50 });
  const data = await dataDirectory();
  onTestFinished(async () => {
    await tenant.close();
    await data.remove();
  });
  const tenantId = toTenantId(tenant.tenantId);
  if (!tenantId) {
    throw new Error("the sample tenant has a GUID");
  }
  const store = await openStore(data.path);
  for (const line of lines) {
    await store.audit.record(auditEntry({ tenantId, ...line }));
  }
  await store.close();
  return { environment: { ...settingsFor(tenant, data.path), PORT: "0" }, tenantId };
}

const OCTOBER = { at: new Date("2026-10-31T23:59:59.999Z"), command: "usage" };
const NOVEMBER: Partial<AuditEntry> = {
  at: new Date("2026-11-01T00:00:00.000Z"),
  what: "names",
  command: "people",
  detail: 'filter="x", y',
  target: newUser(),
  place: "personal",
  conversationId: "a:1",
  outcome: "answered",
  correlationId: "c0ffee00",
};

/** Lines of the file without its header: command and detail. */
function told(out: string): readonly (readonly (string | undefined)[])[] {
  return readCsv(out)
    .slice(1)
    .map((cells) => [cells[4], cells[5]]);
}

describe("audit --csv", () => {
  test("writes all that is kept, the oldest first, and at the end the look itself", async () => {
    const { environment, tenantId } = await withAudit(NOVEMBER, OCTOBER);

    const { code, out, err } = await run(["audit", "--csv"], { environment });

    expect([code, err]).toEqual([0, ""]);
    expect(out.startsWith(`${HEADER.join()}\r\n`)).toBe(true);
    expect(out.endsWith("\r\n")).toBe(true);
    const [, october, november, look] = readCsv(out);
    expect(october?.[4]).toBe("usage");
    expect(november).toEqual([
      ...["2026-11-01T00:00:00.000Z", tenantId, expect.any(String), "names", "people", 'filter="x", y'],
      ...[NOVEMBER.target, "personal", "a:1", "answered", "c0ffee00"],
    ]);
    expect(look?.slice(2, 10)).toEqual(["operator", "audit", "audit", "csv", "", "terminal", "", "answered"]);
  });

  test("goes through a running bot, with the same lines and bounds", { timeout: 60_000 }, async () => {
    const { environment } = await withAudit(OCTOBER, NOVEMBER);
    const bot = await start(["serve"], { environment });
    await bot.said(/listens on/);

    const all = await run(["audit", "--csv"], { environment });
    const part = await run(["audit", "--csv", "--since", "2026-11-01", "--until", "2026-11-01"], {
      environment,
    });

    expect(all).toMatchObject({ code: 0, err: `Asking the bot that runs here (process ${bot.pid}).\n` });
    expect(told(all.out)).toEqual([
      ["usage", ""],
      ["people", 'filter="x", y'],
      ["audit", "csv"],
    ]);
    expect(told(part.out)).toEqual([["people", 'filter="x", y']]);
    const { err } = await bot.signal("SIGTERM");
    expect(err).toContain("csv since=2026-11-01T00:00:00.000Z until=2026-11-02T00:00:00.000Z");
  });

  test("keeps to its bounds: days are whole, times are not included at the end", async () => {
    const { environment } = await withAudit(OCTOBER, NOVEMBER);

    const october = await run(["audit", "--csv", "--until", "2026-10-31"], { environment });
    const none = await run(
      ["audit", "--csv", "--since", "2026-11-01T01:00:00.001+01:00", "--until", "2026-11-02T00:00:00Z"],
      { environment },
    );

    expect(told(october.out)).toEqual([["usage", ""]]);
    expect(none).toMatchObject({ code: 0, out: `${HEADER.join()}\r\n` });
  });

  test.each([
    [["--csv", "--since", "yesterday"], '"yesterday" is no date.'],
    [["--csv", "--until", "2026-02-30"], '"2026-02-30" is no date.'],
    [["--csv", "--since", "2026-11-02T00:00:00"], '"2026-11-02T00:00:00" is no date.'],
    [["--csv", "--since", "2026-11-02", "--until", "2026-11-01"], "--since 2026-11-02 is not before"],
    [["--since", "2026-11-02"], "--since and --until go with --csv."],
  ])("refuses %j", async (words, problem) => {
    const { code, out, err } = await run(["audit", ...words]);

    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(problem);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("audit", () => {
  test("prints what ask audit prints, and is written down", async () => {
    const { environment } = await withAudit({ at: new Date(), who: "unknown" });

    const first = await run(["audit"], { environment });
    const second = await run(["ask", "audit"], { environment });

    expect(first).toMatchObject({ code: 0, err: "" });
    expect(first.out).toContain("1 refusal in the last 30 days.");
    expect(second.out).toContain("1 refusal and 1 look at the audit in the last 30 days.");
    expect(second.out).toMatch(/Terminal +Read the audit +Answered/);
  });
});

describe("forget", () => {
  test("takes an id out of the audit, here and through a running bot", { timeout: 60_000 }, async () => {
    const other = VIEWERS.guest.id;
    const { environment } = await withAudit(
      { who: newUser(), target: toUser(ALEX) },
      { who: toUser(ALEX) },
      { who: toUser(other) },
    );

    const here = await run(["forget", ALEX.toUpperCase()], { environment });
    const bot = await start(["serve"], { environment });
    await bot.said(/listens on/);
    const through = await run(["forget", other], { environment });
    const again = await run(["forget", other], { environment });
    const { out } = await run(["audit", "--csv"], { environment });

    expect(here).toMatchObject({
      code: 0,
      out: "Forgotten: the id stood with 0 digests and in 2 lines of the audit.\n",
    });
    expect(through.out).toBe("Forgotten: the id stood with 0 digests and in 1 line of the audit.\n");
    expect(again.out).toContain("Nothing had to be forgotten");
    expect(out).not.toMatch(new RegExp(`${ALEX}|${other}`, "i"));
    expect(out.match(/,operator,forgotten,forget,/g)).toHaveLength(3);
  });

  test("refuses what is no object id", async () => {
    const { code, out, err } = await run(["forget", "alex.kim@contoso.com"]);

    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain('"alex.kim@contoso.com" is no object id.');
    expect(err).not.toMatch(STACK);
  });
});

function toUser(id: string): UserId {
  return toUserId(id) ?? expect.unreachable("people of the sample tenant have GUIDs");
}
