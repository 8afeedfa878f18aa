import { expect, test } from "vitest";
import { REPORT_READERS_GROUP, SERVICE_ACCOUNTS_GROUP } from "../../src/sample-tenant/viewers.ts";
import { diagnosed, settingsOf, tenantOf } from "./harness.ts";

const REPORTS = ["report.usage", "report.people", "report.passwords", "report.sign-ins"];
const UNKNOWN_GROUP = "0d0d0d0d-1111-4222-8333-444444444444";

test("finds nothing wrong where everything answers, and asks each report once", async () => {
  const tenant = await tenantOf({ pageSize: 20 });

  const { code, rows } = await diagnosed(await settingsOf(tenant));

  expect(rows.filter(({ state }) => state === "problem")).toEqual([]);
  expect(code).toBe(0);
  expect(rows.map(({ id, state }) => `${id} ${state}`)).toEqual([
    "settings ok",
    "token ok",
    ...REPORTS.map((id) => `${id} ok`),
    "directory.members ok",
    "directory.users ok",
    "licence ok",
    "access ok",
    "store ok",
    "bot-token skipped",
    "endpoint skipped",
    "teams-app skipped",
  ]);
  const asked = tenant.requests.map(({ path }) => path.split("?")[0]?.split("/").at(-1));
  expect(asked.filter((name) => /Summary|Details/.test(name ?? "")).sort()).toEqual([
    "userEventsSummary",
    "userMfaSignInSummary",
    "userPasswordResetsAndChangesSummary",
    "userRegistrationDetails",
  ]);
});

test("says whose token it is, and never the token", async () => {
  const tenant = await tenantOf();
  const appId = "7a7a7a7a-1111-4222-8333-444444444444";
  const token = tenant.token("delegated", { appId });

  const { row, text } = await diagnosed(await settingsOf(tenant, { GRAPH_ACCESS_TOKEN: token }));

  expect(row("token").what).toContain(`a signed-in person's rights, tenant ${tenant.tenantId}, app ${appId}`);
  expect(row("report.usage").what).toContain("userRegistrationActivity answered");
  expect(text).not.toContain(token);
  expect(text).not.toContain(token.split(".")[1]);
});

test("says that nothing rests on a token that has ended", async () => {
  const tenant = await tenantOf();
  const token = tenant.token("app", { lifetimeSeconds: -60 });

  const { code, row } = await diagnosed(await settingsOf(tenant, { GRAPH_ACCESS_TOKEN: token }));

  expect(code).toBe(1);
  expect(row("token")).toMatchObject({ state: "problem", code: "GRAPH-SIGN-IN" });
  expect(row("token").remedy).toContain("Put a new token into GRAPH_ACCESS_TOKEN");
  for (const id of [...REPORTS, "directory.members", "directory.users"]) {
    expect(row(id)).toMatchObject({ state: "skipped" });
    expect(row(id).what).toContain("There is no token");
  }
  expect(row("licence").state).toBe("skipped");
  expect(row("store").state).toBe("ok");
});

test("names the permission that is missing, for reports and for the directory", async () => {
  const tenant = await tenantOf();
  const token = tenant.token("app", { permissions: ["Reports.Read.All"] });

  const { code, row } = await diagnosed(await settingsOf(tenant, { GRAPH_ACCESS_TOKEN: token }));

  expect(code).toBe(1);
  for (const id of REPORTS) {
    expect(row(id)).toMatchObject({ state: "problem", code: "GRAPH-PERMISSION" });
    expect(row(id).remedy).toContain("Grant AuditLog.Read.All");
    expect(row(id).requestId).toMatch(/^[\da-f-]{36}$/);
  }
  for (const id of ["directory.members", "directory.users"]) {
    expect(row(id)).toMatchObject({ state: "problem", code: "GRAPH-PERMISSION" });
    expect(row(id).remedy).toContain("Grant User.Read.All");
  }
});

test("goes on with the other reports where one is refused", async () => {
  const tenant = await tenantOf({ faults: [{ kind: "permission-missing", path: "userEventsSummary" }] });

  const { row } = await diagnosed(await settingsOf(tenant));

  expect(row("report.usage").state).toBe("problem");
  expect(row("report.people").state).toBe("ok");
  expect(row("licence").state).toBe("ok");
});

test("tells of a missing licence once more by itself", async () => {
  const tenant = await tenantOf({ licensed: false });

  const { code, row } = await diagnosed(await settingsOf(tenant));

  expect(code).toBe(1);
  expect(row("licence")).toMatchObject({ state: "problem", code: "GRAPH-LICENCE" });
  expect(row("licence").remedy).toContain("Microsoft Entra ID P1 or P2 is needed");
  expect(row("directory.members").state).toBe("ok");
});

test("says when to come back where Graph asks for a long pause", async () => {
  const fault = { kind: "throttled", path: "/reports/", retryAfterSeconds: 40 } as const;
  const tenant = await tenantOf({ faults: [fault] });

  const { code, row } = await diagnosed(await settingsOf(tenant));

  expect(code).toBe(1);
  expect(row("report.usage")).toMatchObject({ state: "problem", code: "GRAPH-THROTTLED" });
  expect(row("report.usage").remedy).toMatch(/^Run this again after \d{4}-\S+Z\./);
  expect(row("directory.members").state).toBe("ok");
});

test("ends a check that gets no answer, and the others go on", async () => {
  const tenant = await tenantOf({ faults: [{ kind: "hang", path: "userRegistrationDetails" }] });

  const { row } = await diagnosed(await settingsOf(tenant), { deadline: 1_500 });

  expect(row("report.people")).toMatchObject({ state: "problem", code: "GRAPH-UNREACHABLE" });
  expect(row("report.people").remedy).toContain("way to the internet");
  expect(row("report.usage").state).toBe("ok");
});

test("takes a report without a row for a problem with its remedy", async () => {
  const tenant = await tenantOf({ script: { rows: { userEventsSummary: [] } } });

  const { row } = await diagnosed(await settingsOf(tenant));

  expect(row("report.usage")).toMatchObject({ state: "problem", code: "GRAPH-NOT-COLLECTED" });
  expect(row("report.usage").remedy).toContain("audit logs");
});

test("looks for each group of the settings, and names the one that is not there", async () => {
  const tenant = await tenantOf();
  const settings = await settingsOf(tenant, {
    EXCLUDE_GROUP_IDS: `${SERVICE_ACCOUNTS_GROUP}, ${UNKNOWN_GROUP}`,
    ACCESS_REPORTS: `group:${REPORT_READERS_GROUP}, group:${UNKNOWN_GROUP}`,
    ACCESS_PERSON: `group:${UNKNOWN_GROUP}`,
  });

  const { code, row } = await diagnosed(settings);

  expect(code).toBe(1);
  expect(row("excluded-group.1").state).toBe("ok");
  expect(row("excluded-group.2")).toMatchObject({ state: "problem", code: "GRAPH-GROUP" });
  expect(row("excluded-group.2").what).toContain(UNKNOWN_GROUP);
  expect(row("access-group.1").state).toBe("ok");
  expect(row("access-group.2")).toMatchObject({ state: "problem", code: "GRAPH-GROUP" });
  expect(row("access-group.2").remedy).toContain("Correct ACCESS_REPORTS, ACCESS_PERSON");
});

test("needs no right to read groups where none is left out", async () => {
  const tenant = await tenantOf();
  const settings = await settingsOf(tenant, {
    GRAPH_ACCESS_TOKEN: tenant.token("app", { permissions: ["AuditLog.Read.All", "User.Read.All"] }),
    ACCESS_REPORTS: `group:${REPORT_READERS_GROUP}`,
  });

  const { code, row } = await diagnosed(settings);

  expect(code).toBe(0);
  expect(row("access-group.1").state).toBe("skipped");
  expect(row("access-group.1").remedy).toContain("GroupMember.Read.All");
});

test("takes reports that nobody may ask for as a problem", async () => {
  const tenant = await tenantOf();

  const { code, row } = await diagnosed(await settingsOf(tenant, { ACCESS_REPORTS: "" }));

  expect(code).toBe(1);
  expect(row("access")).toMatchObject({ state: "problem" });
  expect(row("access").remedy).toContain("Set ACCESS_REPORTS to group:<object id>");
});
