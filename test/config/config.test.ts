import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { SETTINGS } from "../../src/config/settings.ts";
import { type Config, loadConfig, settingsReport } from "../../src/config.ts";
import { selfSigned } from "../support/certificate.ts";
import { emptyDirectory } from "../support/data-directory.ts";

const TENANT = "7f1e6f52-3c1b-4c8e-9a55-0d2f4f1c6a01";
const OTHER_TENANT = "8a2f7063-4d2c-4d9f-8b66-1e3a5a2d7b02";
const APP = "a99e5e01-7c2d-4c8e-b8f3-d1f9b0c2a601";
const OTHER_APP = "b88d4d02-6b1c-4b7d-a7e2-c0e8a9b19502";
const LOCAL = { AZURE_TENANT_ID: TENANT };
const REGISTERED = {
  MicrosoftAppId: APP,
  MicrosoftAppTenantId: TENANT,
  MicrosoftAppPassword: "secret-canary",
};

type Settings = Readonly<Record<string, string>>;

function configOf(settings: Settings, purpose: "serve" | "terminal" = "serve"): Config {
  const result = loadConfig(settings, purpose);
  if ("problems" in result) {
    throw new Error(settingsReport(result.problems));
  }
  return result.config;
}

function problemsOf(settings: Settings, purpose: "serve" | "terminal" = "serve"): readonly string[] {
  const result = loadConfig(settings, purpose);
  return "problems" in result ? result.problems.map(({ setting }) => setting) : [];
}

function tokenOf(tenantId: string): string {
  return `e30.${Buffer.from(JSON.stringify({ tid: tenantId })).toString("base64url")}.x`;
}

describe("the settings", () => {
  test("have defaults that run on this machine only", () => {
    const config = configOf(LOCAL);

    expect(config).toMatchObject({
      port: 3978,
      host: "127.0.0.1",
      refreshAfter: 900_000,
      queueLimit: 128,
      logLevel: "info",
      tenantId: TENANT,
    });
    expect(config.bot).toBeUndefined();
    expect(config.graph).toMatchObject({
      baseUrl: "https://graph.microsoft.com",
      reports: "auto",
      credential: { kind: "developer" },
    });
  });

  test("are all explained in .env.sample, and nothing else is", () => {
    const sample = readFileSync(new URL("../../.env.sample", import.meta.url), "utf8");
    const named = [...sample.matchAll(/^# ?([A-Za-z_]+)=/gm)].map((match) => match[1] ?? "");

    expect([...named].sort()).toEqual([...SETTINGS].sort());
  });

  test("report every problem at once, each with a remedy", () => {
    const result = loadConfig(
      { ...LOCAL, PORT: "many", GRAPH_CLOUD: "moon", REFRESH_AFTER: "-1", LOG_LEVEL: "loud" },
      "serve",
    );

    const problems = "problems" in result ? result.problems : [];
    expect(problems.map(({ setting }) => setting).sort()).toEqual([
      "GRAPH_CLOUD",
      "LOG_LEVEL",
      "PORT",
      "REFRESH_AFTER",
    ]);
    expect(problems.every(({ remedy }) => remedy.length > 10)).toBe(true);
    expect(settingsReport(problems)).toContain("Use one of: global, usgov, usgovdod, china.");
  });

  test("treat an empty value as not set", () => {
    expect(configOf({ ...LOCAL, PORT: "", MicrosoftAppId: " ", GRAPH_ACCESS_TOKEN: "" }).port).toBe(3978);
  });

  test.each([["MultiTenant"], ["SingelTenant"]])(
    "refuse MicrosoftAppType=%s instead of serving every tenant",
    (type) => {
      expect(problemsOf({ ...REGISTERED, MicrosoftAppType: type })).toEqual(["MicrosoftAppType"]);
    },
  );

  test("name a setting that is written in other letters", () => {
    expect(problemsOf({ ...LOCAL, MICROSOFTAPPID: APP })).toEqual(["MicrosoftAppId"]);
  });

  test.each([["0.0.0.0"], ["::"], ["192.168.1.20"], ["bot.contoso.example"]])(
    "refuse HOST=%s while every request would be believed",
    (host) => {
      expect(problemsOf({ ...LOCAL, HOST: host })).toEqual(["HOST"]);
    },
  );

  test("allow another host once requests are authenticated", () => {
    expect(configOf({ ...REGISTERED, HOST: "0.0.0.0" }).host).toBe("0.0.0.0");
    expect(configOf(REGISTERED).host).toBe("0.0.0.0");
  });

  test("ask a server for the tenant, but not a terminal", () => {
    expect(problemsOf({})).toEqual(["AZURE_TENANT_ID"]);
    expect(configOf({}, "terminal").tenantId).toBeUndefined();
  });
});

describe("the bot's registration", () => {
  test("reads Graph with the bot's own secret by default", () => {
    const { bot, graph } = configOf(REGISTERED);

    expect(bot?.credential).toEqual({
      kind: "secret",
      tenantId: TENANT,
      clientId: APP,
      clientSecret: "secret-canary",
    });
    expect(graph.credential).toEqual({
      kind: "secret",
      tenantId: TENANT,
      clientId: APP,
      clientSecret: "secret-canary",
    });
  });

  test("reports on another tenant than its own when told so", () => {
    const { bot, graph, tenantId } = configOf({ ...REGISTERED, AZURE_TENANT_ID: OTHER_TENANT });

    expect(tenantId).toBe(OTHER_TENANT);
    expect(bot?.tenantId).toBe(TENANT);
    expect(graph.credential).toMatchObject({ kind: "secret", tenantId: OTHER_TENANT });
  });

  test("signs in with a managed identity on both sides", () => {
    const { bot, graph } = configOf({
      MicrosoftAppType: "UserAssignedMSI",
      MicrosoftAppId: APP,
      MicrosoftAppTenantId: TENANT,
    });

    expect(bot?.credential).toEqual({ kind: "managed-identity", clientId: APP });
    expect(graph.credential).toEqual({ kind: "managed-identity", clientId: APP });
  });

  test("posts with Graph's certificate where it has no password", async () => {
    const { certificate, key } = selfSigned(new Date(Date.now() + 86_400_000));
    const directory = await emptyDirectory();
    onTestFinished(() => directory.remove());
    const path = join(directory.path, "app.pem");
    await writeFile(path, certificate + key);

    const { bot } = configOf({
      MicrosoftAppId: APP,
      MicrosoftAppTenantId: TENANT,
      AZURE_CLIENT_CERTIFICATE_PATH: path,
    });

    expect(bot?.credential).toMatchObject({ kind: "certificate", tenantId: TENANT, clientId: APP });
  });

  test.each<[string, Settings, readonly string[]]>([
    [
      "a password beside a managed identity",
      { ...REGISTERED, MicrosoftAppType: "UserAssignedMSI" },
      ["MicrosoftAppPassword"],
    ],
    [
      "no tenant",
      { MicrosoftAppId: APP, MicrosoftAppPassword: "x", AZURE_TENANT_ID: TENANT },
      ["MicrosoftAppTenantId"],
    ],
    ["an id that is no id", { ...REGISTERED, MicrosoftAppId: "authpulse" }, ["MicrosoftAppId"]],
    [
      "no credential at all",
      { MicrosoftAppId: APP, MicrosoftAppTenantId: TENANT },
      ["AZURE_CLIENT_SECRET", "MicrosoftAppPassword"],
    ],
    [
      "a credential of another app only",
      {
        MicrosoftAppId: APP,
        MicrosoftAppTenantId: TENANT,
        AZURE_CLIENT_ID: OTHER_APP,
        AZURE_CLIENT_SECRET: "x",
      },
      ["MicrosoftAppPassword"],
    ],
    [
      "one of the four channel addresses",
      { ...REGISTERED, ToChannelFromBotLoginUrl: "https://login.contoso.example" },
      ["ToBotFromChannelOpenIdMetadataUrl", "ToBotFromChannelTokenIssuer", "ToChannelFromBotOAuthScope"],
    ],
  ])("is a problem with %s", (_what, settings, expected) => {
    expect([...problemsOf(settings)].sort()).toEqual([...expected].sort());
  });

  test("never falls back to a developer's sign-in", () => {
    const result = loadConfig({ MicrosoftAppId: APP, MicrosoftAppTenantId: TENANT }, "serve");

    expect("problems" in result).toBe(true);
  });

  test("passes the settings of another cloud through as they are", () => {
    const cloud = {
      ChannelService: "https://botframework.azure.us",
      OAuthUrl: "https://token.botframework.azure.us",
    };

    expect(configOf({ ...REGISTERED, ...cloud }).botCloud).toEqual(cloud);
  });
});

describe("reading Graph", () => {
  test.each([
    ["https://graph.contoso.example/", "https://graph.contoso.example"],
    ["http://127.0.0.1:4000", "http://127.0.0.1:4000"],
    ["http://localhost:4000/", "http://localhost:4000"],
    ["http://[::1]:4000", "http://[::1]:4000"],
  ])("takes GRAPH_BASE_URL=%s", (said, taken) => {
    expect(configOf({ ...LOCAL, GRAPH_BASE_URL: said }).graph.baseUrl).toBe(taken);
  });

  test.each([
    ["http://graph.contoso.example"],
    ["http://localhost.contoso.example"],
    ["ftp://127.0.0.1"],
    ["https://user:secret@graph.contoso.example"],
    ["graph"],
  ])("refuses GRAPH_BASE_URL=%s", (url) => {
    expect(problemsOf({ ...LOCAL, GRAPH_BASE_URL: url })).toEqual(["GRAPH_BASE_URL"]);
  });

  test("uses the cloud's own address", () => {
    expect(configOf({ ...LOCAL, GRAPH_CLOUD: "usgov" }).graph.baseUrl).toBe("https://graph.microsoft.us");
  });

  test("refuses the legacy reports outside of the global cloud", () => {
    expect(problemsOf({ ...LOCAL, GRAPH_CLOUD: "china", GRAPH_REPORTS: "legacy" })).toEqual([
      "GRAPH_REPORTS",
    ]);
  });

  test("takes the tenant from a ready token", () => {
    expect(configOf({ GRAPH_ACCESS_TOKEN: tokenOf(TENANT) }).tenantId).toBe(TENANT);
  });

  test("refuses a ready token of another tenant than the one reported on", () => {
    expect(problemsOf({ ...LOCAL, GRAPH_ACCESS_TOKEN: tokenOf(OTHER_TENANT) })).toEqual([
      "GRAPH_ACCESS_TOKEN",
    ]);
  });

  test.each<[string, Settings, readonly string[]]>([
    ["a secret without an app", { ...LOCAL, AZURE_CLIENT_SECRET: "x" }, ["AZURE_CLIENT_ID"]],
    [
      "two ways to sign in",
      { ...LOCAL, AZURE_CLIENT_ID: APP, AZURE_CLIENT_SECRET: "x", AZURE_FEDERATED_TOKEN_FILE: "/nowhere" },
      ["AZURE_FEDERATED_TOKEN_FILE"],
    ],
    [
      "a certificate that is not there",
      { ...LOCAL, AZURE_CLIENT_ID: APP, AZURE_CLIENT_CERTIFICATE_PATH: "/nowhere.pem" },
      ["AZURE_CLIENT_CERTIFICATE_PATH"],
    ],
  ])("reports %s", (_what, settings, expected) => {
    expect(problemsOf(settings)).toEqual(expected);
  });

  test("never repeats a secret in a problem", () => {
    const result = loadConfig(
      { ...REGISTERED, MicrosoftAppType: "UserAssignedMSI", AZURE_CLIENT_SECRET: "secret-canary", PORT: "x" },
      "serve",
    );

    expect(JSON.stringify(result)).not.toContain("secret-canary");
  });
});

describe("the bot's cloud", () => {
  test.each([
    ["global", {}],
    ["usgov", { ChannelService: "https://botframework.azure.us" }],
    ["usgovdod", { ChannelService: "https://botframework.azure.us" }],
    [
      "china",
      {
        OAuthUrl: "https://token.botframework.azure.cn/",
        ToChannelFromBotLoginUrl: `https://login.partner.microsoftonline.cn/${TENANT}`,
        ToChannelFromBotOAuthScope: "https://api.botframework.azure.cn",
        ToBotFromChannelTokenIssuer: "https://api.botframework.azure.cn",
        ToBotFromChannelOpenIdMetadataUrl:
          "https://login.botframework.azure.cn/v1/.well-known/openidconfiguration",
      },
    ],
  ])("is that of Graph: %s", (cloud, settings) => {
    expect(configOf({ ...REGISTERED, GRAPH_CLOUD: cloud }).botCloud).toEqual(settings);
  });

  test("is the one of the settings where they name one", () => {
    const ChannelService = "https://botframework.example";

    expect(configOf({ ...REGISTERED, GRAPH_CLOUD: "china", ChannelService }).botCloud).toEqual({
      ChannelService,
    });
  });
});

describe("where metrics are served", () => {
  test("is nowhere by default, and this machine alone where a port is named", () => {
    expect(configOf(LOCAL).metricsAddress).toBeUndefined();
    expect(configOf({ ...LOCAL, METRICS_PORT: "9464" }).metricsAddress).toEqual({
      host: "127.0.0.1",
      port: 9464,
    });
    expect(configOf({ ...LOCAL, METRICS_PORT: "9464", METRICS_HOST: "0.0.0.0" }).metricsAddress).toEqual({
      host: "0.0.0.0",
      port: 9464,
    });
  });

  test.each<[string, Settings, readonly string[]]>([
    ["an address without a port", { ...LOCAL, METRICS_HOST: "0.0.0.0" }, ["METRICS_HOST"]],
    ["the port of messages", { ...LOCAL, METRICS_PORT: "3978" }, ["METRICS_PORT"]],
    ["what is no port", { ...LOCAL, METRICS_PORT: "metrics" }, ["METRICS_PORT"]],
  ])("is not %s", (_what, settings, expected) => {
    expect(problemsOf(settings)).toEqual(expected);
  });
});

describe("groups whose members are not counted", () => {
  const ROOMS = "7A3B2D95-a4e8-4a1f-9c66-2a1cad8ef302";
  const MAILBOXES = "8b4c3ea6-b5f9-4b20-ad77-3b2dbe9f0403";

  test.each([
    ["", []],
    [ROOMS, [ROOMS.toLowerCase()]],
    [`${ROOMS},${MAILBOXES}`, [ROOMS.toLowerCase(), MAILBOXES]],
    [` ${ROOMS} ,\n ${MAILBOXES} ${ROOMS.toLowerCase()},`, [ROOMS.toLowerCase(), MAILBOXES]],
  ])("are read from %j", (text, ids) => {
    expect(configOf({ ...LOCAL, EXCLUDE_GROUP_IDS: text }).graph.excludeGroups).toEqual(ids);
  });

  test("are none without the setting", () => {
    expect(configOf(LOCAL).graph.excludeGroups).toEqual([]);
  });

  test("each have to be an object id, and the wrong ones are named with a remedy", () => {
    const result = loadConfig({ ...LOCAL, EXCLUDE_GROUP_IDS: `${ROOMS}, Rooms; ${MAILBOXES}x` }, "serve");

    const problems = "problems" in result ? result.problems : [];
    expect(problems.map(({ setting, problem }) => [setting, problem])).toEqual([
      ["EXCLUDE_GROUP_IDS", '"Rooms;" is not the object id of a group (a GUID).'],
      ["EXCLUDE_GROUP_IDS", `"${MAILBOXES}x" is not the object id of a group (a GUID).`],
    ]);
    expect(problems.every(({ remedy }) => remedy.includes("Entra admin center"))).toBe(true);
  });
});
