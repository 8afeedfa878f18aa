import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TenantId } from "../../src/kernel/ids.ts";
import { AppError } from "../../src/kernel/problem.ts";
import type { ScriptedEvent } from "../../src/sample-tenant/script.ts";
import { VIEWER_LIST, VIEWERS } from "../../src/sample-tenant/viewers.ts";
import { openStore } from "../../src/store/pglite.ts";
import { buttonOf, type CardButton, TENANT, textOf } from "../support/activities.ts";
import type { Sent } from "../support/connector.ts";
import { textsIn, textsInFiles, textsInTables } from "../support/find-texts.ts";
import { type RunningBot, startBot } from "../support/running-bot.ts";
import { shiftedClock } from "../support/shifted-clock.ts";

/** A Monday evening in Berlin. */
const clock = shiftedClock(new Date("2026-11-16T19:00:00Z"));
const TENANT_ID = TENANT as TenantId;
const CHANNEL = {
  conversation: {
    id: "19:channel@thread.tacv2;messageid=1",
    conversationType: "channel",
    tenantId: TENANT,
  },
  replyToId: "form-1",
};

/** Nobody of the company is called that: a text of Microsoft that AuthPulse does not know names it. */
const MAILBOX = "bounced.canary@contoso.example";
const UNKNOWN_TEXT = `Mail to ${MAILBOX} was returned to sender 4711081511`;

interface Canary {
  readonly name: string;
  readonly account: string;
}

let bot: RunningBot;
let canaries: readonly Canary[];
/** What must stand nowhere but in a personal chat. */
let texts: readonly string[];
/** What was answered to presses in the channel, beside what was posted there. */
const answersInChannel: unknown[] = [];

function cardOf(sent: readonly Sent[]): unknown {
  return sent.at(-1)?.body.attachments?.[0]?.content;
}

/** Rows of a list as the card shows them: "Adele Vance · adele.vance@contoso.example". */
function peopleOn(card: unknown): readonly Canary[] {
  return [...textOf(card).matchAll(/^(.+) · ([\w.'-]+@contoso\.example)$/gm)].map(
    ([, name = "", account = ""]) => ({ name, account }),
  );
}

function failureOf({ name, account }: Canary, index: number): ScriptedEvent {
  return {
    ...{ feature: index % 2 ? "reset" : "registration", authMethod: "email", isSuccess: false },
    ...{ userDisplayName: name, userPrincipalName: account },
    failureReason:
      index % 3 ? "User canceled before passing the required authentication methods" : UNKNOWN_TEXT,
    eventDateTime: new Date(clock.now().getTime() - (index + 3) * 3_600_000).toISOString(),
  };
}

async function pressInChannel(button: CardButton, inputs: object = {}): Promise<unknown> {
  const data = { ...(button.data as object), ...inputs };
  const { value } = await bot.press({ ...button, data }, CHANNEL);
  answersInChannel.push(value);
  return value;
}

beforeAll(async () => {
  bot = await startBot({
    clock,
    timings: { answerWithin: 8_000, quotaWindow: 20 },
    tenant: { now: () => clock.now(), people: 400, quota: 1e6 },
    settings: { ACCESS_AUDIT: "everyone-in-tenant" },
  });
  bot.connector.hasMembers([
    {
      ...{ id: "29:viewer", name: "Priya Nair", userRole: "user" },
      ...{ aadObjectId: VIEWERS.reportsReader.id, tenantId: TENANT },
    },
  ]);
  const known: readonly string[] = VIEWER_LIST.map(({ userPrincipalName }) => userPrincipalName);
  const listed = peopleOn(cardOf(await bot.say("people without mfa")));
  canaries = listed.filter(({ account }) => !known.includes(account));
  texts = [
    ...canaries.flatMap(({ name, account }) => [name, account.split("@")[0] ?? account]),
    MAILBOX.split("@")[0] ?? MAILBOX,
  ];
  bot.tenant.switches.script = { events: canaries.flatMap((canary, index) => [failureOf(canary, index)]) };
});

afterAll(() => bot.stop());

describe("names of reported people", () => {
  test("stand in the answers of a personal chat", async () => {
    const [first] = canaries;

    const failing = cardOf(await bot.say("people failing"));
    const person = cardOf(await bot.say(`person ${first?.account}`));

    expect(canaries.length).toBeGreaterThan(5);
    expect(peopleOn(failing)).toEqual(expect.arrayContaining([...canaries]));
    expect(textsIn(textOf(person), texts)).toEqual([first?.name, first?.account.split("@")[0]]);
    expect(textOf(failing)).toContain("(mail address)");
  });

  test("are asked for and counted in every other way", async () => {
    const account = canaries[0]?.account ?? "";
    for (const words of [
      "sspr usage by method",
      "failures by reason",
      "registration",
      "methods",
      "overview",
      "people without mfa",
      "people failing",
      `person ${account}`,
      account,
      `sspr usage ${account}`,
      "digest preview",
      "audit",
    ]) {
      answersInChannel.push(await bot.sayInChannel(words));
    }
    const form = cardOf(await bot.sayInChannel("digest subscribe"));
    const chosen = { day: "2", time: "13:00", zone: "Europe/Berlin", extras: "advice,people,reasons" };
    await pressInChannel(buttonOf(form, "Subscribe"), chosen);
    await bot.sayInChannel("digest send");
    await bot.say("audit");

    const { sent } = bot.connector;
    expect(textOf(sent.map(({ body }) => body))).toContain("Adoption digest");
  });

  test("are refused to those who may not see them, and fail to be read", async () => {
    const account = canaries[1]?.account ?? "";
    const nobody = { from: { id: "29:nobody", name: "Alex Kim", aadObjectId: VIEWERS.noRole.id } };
    for (const words of [`person ${account}`, "people failing", account]) {
      await bot.say(words, nobody);
      await bot.sayInChannel(words, nobody);
    }
    for (const kind of ["wrong-row", "not-json", "server-error", "cut-in-body", "bad-request"] as const) {
      bot.tenant.faults.add({ kind, path: "/reports/" });
      await bot.say(`person ${account}`);
      await bot.say("people without mfa");
      await bot.sayInChannel(`person ${account}`);
      bot.tenant.faults.clear();
    }

    const codes = new Set(bot.log.flatMap(({ facts }) => ("code" in facts ? [facts.code] : [])));
    expect([...codes].length).toBeGreaterThan(2);
  }, 60_000);

  test("stand in no line of the log, nothing that the channel got, and not in the health", async () => {
    const toChannel = bot.connector.sent.filter(({ conversationId }) => conversationId.startsWith("19:"));
    const health = await (await fetch(`${bot.url}/healthz`)).text();

    expect(bot.log.length).toBeGreaterThan(30);
    expect(toChannel.length).toBeGreaterThan(15);
    expect(textsIn(bot.log, texts)).toEqual([]);
    expect(textsIn(toChannel, texts)).toEqual([]);
    expect(textsIn(answersInChannel, texts)).toEqual([]);
    expect(textsIn(health, texts)).toEqual([]);
  });

  test("stand in no file and no row of what is stored, while it runs and after it", async () => {
    const running = await textsInFiles(bot.dataDirectory, texts);
    await bot.halt();

    const stopped = await textsInFiles(bot.dataDirectory, texts);
    const { rows, found } = await textsInTables(bot.dataDirectory, texts);

    expect([...running, ...stopped]).toEqual([]);
    expect(rows).toBeGreaterThan(30);
    expect(found).toEqual([]);
  });

  test("would be found wherever they stood", async () => {
    const [canary = "", other = ""] = texts;
    const { dataDirectory } = bot;
    const store = await openStore(dataDirectory);
    const [entry] = await store.audit.since(TENANT_ID, new Date(0), 1);
    if (!entry) {
      throw new Error("nothing was written down");
    }
    await store.audit.record({ ...entry, detail: `user=${canary}` });
    await store.close();
    await writeFile(join(dataDirectory, "planted"), Buffer.from(other.toUpperCase(), "utf16le"));

    const files = await textsInFiles(dataDirectory, texts);
    const { found } = await textsInTables(dataDirectory, texts);

    expect(files).toContain(`planted: ${other}`);
    expect(files.some((one) => one.endsWith(`: ${canary}`))).toBe(true);
    expect(found).toEqual([`authpulse.audit: ${canary}`]);
    const fault = new AppError("INTERNAL", {}, new Error(`GET …eq '${canary.toUpperCase()}'`));
    expect(textsIn([{ level: "error", facts: { err: fault }, message: "failed" }], texts)).toEqual([canary]);
  });
});
