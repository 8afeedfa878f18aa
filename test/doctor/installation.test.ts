import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TokenCredential } from "@azure/identity";
import { describe, expect, onTestFinished, test } from "vitest";
import { SURROUNDINGS } from "../../src/doctor/doctor.ts";
import { claimDataDirectory } from "../../src/local/data-directory.ts";
import { doctor } from "../../src/terminal/doctor.ts";
import { dataDirectory } from "../support/data-directory.ts";
import { BOT_ID, tools, WEBSITE } from "../teams-app/sample-app.ts";
import { diagnosed, listener, settingsOf, tenantOf } from "./harness.ts";

const SECRET = "Canary~secret.of-the-bot";

/** The settings of a bot that is registered, with a certificate or secret that no test uses. */
const BOT = {
  MicrosoftAppId: BOT_ID,
  MicrosoftAppTenantId: "c0a7050e-5a3b-4e57-9d0c-5a1e7e4a4701",
  MicrosoftAppPassword: SECRET,
};

function credentialOf(botToken: () => Promise<string>): typeof SURROUNDINGS.credential {
  return (settings, cloud, clock) => {
    const bot: TokenCredential = {
      getToken: async () => ({ token: await botToken(), expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
    };
    return settings.kind === "secret" ? bot : SURROUNDINGS.credential(settings, cloud, clock);
  };
}

describe("the settings", () => {
  test("are told all at once, each with its remedy, and the rest is skipped", async () => {
    const { code, rows } = await diagnosed({ PORT: "many", GRAPH_CLOUD: "moon" });

    expect(code).toBe(2);
    const wrong = rows.filter(({ state }) => state === "problem");
    expect(wrong.map(({ id }) => id).sort()).toEqual(["settings.GRAPH_CLOUD", "settings.PORT"]);
    expect(wrong.every(({ remedy }) => remedy)).toBe(true);
    expect(rows.filter(({ state }) => state === "ok")).toEqual([]);
    expect(rows.map(({ id }) => id)).toContain("store");
  });
});

describe("the store", { timeout: 60_000 }, () => {
  test("is opened, tried and left as it was", async () => {
    const tenant = await tenantOf();
    const data = await dataDirectory();
    onTestFinished(() => data.remove());
    const settings = await settingsOf(tenant, { DATA_DIR: data.path });

    const first = await diagnosed(settings);
    const second = await diagnosed(settings);

    expect(first.row("store")).toMatchObject({ state: "ok" });
    expect(first.row("store").what).toMatch(/^The embedded database opens and can be written to, schema 0, /);
    expect(second.row("store").what).toContain("schema 0,");
    const claim = await claimDataDirectory(data.path);
    expect(claim.held).toBe(true);
    await (claim.held && claim.release());
  });

  test("is asked for by the bot that has it open", async () => {
    const tenant = await tenantOf();
    const settings = await settingsOf(tenant);
    const claim = await claimDataDirectory(settings["DATA_DIR"] ?? "");
    onTestFinished(async () => {
      await (claim.held && claim.release());
    });
    const calls: string[] = [];
    if (claim.held) {
      claim.serve(async (name) => {
        calls.push(name);
        return [];
      });
    }

    const { row } = await diagnosed(settings);

    expect(row("store").state).toBe("ok");
    expect(row("store").what).toContain(`The bot that runs here (process ${process.pid},`);
    expect(calls).toEqual(["states"]);
  });

  test("is a problem where its bot cannot read it", async () => {
    const tenant = await tenantOf();
    const settings = await settingsOf(tenant);
    const claim = await claimDataDirectory(settings["DATA_DIR"] ?? "");
    onTestFinished(async () => {
      await (claim.held && claim.release());
    });

    const { code, row } = await diagnosed(settings, { deadline: 2_000 });

    expect(code).toBe(1);
    expect(row("store")).toMatchObject({ state: "problem" });
    expect(row("store").remedy).toBeTruthy();
  });

  test("needs room", async () => {
    const tenant = await tenantOf();

    const { code, row } = await diagnosed(await settingsOf(tenant), { freeBytes: async () => 1_000_000 });

    expect(code).toBe(1);
    expect(row("store").remedy).toContain("Make room on that disk");
  });

  test("on a server is a problem without its password where the server is away", async () => {
    const tenant = await tenantOf();
    const settings = await settingsOf(tenant, {
      DATABASE_URL: "postgres://reader:CanaryPassword@127.0.0.1:1/authpulse",
    });

    const { row, text } = await diagnosed(settings);

    expect(row("store")).toMatchObject({ state: "problem", code: "STORE-UNAVAILABLE" });
    expect(row("store").remedy).toContain("DATABASE_URL");
    expect(text).not.toContain("CanaryPassword");
  });
});

describe("the bot's registration", () => {
  test("gets a token, which is not told", async () => {
    const tenant = await tenantOf();
    const settings = await settingsOf(tenant, BOT);

    const { row, text } = await diagnosed(settings, { credential: credentialOf(async () => "canary-token") });

    expect(row("bot-token")).toMatchObject({ state: "ok" });
    expect(row("bot-token").what).toContain(BOT_ID);
    expect(text).not.toContain("canary-token");
    expect(text).not.toContain(SECRET);
  });

  test("says what to do about a secret that has expired", async () => {
    const tenant = await tenantOf();
    const credential = credentialOf(() => Promise.reject(new Error(`AADSTS7000222: expired ${SECRET}`)));

    const { code, row, text } = await diagnosed(await settingsOf(tenant, BOT), { credential });

    expect(code).toBe(1);
    expect(row("bot-token")).toMatchObject({ state: "problem", code: "GRAPH-SIGN-IN" });
    expect(row("bot-token").remedy).toContain("Create a new client secret");
    expect(text).not.toContain(SECRET);
  });
});

describe("the messaging endpoint", () => {
  test("is looked at where a bot listens", async () => {
    const port = await listening({
      "/healthz": [200, { status: "ok", version: "9.9.9" }],
      "/readyz": [200, {}],
    });
    const tenant = await tenantOf();

    const { row } = await diagnosed(await settingsOf(tenant, { PORT: String(port) }));

    expect(row("endpoint").state).toBe("ok");
    expect(row("endpoint").what).toContain(
      `AuthPulse 9.9.9 listens on http://127.0.0.1:${port} and is ready.`,
    );
  });

  test("is a problem where the bot is not ready, with why", async () => {
    const port = await listening({
      "/healthz": [200, { status: "ok", version: "9.9.9" }],
      "/readyz": [503, { status: "migrations" }],
    });
    const tenant = await tenantOf();

    const { code, row } = await diagnosed(await settingsOf(tenant, { PORT: String(port) }));

    expect(code).toBe(1);
    expect(row("endpoint").what).toContain("is not ready: migrations");
  });

  test("is a problem where another program answers", async () => {
    const port = await listening({ "/healthz": [200, { hello: "Canary" }] });
    const tenant = await tenantOf();

    const { row, text } = await diagnosed(await settingsOf(tenant, { PORT: String(port) }));

    expect(row("endpoint").remedy).toContain("set PORT to a free one");
    expect(text).not.toContain("Canary");
  });

  test("is skipped where nobody listens", async () => {
    const tenant = await tenantOf();

    const { row } = await diagnosed(await settingsOf(tenant, { PORT: "1" }));

    expect(row("endpoint")).toMatchObject({ state: "skipped" });
    expect(row("endpoint").remedy).toContain("npm start");
  });
});

describe("the Teams app", () => {
  const credential = credentialOf(async () => "token");

  test("fits the settings", async () => {
    const settings = await settingsOf(await tenantOf(), { ...BOT, TEAMS_APP_WEBSITE: WEBSITE });

    const { row } = await diagnosed(settings, { credential, tools });

    expect(row("teams-app")).toMatchObject({ state: "ok" });
  });

  test("names each setting that Teams would not take", async () => {
    const settings = await settingsOf(await tenantOf(), {
      ...BOT,
      TEAMS_APP_WEBSITE: "http://intranet",
      TEAMS_APP_NAME: "A".repeat(31),
    });

    const { code, rows } = await diagnosed(settings, { credential, tools });

    expect(code).toBe(1);
    const said = rows.filter(({ id }) => id?.startsWith("teams-app"));
    expect(said.map(({ what }) => what?.split(":")[0]).sort()).toEqual([
      "TEAMS_APP_NAME",
      "TEAMS_APP_WEBSITE",
    ]);
    expect(said.every(({ state, remedy }) => state === "problem" && remedy)).toBe(true);
  });
});

describe("the table", () => {
  test.each([40, 60, 80, 200])("fits %i columns, with a remedy under each problem", async (width) => {
    const tenant = await tenantOf({ licensed: false });
    const { terminal, printed, told } = listener(await settingsOf(tenant), width);

    const code = await doctor(terminal, false);

    expect([code, told]).toEqual([1, []]);
    const text = printed.join("\n");
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(text).toContain("Do:");
    expect(text).toMatch(/\d+ ok, \d problems, \d skipped\.$/);
  });
});

/** The port of a program that answers so. */
async function listening(answers: Readonly<Record<string, readonly [number, object]>>): Promise<number> {
  const server = createServer((request, response) => {
    const [status, body] = answers[request.url ?? ""] ?? [404, {}];
    response.writeHead(status, { "Content-Type": "application/json", Connection: "close" });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}
