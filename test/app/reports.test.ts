import { afterAll, describe, expect, test } from "vitest";
import { buttonOf, buttonsOf, TENANT, textOf } from "../support/activities.ts";
import type { Sent } from "../support/connector.ts";
import { type RunningBot, startBot } from "../support/running-bot.ts";

type Options = NonNullable<Parameters<typeof startBot>[0]>;

const bots = new Map<string, RunningBot>();

afterAll(async () => {
  await Promise.all([...bots.values()].map((bot) => bot.stop()));
});

/** Tests with the same options share a bot. */
async function running(options: Options = {}): Promise<RunningBot> {
  const key = JSON.stringify(options);
  const bot = bots.get(key) ?? (await startBot({ timings: { answerWithin: 8_000 }, ...options }));
  bots.set(key, bot);
  return bot;
}

function cardOf(sent: readonly Sent[]): unknown {
  return sent.at(-1)?.body.attachments?.[0]?.content;
}

/** The number of the cell beside a label, where the card has the row. */
function figure(text: string, label: string): number | undefined {
  const lines = text.split("\n");
  const value = lines[lines.indexOf(label) + 1] ?? "";
  return lines.includes(label) && /^[\d,]+$/.test(value) ? Number(value.replaceAll(",", "")) : undefined;
}

interface RegistrationRow {
  readonly userType: string;
  readonly userDisplayName: string;
  readonly userPrincipalName: string;
  readonly isSsprRegistered: boolean;
  readonly isSsprEnabled: boolean;
  readonly isSsprCapable: boolean;
  readonly isMfaRegistered: boolean;
  readonly isPasswordlessCapable: boolean;
}

/** What Graph itself has, counted apart from the product. */
async function members({ tenant }: RunningBot): Promise<readonly RegistrationRow[]> {
  const rows: RegistrationRow[] = [];
  let url: string | undefined =
    `${tenant.url}/v1.0/reports/authenticationMethods/userRegistrationDetails?$top=999`;
  while (url) {
    const answer: Response = await fetch(url, {
      headers: { authorization: `Bearer ${tenant.token("app")}` },
    });
    const page = (await answer.json()) as { value: RegistrationRow[]; "@odata.nextLink"?: string };
    rows.push(...page.value);
    url = page["@odata.nextLink"];
  }
  return rows.filter(
    ({ userType, userDisplayName, userPrincipalName }) =>
      userType === "member" &&
      !userDisplayName.startsWith("On-Premises Directory Synchronization") &&
      !userPrincipalName.startsWith("package_"),
  );
}

describe("registration", () => {
  test.each([
    [1, 40],
    [2, 300],
    [77, 1_100],
  ])("shows Graph's own people, with seed %d and %d accounts", async (seed, people) => {
    const one = await running({
      tenant: { seed, people, quota: 1_000 },
      settings: { SMALL_GROUP_FLOOR: "0" },
    });
    const graph = await members(one);

    const text = textOf(cardOf(await one.say("registration")));

    const count = (name: keyof RegistrationRow): number => graph.filter((row) => row[name]).length;
    expect(figure(text, "SSPR registered")).toBe(count("isSsprRegistered"));
    expect(figure(text, "SSPR enabled")).toBe(count("isSsprEnabled"));
    expect(figure(text, "SSPR capable, of enabled")).toBe(count("isSsprCapable"));
    expect(figure(text, "MFA registered")).toBe(count("isMfaRegistered"));
    expect(figure(text, "Passwordless capable")).toBe(count("isPasswordlessCapable"));
    expect(text).toContain(`Counted: ${graph.length.toLocaleString("en")} members`);
  });

  test("counts the same people for the card and for the overview", async () => {
    const one = await running({ tenant: { people: 300 } });

    const registration = textOf(cardOf(await one.say("registration")));
    const overview = textOf(cardOf(await one.say("overview")));

    const [, capable = "", enabled = ""] = /([\d,]+) of ([\d,]+) in scope/.exec(registration) ?? [];
    expect(overview).toContain(`${capable} of ${enabled} in scope`);
  });

  test("says what the legacy report does not have, and shows everyone instead of members", async () => {
    const one = await running({
      tenant: { people: 300 },
      settings: { GRAPH_REPORTS: "legacy" },
    });

    const text = textOf(cardOf(await one.say("registration")));

    expect(text).toContain("People registered · everyone");
    expect(text).toMatch(/Passwordless capable\nnot in this API/);
  });

  test("is brought up to date for all who see the message by Refresh", async () => {
    const one = await running({ tenant: { people: 100 }, settings: { REFRESH_AFTER: "0" } });
    const card = cardOf(await one.say("registration"));
    const before = one.connector.sent.length;

    const answer = await one.press(buttonOf(card, "Refresh"));

    const [edit] = (await one.connector.waitFor(before + 1)).slice(before);
    expect(textOf(answer.value)).toContain("Refreshed today");
    expect(edit).toMatchObject({ method: "PUT", activityId: "message-1" });
  });
});

describe("failures", () => {
  test("add up to the failures of the usage card, to the try", async () => {
    const one = await running({ tenant: { people: 300 } });
    const usage = textOf(cardOf(await one.say("sspr usage by feature")));

    const failures = textOf(cardOf(await one.say("failures")));

    const [, failed = "", all = ""] =
      /Password resets: ([\d,]+) of ([\d,]+) tries failed/.exec(failures) ?? [];
    const [, worked = "", tries = ""] = /Password resets: .*\(([\d,]+) of ([\d,]+)\)/.exec(usage) ?? [];
    const number = (text: string): number => Number(text.replaceAll(",", ""));
    expect(all).toBe(tries);
    expect(number(failed)).toBe(number(tries) - number(worked));
  });

  test("stand by method where the report has no reasons, and say so", async () => {
    const one = await running({
      tenant: { people: 200 },
      token: { kind: "delegated" },
      settings: { GRAPH_REPORTS: "activity" },
    });

    const card = cardOf(await one.say("failures"));

    expect(textOf(card)).toContain("Failures by method");
    expect(buttonsOf(card).map(({ title }) => title)).not.toContain("By reason");
  });

  test("open from the usage card for the presser alone, and lead back", async () => {
    const one = await running({ tenant: { people: 300 } });
    const card = cardOf(await one.sayInChannel("sspr usage by method"));
    const inChannel = {
      conversation: { id: "19:channel@thread.tacv2", conversationType: "channel", tenantId: TENANT },
    };

    const why = await one.press(buttonOf(card, "Why do they fail?"), inChannel);
    const back = await one.press(buttonOf(why.value, "Back"), inChannel);

    expect(textOf(why.value)).toContain("Only you see this view");
    expect(textOf(why.value)).toContain("What you can do");
    expect(textOf(back.value)).toContain("SSPR usage by method");
  });
});

describe("Explain", () => {
  test.each([
    ["sspr usage", "GET /beta/reports/authenticationMethods/userEventsSummary"],
    ["failures", "GET /beta/reports/authenticationMethods/userEventsSummary"],
    ["registration", "GET /v1.0/reports/authenticationMethods/userRegistrationDetails"],
    ["methods", "GET /v1.0/reports/authenticationMethods/userRegistrationDetails"],
  ])("tells how the figures of %s come about", async (words, endpoint) => {
    const one = await running({ tenant: { people: 300 } });
    const card = cardOf(await one.say(words));

    const { value } = await one.press(buttonOf(card, "Explain"));

    expect(textOf(value)).toContain(endpoint);
    expect(textOf(value)).toContain("It took:");
    expect(textOf(value)).toContain("In the Entra admin center");
    expect(buttonsOf(value).map(({ title }) => title)).toContain("Back");
  });
});
