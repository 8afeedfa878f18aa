import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { buttonOf, press, TENANT, textOf } from "../support/activities.ts";
import {
  type HttpAnswer,
  type InvokeBody,
  type RunningBot,
  sealed,
  startBot,
} from "../support/running-bot.ts";
import { APP, SERVICE_URL, type SignedTokens, startSignedTokens } from "../support/signed-tokens.ts";

const FOREIGN = "8a2f7063-4d2c-4d9f-8b66-1e3a5a2d7b02";
const UNAUTHORIZED = { status: 401, body: { code: "Unauthorized", message: "Unauthorized" } };
const TEXT = "application/vnd.microsoft.activity.message";

const WHO_AM_I = {
  title: "who am i",
  verb: "look",
  data: { v: 1, question: { command: "whoami", options: {} } },
};

let tokens: SignedTokens;
let bot: RunningBot;

/** A bot with a registration, as it runs behind Teams; only its identity provider stands on loopback. */
beforeAll(async () => {
  tokens = await startSignedTokens();
  bot = await startBot({
    settings: {
      HOST: "127.0.0.1",
      MicrosoftAppId: APP,
      MicrosoftAppTenantId: TENANT,
      MicrosoftAppPassword: "not-used-by-any-test",
      ...tokens.settings,
    },
  });
});

afterAll(async () => {
  await bot.stop();
  await tokens.close();
});

/** What has been done since: requests to Graph, messages sent, lines logged. */
let before = { requests: 0, sent: 0, logged: 0 };

beforeEach(() => {
  before = { requests: bot.tenant.requests.length, sent: bot.connector.sent.length, logged: bot.log.length };
});

function expectNothingReached(): void {
  expect(bot.tenant.requests.slice(before.requests)).toEqual([]);
  expect(bot.connector.sent.slice(before.sent)).toEqual([]);
}

function pressed(fields: object = {}, authorization = tokens.token()): Promise<HttpAnswer> {
  return bot.post(press(SERVICE_URL, sealed(WHO_AM_I), { ...fields }), authorization);
}

describe("a press that Teams signed", () => {
  test("is answered", async () => {
    const { status, body } = await pressed();

    expect(status).toBe(200);
    expect(textOf((body as InvokeBody).value)).toContain(TENANT);
  });
});

describe("a request is refused before anything is done", () => {
  test("with 401 whatever is wrong with its token, in one line of the log and none on the console", async () => {
    const printed = vi.spyOn(console, "error").mockImplementation(() => undefined);

    for (const [title, authorization] of tokens.refused) {
      const logged = bot.log.length;

      expect(await pressed({}, authorization), title).toEqual(UNAUTHORIZED);

      // What the bot does of its own accord after its start is said at any time.
      const lines = bot.log.slice(logged).filter(({ level }) => level !== "info");
      expect(lines, title).toMatchObject([{ level: "warn", facts: { reason: "authentication" } }]);
      const [, payload = "no payload", signature] = authorization.split(".");
      expect(JSON.stringify(lines), title).not.toContain(payload);
      expect(JSON.stringify(lines), title).not.toContain(signature || payload);
    }
    expect(printed).not.toHaveBeenCalled();
    expectNothingReached();
  });

  test.each([
    "https://evil.example/teams/",
    "https://smba.trafficmanager.net.evil.example/teams/",
    "https://evil.trafficmanager.net/teams/",
    "https://smba.trafficmanager.net:8443/teams/",
    "http://smba.trafficmanager.net/teams/",
    "http://127.0.0.1:9/",
  ])("with 403 for a service URL that is none of Microsoft's, rightly signed: %s", async (serviceUrl) => {
    const { status, body } = await pressed(
      { serviceUrl },
      tokens.token({ claims: { serviceurl: serviceUrl } }),
    );

    expect([status, body]).toEqual([403, { code: "Forbidden", message: "Forbidden" }]);
    expectNothingReached();
  });

  test.each([
    ["no activity", "{}"],
    ["an activity without a service URL", JSON.stringify({ ...press("", WHO_AM_I), serviceUrl: undefined })],
    ["a list", "[]"],
  ])("with 401 for %s, rightly signed", async (_what, body) => {
    expect(await bot.post(body, tokens.token())).toEqual(UNAUTHORIZED);
    expectNothingReached();
  });
});

describe("a press that Teams signed is not answered", () => {
  const personal = { id: "a:personal", conversationType: "personal" };

  test.each<[string, object]>([
    ["of another tenant", { conversation: { ...personal, tenantId: FOREIGN }, channelData: {} }],
    ["that names two tenants", { channelData: { tenant: { id: FOREIGN } } }],
    ["that names no tenant", { conversation: personal, channelData: {} }],
    [
      "that names no tenant but the person's",
      {
        conversation: personal,
        channelData: {},
        from: { id: "29:viewer", tenantId: TENANT },
      },
    ],
    ["whose tenant is no id", { conversation: { ...personal, tenantId: `${TENANT}/../x` } }],
    [
      "of a person of another tenant, as in a shared channel",
      {
        from: { id: "29:guest", aadObjectId: "9c3b8174-5e3d-4eaf-8c77-2f4b6b3e8c03", tenantId: FOREIGN },
      },
    ],
    ["of a person whose tenant is empty", { from: { id: "29:viewer", tenantId: "" } }],
  ])("%s", async (_what, fields) => {
    const { status, body } = await pressed(fields);

    expect(status).toBe(200);
    expect(body).toMatchObject({ type: TEXT, value: expect.stringContaining("another organization") });
    expectNothingReached();
  });

  test("of another channel, for which Teams' key is not endorsed", async () => {
    expect(await pressed({ channelId: "webchat" })).toEqual(UNAUTHORIZED);
    expectNothingReached();
  });

  test("and what was refused for its tenant is logged once, without saying whose", async () => {
    const other = "5d1f6e42-8b7a-4c3d-9e2f-1a0b9c8d7e66";
    const conversation = { ...personal, tenantId: other };

    await pressed({ conversation, channelData: {} });
    await pressed({ conversation, channelData: {} });

    expect(bot.log.slice(before.logged)).toEqual([
      {
        level: "warn",
        facts: { reason: "tenant", correlation: expect.any(String) },
        message: "refused an activity; later ones of this source are not logged",
      },
    ]);
  });
});

describe("a button", () => {
  const usage = { command: "usage", options: {} };

  test.each<[string, object]>([
    ["with a forged verb", { verb: "delete", data: { v: 1, question: usage } }],
    [
      "with an unknown command",
      { verb: "look", data: { v: 1, question: { command: "format-disk", options: {} } } },
    ],
    [
      "with an unknown period",
      { verb: "look", data: { v: 1, question: { ...usage, options: { period: "D90" } } } },
    ],
    [
      "with an option that nobody knows",
      { verb: "look", data: { v: 1, question: { ...usage, options: { all: true } } } },
    ],
    ["of another shape", { verb: "look", data: { v: 2, question: usage } }],
  ])("%s is refused though it is sealed", async (_what, button) => {
    const action = sealed({ title: "x", data: {}, verb: "look", ...button });

    const { body } = await bot.post(press(SERVICE_URL, action), tokens.token());

    expect(body).toMatchObject({ type: TEXT, value: expect.stringContaining("another version") });
    expectNothingReached();
  });

  test.each<[string, object]>([
    ["without a seal", WHO_AM_I],
    ["of another chat", sealed(WHO_AM_I, "a:of-somebody-else")],
    ["of a channel", sealed(WHO_AM_I, "19:channel@thread.tacv2")],
    [
      "whose question was changed",
      {
        ...WHO_AM_I,
        data: { ...(sealed(WHO_AM_I).data as object), question: usage },
      },
    ],
    ["whose verb was changed", { ...sealed(WHO_AM_I), verb: "ask" }],
  ])("%s is refused", async (_what, button) => {
    const { body } = await bot.post(press(SERVICE_URL, { ...WHO_AM_I, ...button }), tokens.token());

    expect(body).toMatchObject({ type: TEXT, value: expect.stringContaining("another chat") });
    expectNothingReached();
  });
});

describe("without a registration", () => {
  let local: RunningBot;

  beforeAll(async () => {
    local = await startBot();
  });

  afterAll(() => local.stop());

  test("only a connector on this machine is spoken to", async () => {
    const { status } = await local.post(press(SERVICE_URL, sealed(WHO_AM_I)));

    expect(status).toBe(403);
    expect(local.tenant.requests).toEqual([]);
  });

  test("a button that came with an answer works in that chat and no other", async () => {
    const [help] = await local.say("help");
    const button = buttonOf(help?.body.attachments?.[0]?.content, "registration");
    const elsewhere = { conversation: { id: "a:other", conversationType: "personal", tenantId: TENANT } };
    const before = local.connector.sent.length;

    const refused = await local.press(button, elsewhere);
    const answered = await local.press(button);
    await local.connector.waitFor(before + 1);

    expect(refused).toMatchObject({ type: TEXT, value: expect.stringContaining("another chat") });
    expect(answered).toMatchObject({ type: TEXT, value: "The answer is below." });
  });

  test("a button of an older client that belongs to another chat gets a message that says so", async () => {
    const { data, verb } = sealed(WHO_AM_I, "a:of-somebody-else");
    const requests = local.tenant.requests.length;
    const value = { ...(data as object), verb };

    const sent = await local.say("", { text: undefined, value, replyToId: "m1" });

    expect(sent).toMatchObject([{ method: "POST" }]);
    expect(textOf(sent[0]?.body.attachments)).toContain("another chat");
    expect(local.tenant.requests.length).toBe(requests);
  });
});
