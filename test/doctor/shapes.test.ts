import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createNames } from "../../src/doctor/shapes/names.ts";
import { createRowFold } from "../../src/doctor/shapes/row-fold.ts";
import { createLog } from "../../src/kernel/log.ts";
import { realWorld } from "../../src/kernel/outside.ts";
import { SERVICE_ACCOUNTS_GROUP } from "../../src/sample-tenant/viewers.ts";
import { doctorShapes } from "../../src/terminal/doctor-shapes.ts";
import { emptyDirectory } from "../support/data-directory.ts";
import { listener, settingsOf, tenantOf } from "./harness.ts";

/** Without Microsoft's pace, which would take half a minute. */
const WORLD = realWorld(createLog("silent"));
const QUICK = { ...WORLD, timings: { ...WORLD.timings, quotaWindow: 20 } };

interface Written {
  readonly holds: string;
  readonly token: string;
  readonly endpoints: readonly {
    readonly endpoint: string;
    readonly statuses: Readonly<Record<string, number>>;
    readonly retryAfter: readonly string[];
    readonly contentTypes: readonly string[];
    readonly clockAhead?: number;
    readonly problem?: { readonly code: string; readonly status?: number; readonly graphCode?: string };
    readonly rows: number;
    readonly pageSizes: readonly number[];
    readonly hasMorePages: boolean;
    readonly nextLinkParameters: readonly string[];
    readonly keys: Readonly<Record<string, readonly string[]>>;
    readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
    readonly times: Readonly<Record<string, { readonly oldest: string; readonly newest: string }>>;
    readonly failureTexts: Readonly<Record<string, string>>;
  }[];
}

async function shapesOf(environment: Readonly<Record<string, string>>) {
  const folder = await emptyDirectory();
  onTestFinished(() => folder.remove());
  const file = join(folder.path, "shapes.json");
  const { terminal, printed, told } = listener(environment);
  const code = await doctorShapes(terminal, file, false, QUICK);
  const text = await readFile(file, "utf8");
  const written = JSON.parse(text) as Written;
  const of = (name: string) => {
    const found = written.endpoints.find(({ endpoint }) => endpoint.includes(name));
    if (!found) {
      throw new Error(`${name} is not in the file`);
    }
    return found;
  };
  return { code, text, written, of, printed: printed.join("\n"), told };
}

const CANARY = {
  id: "ca0a7100-1111-4222-8333-444444444444",
  userPrincipalName: "Canaria.Vogel@canary.example",
  userDisplayName: "Canaria Vogel",
};

test("holds the shape of every endpoint, and nothing of anybody", async () => {
  const at = new Date(Date.now() - 86_400_000).toISOString();
  const event = { ...CANARY, feature: "reset", authMethod: "email", eventDateTime: at };
  const events = [
    {
      ...event,
      isSuccess: false,
      failureReason: "Canaria Vogel (VOGEL, canaria.vogel@canary.example, +44 20 7946 0958) did not answer",
    },
    {
      ...event,
      userDisplayName: "Another Kanarienvogel",
      isSuccess: false,
      failureReason: "Wait for Canaria Vogel",
    },
    { ...event, isSuccess: true, failureReason: "" },
  ];
  const tenant = await tenantOf({ people: 25, pageSize: 4, script: { events } });
  const token = tenant.token("delegated");
  const settings = await settingsOf(tenant, {
    GRAPH_ACCESS_TOKEN: token,
    EXCLUDE_GROUP_IDS: SERVICE_ACCOUNTS_GROUP,
  });

  const { code, text, written, of, printed } = await shapesOf(settings);

  expect(code).toBe(0);
  expect(printed).toContain(written.holds);
  expect(written.token).toBe("delegated");
  expect(text).not.toMatch(/canar|vogel|7946/i);
  expect(text).not.toMatch(/[\da-f]{8}-[\da-f]{4}-/i);
  expect(text).not.toContain(token);
  expect(text.replaceAll("@odata.", "")).not.toContain("@");
  for (const { id, displayName, userPrincipalName } of Object.values(tenant.viewers)) {
    for (const personal of [id, displayName, userPrincipalName]) {
      expect(text).not.toContain(personal);
    }
  }
  const shape = of("userEventsSummary");
  expect(shape).toMatchObject({ statuses: { 200: 1 }, rows: 3, pageSizes: [3], hasMorePages: false });
  expect(shape.values["feature"]).toEqual({ reset: "1 to 9" });
  expect(shape.values["isSuccess"]).toEqual({ false: "1 to 9", true: "1 to 9" });
  expect(shape.keys["userDisplayName"]).toEqual(["string"]);
  expect(shape.times["eventDateTime"]?.oldest).toMatch(/T\d\d:00Z$/);
  expect(Object.keys(shape.failureTexts)).toEqual([
    "(name) (name) (name), (number)) did not answer",
    "Wait for (name)",
  ]);
  expect(shape.contentTypes.join()).toContain("odata");
  expect(Math.abs(shape.clockAhead ?? 99)).toBeLessThan(60);
  const details = of("userRegistrationDetails");
  expect(details.pageSizes).toEqual([4, 4, 4, 4, 4]);
  expect(details.hasMorePages).toBe(true);
  expect(details.nextLinkParameters).toContain("$skiptoken");
  expect(details.keys["methodsRegistered"]).toEqual(["list"]);
  expect(of("usersRegisteredByFeature").keys["userRegistrationFeatureCounts[].userCount"]).toEqual([
    "number",
  ]);
  expect(of("/groups/{1}/transitiveMembers").rows).toBeGreaterThan(0);
  expect(of("/users/{nobody}").problem).toMatchObject({ status: 404 });
});

test("records what fails with its status and code, and goes on", async () => {
  const tenant = await tenantOf({
    legacy: "gone",
    faults: [
      { kind: "throttled", path: "userMfaSignInSummary", retryAfterSeconds: 1, times: 1 },
      { kind: "request-denied", path: "userEventsSummary" },
    ],
  });

  const { code, of } = await shapesOf(await settingsOf(tenant));

  expect(code).toBe(0);
  expect(of("userEventsSummary").problem).toEqual({
    code: "GRAPH-PERMISSION",
    status: 403,
    graphCode: "Authorization_RequestDenied",
  });
  expect(of("getCredentialUsageSummary")).toMatchObject({ problem: { code: "GRAPH-RETIRED", status: 410 } });
  expect(of("usersRegisteredByFeature").problem).toMatchObject({ status: 403 });
  expect(of("userMfaSignInSummary")).toMatchObject({ statuses: { 200: 1, 429: 1 }, retryAfter: ["seconds"] });
  expect(of("userRegistrationDetails").statuses).toEqual({ 200: 1 });
});

test("replaces a file only with --force, and reads nothing before that", async () => {
  const tenant = await tenantOf();
  const folder = await emptyDirectory();
  onTestFinished(() => folder.remove());
  const file = join(folder.path, "mine.json");
  await writeFile(file, "an older one");
  const { terminal, told } = listener(await settingsOf(tenant));

  const code = await doctorShapes(terminal, file, false, QUICK);

  expect(code).toBe(2);
  expect(told.join()).toContain("--force");
  expect(await readFile(file, "utf8")).toBe("an older one");
  expect(tenant.requests).toEqual([]);
});

test("writes nothing without a token, and says what is wrong", async () => {
  const tenant = await tenantOf();
  const folder = await emptyDirectory();
  onTestFinished(() => folder.remove());
  const token = tenant.token("app", { lifetimeSeconds: -60 });
  const { terminal, told } = listener(await settingsOf(tenant, { GRAPH_ACCESS_TOKEN: token }));

  const code = await doctorShapes(terminal, join(folder.path, "shapes.json"), false, QUICK);

  expect(code).toBe(1);
  expect(told.join()).toContain("GRAPH-SIGN-IN");
  expect(told.join()).not.toContain(token);
});

test("tells members of enumerations alone, and no value of any other form", () => {
  const fold = createRowFold(createNames());

  fold.add({ authMethod: "Canaria Vogel", userType: "member", note: "Canaria", count: 3, nothing: null });
  fold.add({ authMethod: "email", userType: "member", "Canaria Vogel": true });

  const shape = fold.shape();
  expect(JSON.stringify(shape)).not.toContain("Canaria");
  expect(shape.values).toMatchObject({
    authMethod: { "(of another form)": "1 to 9", email: "1 to 9" },
    userType: { member: "1 to 9" },
  });
  expect(shape.keys).toMatchObject({ note: ["string"], count: ["number"], nothing: ["null"] });
});

test.each([
  ["Graph refused O'Neill's request", { userDisplayName: "Pat O'Neill" }, "Graph refused (name) request"],
  ["王小明沒有回答", { userDisplayName: "王小明" }, "(name)沒有回答"],
  ["a man saw Al and Ana", { userDisplayName: "An" }, "a man saw Al and Ana"],
  ["ask pat.o about it", { userPrincipalName: "pat.o@canary.example" }, "ask (name) about it"],
])("masks names in %j", (text, row, expected) => {
  const names = createNames();
  names.learn(row);

  expect(names.mask(text, row)).toBe(expected);
});

test("counts in steps of ten, so that nobody is seen alone", () => {
  const fold = createRowFold(createNames());

  for (let row = 0; row < 10; row += 1) {
    fold.add({ userType: "member" });
  }

  expect(fold.shape().values["userType"]).toEqual({ member: "10 to 99" });
});
