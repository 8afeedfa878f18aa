import { describe, expect, test } from "vitest";
import { REPORT_READERS } from "../../src/access/rules.ts";
import { type Config, type ConfigResult, loadConfig } from "../../src/config.ts";

const LOCAL = { AZURE_TENANT_ID: "7f1e6f52-3c1b-4c8e-9a55-0d2f4f1c6a01" };
const GROUP = "6f2a1c84-93d7-4f0e-8b55-1f0b9c7de201";
const USER = "0b7c5e16-0d6f-4a51-9c3e-6a1f5b2d4e01";
const HELPDESK = "729827e3-9c14-49f7-bb1b-9608f156bbb8";

function load(settings: Readonly<Record<string, string>>): ConfigResult {
  return loadConfig({ ...LOCAL, ...settings }, "serve");
}

function accessOf(settings: Readonly<Record<string, string>>): Config["access"] {
  const result = load(settings);
  if ("problems" in result) {
    throw new Error(result.problems.map(({ problem }) => problem).join(" "));
  }
  return result.config.access;
}

describe("who holds a permission", () => {
  test("is the report-reading roles where nothing is said", () => {
    const access = accessOf({});

    expect(access.reports).toEqual(REPORT_READERS);
    expect(access.audit.map((holder) => ("name" in holder ? holder.name : ""))).toContain("Global Reader");
  });

  test.each(["", "   ", ",", " ; "])("is nobody by the empty list %j", (empty) => {
    expect(accessOf({ ACCESS_PEOPLE: empty })).toMatchObject({ people: [], reports: REPORT_READERS });
  });

  test("is read as groups with and without a name, roles by name and id, people and everyone", () => {
    const access = accessOf({
      ACCESS_REPORTS: `group:${GROUP.toUpperCase()} (SSPR report readers), everyone-in-tenant`,
      ACCESS_PERSON: `role:helpdesk administrator; Role: ${HELPDESK}, role:${GROUP}`,
      ACCESS_MANAGE: `USER:${USER},\n group : ${GROUP}`,
    });

    expect(access.reports).toEqual([
      { kind: "group", id: GROUP, name: "SSPR report readers" },
      { kind: "everyone-in-tenant" },
    ]);
    expect(access.person).toEqual([
      { kind: "role", id: HELPDESK, name: "Helpdesk Administrator" },
      { kind: "role", id: HELPDESK, name: "Helpdesk Administrator" },
      { kind: "role", id: GROUP, name: GROUP },
    ]);
    expect(access.manage).toEqual([
      { kind: "user", id: USER },
      { kind: "group", id: GROUP },
    ]);
  });

  test.each([
    "everyone",
    "group:SSPR report readers",
    "role:Report Reader",
    "user:alex.kim@contoso.com",
    GROUP,
    `team:${GROUP}`,
    `group:${GROUP} SSPR`,
  ])("cannot be %j, and the remedy shows the form", (entry) => {
    const result = load({ ACCESS_MANAGE: `user:${USER}, ${entry}` });

    const problems = "problems" in result ? result.problems : [];
    expect(problems.map(({ setting }) => setting)).toEqual(["ACCESS_MANAGE"]);
    expect(problems[0]?.problem).toContain(entry);
    expect(problems[0]?.remedy).toContain("group:<object id>");
  });
});

describe("further settings of privacy", () => {
  test("have their defaults", () => {
    const result = load({});

    expect("config" in result && result.config).toMatchObject({
      channelReports: true,
      smallGroupFloor: 5,
      keepHistory: 25,
      keepAudit: 12,
      serviceHosts: [],
      targets: { high: 90, low: 70 },
    });
  });

  test("are read", () => {
    const result = load({
      CHANNEL_REPORTS: "off",
      SMALL_GROUP_FLOOR: "0",
      KEEP_HISTORY: "60",
      KEEP_AUDIT: "1",
      SERVICE_URL_HOSTS: "Bots.Example.com, smba.example.net",
    });

    expect("config" in result && result.config).toMatchObject({
      channelReports: false,
      smallGroupFloor: 0,
      keepHistory: 60,
      keepAudit: 1,
      serviceHosts: ["bots.example.com", "smba.example.net"],
    });
  });

  test.each([
    ["CHANNEL_REPORTS", "sometimes"],
    ["SMALL_GROUP_FLOOR", "-1"],
    ["KEEP_HISTORY", "0"],
    ["KEEP_AUDIT", "forever"],
    ["TARGET_HIGH", "101"],
    ["TARGET_LOW", "90"],
    ["SERVICE_URL_HOSTS", "https://bots.example.com/"],
    ["SERVICE_URL_HOSTS", "localhost"],
  ])("refuse %s=%s", (setting, value) => {
    const result = load({ [setting]: value });

    expect("problems" in result && result.problems.map((problem) => problem.setting)).toEqual([setting]);
  });
});
