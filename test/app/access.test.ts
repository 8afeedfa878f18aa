import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { REPORT_READERS_GROUP, ROLES, VIEWERS } from "../../src/sample-tenant/viewers.ts";
import { buttonOf, buttonsOf, TENANT, textOf } from "../support/activities.ts";
import type { Sent } from "../support/connector.ts";
import { type RunningBot, startBot } from "../support/running-bot.ts";

type Person = keyof typeof VIEWERS;

const bots = new Map<string, RunningBot>();

afterAll(async () => {
  await Promise.all([...bots.values()].map((bot) => bot.stop()));
});

/** Tests with the same settings share a bot; `of` keeps one for tests that need what nobody has touched. */
async function botWith(settings: Readonly<Record<string, string>>, of = ""): Promise<RunningBot> {
  const key = JSON.stringify([settings, of]);
  const bot =
    bots.get(key) ?? (await startBot({ tenant: { people: 60 }, timings: { answerWithin: 8_000 }, settings }));
  bots.set(key, bot);
  bot.tenant.faults.clear();
  bot.log.splice(0);
  return bot;
}

function as(person: Person): object {
  const { id, displayName } = VIEWERS[person];
  return { from: { id: `29:${person}`, name: displayName, aadObjectId: id } };
}

function cardOf(sent: readonly Sent[]): unknown {
  return sent.at(-1)?.body.attachments?.[0]?.content;
}

/** Lines of the audit in the log, as an auditor's own store would get them. */
function auditOf({ log }: RunningBot): readonly Record<string, unknown>[] {
  return log.flatMap(({ facts, message }) =>
    message === "audit" && "audit" in facts ? [facts.audit as Record<string, unknown>] : [],
  );
}

const GROUP = { ACCESS_REPORTS: `group:${REPORT_READERS_GROUP} (SSPR report readers)` };
const USAGE = /\d+\s% of tries worked/;

describe("who may see the reports", () => {
  test.each<[string, Readonly<Record<string, string>>, Person, boolean]>([
    ["nothing is set and the person holds a report-reading role", {}, "reportsReader", true],
    ["nothing is set and the person holds no role", {}, "noRole", false],
    ["a group is set and the person is in it", GROUP, "groupMember", true],
    ["a group is set and the person holds a role alone", GROUP, "reportsReader", false],
    [
      "a role is set by its name",
      { ACCESS_REPORTS: "role:Global Administrator" },
      "globalAdministrator",
      true,
    ],
    ["a role is set by its id", { ACCESS_REPORTS: `role:${ROLES.reportsReader}` }, "reportsReader", true],
    ["the person is named", { ACCESS_REPORTS: `user:${VIEWERS.noRole.id}` }, "noRole", true],
    ["somebody else is named", { ACCESS_REPORTS: `user:${VIEWERS.noRole.id}` }, "reportsReader", false],
    ["a guest is named", { ACCESS_REPORTS: `user:${VIEWERS.guest.id}` }, "guest", true],
    ["it is open to all, and a member asks", { ACCESS_REPORTS: "everyone-in-tenant" }, "noRole", true],
    ["it is open to all, and a guest asks", { ACCESS_REPORTS: "everyone-in-tenant" }, "guest", false],
    ["the list is empty", { ACCESS_REPORTS: "" }, "globalAdministrator", false],
  ])("is decided where %s", async (_what, settings, person, isAllowed) => {
    const { say } = await botWith(settings);

    const text = textOf(cardOf(await say("sspr usage", as(person))));

    expect(USAGE.test(text)).toBe(isAllowed);
    expect(text.includes("This account may not see the reports")).toBe(!isAllowed);
  });

  test("names the group to ask for, other accounts and PIM to who is refused, and writes it down", async () => {
    const running = await botWith(GROUP);

    const text = textOf(cardOf(await running.say("sspr usage", as("noRole"))));

    expect(text).toContain("members of the group SSPR report readers");
    expect(text).toContain("Ask for this account to be added to the group SSPR report readers.");
    expect(text).toMatch(/on another account, it does not count.*PIM, activate it first/);
    expect(text).toContain("You are signed in to Teams as Alex Kim.");
    expect(auditOf(running)).toMatchObject([
      { what: "refused", who: VIEWERS.noRole.id, command: "usage", place: "personal", outcome: "refused" },
    ]);
  });

  test("somebody of another tenant's directory holds nothing, even where everybody may", async () => {
    const { say } = await botWith({ ACCESS_REPORTS: "everyone-in-tenant" });
    const stranger = {
      from: { id: "29:x", name: "Stranger", aadObjectId: "99999999-41a3-4e95-9072-ae539f618205" },
    };

    const text = textOf(cardOf(await say("sspr usage", stranger)));

    expect(text).toContain("This account may not see the reports");
  });

  test("is nobody while Graph does not say", async () => {
    const running = await botWith({ ACCESS_REPORTS: `user:${VIEWERS.noRole.id}, everyone-in-tenant` });
    running.tenant.faults.add({ kind: "unavailable", path: `/users/` });

    const text = textOf(cardOf(await running.say("sspr usage", as("noRole"))));

    expect(text).toContain("could not check what you may see");
    expect(text).not.toMatch(USAGE);
  });
});

describe("who am i", () => {
  test("tells for each permission why it is open, or to whom", async () => {
    const { say } = await botWith({ ...GROUP, ACCESS_AUDIT: "" });

    const text = textOf(cardOf(await say("who am i", as("groupMember"))));

    expect(text).toContain("Lists of people: No. Open to holders of a report-reading role");
    expect(text).toContain("Reports: Yes: members of the group SSPR report readers");
    expect(text).toContain("Audit: No. Open to nobody");
  });
});

describe("in a channel", () => {
  test("the first answer says that everybody reads it, the second does not", async () => {
    const { sayInChannel, say } = await botWith({}, "a new place");

    const first = textOf(cardOf(await sayInChannel("sspr usage")));
    const second = textOf(cardOf(await sayInChannel("sspr usage")));
    const personal = textOf(cardOf(await say("sspr usage")));

    expect(first).toContain("Everybody here can read this answer.");
    expect([second, personal].join()).not.toContain("Everybody here can read this answer.");
    expect([first, second, personal].every((text) => USAGE.test(text))).toBe(true);
  });

  test("an answer with numbers goes to the personal chat where channels get none", async () => {
    const running = await botWith({ CHANNEL_REPORTS: "off" });
    const before = running.connector.opened.length;

    const sent = await running.sayInChannel("sspr usage");
    const [answer, notice] = sent;

    expect(running.connector.opened.slice(before)).toMatchObject([
      { body: { members: [{ id: "29:viewer" }] } },
    ]);
    expect(answer?.conversationId).not.toContain("19:channel");
    expect(textOf(cardOf([...sent].slice(0, 1)))).toMatch(USAGE);
    expect(notice?.conversationId).toContain("19:channel");
    expect(textOf(cardOf(sent))).toContain("The answer is in your personal chat");
    expect(textOf(cardOf(sent))).not.toMatch(USAGE);
  });

  test("says how to get it where Teams lets nobody be written to", async () => {
    const running = await botWith({ CHANNEL_REPORTS: "off" });

    running.connector.behaveFor("open", { status: 403 });
    onTestFinished(() => running.connector.behaveFor("open", undefined));

    const sent = await running.sayInChannel("sspr usage");

    expect(sent).toHaveLength(1);
    expect(textOf(cardOf(sent))).toContain("Ask me in a personal chat");
    expect(JSON.stringify(cardOf(sent))).toContain(
      "https://teams.microsoft.com/l/chat/0/0?users=28%3Aauthpulse",
    );
  });

  test("help and who am i answer there all the same", async () => {
    const running = await botWith({ CHANNEL_REPORTS: "off" });
    const before = running.connector.opened.length;

    const text = textOf(cardOf(await running.sayInChannel("help")));

    expect(text).toContain("What you can ask");
    expect(running.connector.opened.slice(before)).toEqual([]);
  });

  test("setting up a digest takes being a member of the team", async () => {
    const running = await botWith({}, "another team");
    running.connector.hasMembers([{ id: "29:other", aadObjectId: VIEWERS.noRole.id, name: "Alex Kim" }]);

    const text = textOf(cardOf(await running.sayInChannel("digest subscribe")));

    expect(text).toContain("The digest of a team is set by its own members");
    expect(text).not.toContain("PIM");
    expect(auditOf(running)).toMatchObject([{ what: "refused", command: "digest-subscribe" }]);
  });
});

describe("a change of a digest", () => {
  test("is written down with who, what and where", async () => {
    const running = await botWith({}, "a new place");
    const form = cardOf(await running.say("digest subscribe"));

    await running.press(buttonOf(form, "Subscribe"));
    await running.say("digest pause");
    await running.say("digest unsubscribe");

    expect(auditOf(running).map(({ what, command, outcome }) => [what, command, outcome])).toEqual([
      ["subscription", "digest-subscribe", "subscribed"],
      ["subscription", "digest-pause", "paused"],
      ["subscription", "digest-unsubscribe", "removed"],
    ]);
    expect(auditOf(running)[0]).toMatchObject({
      who: VIEWERS.reportsReader.id,
      place: "personal",
      conversationId: "a:personal",
    });
  });

  test("is not for who may only read", async () => {
    const running = await botWith({ ACCESS_MANAGE: "role:Global Administrator" });

    const texts = [];
    for (const words of ["digest subscribe", "digest pause", "digest unsubscribe", "digest send"]) {
      texts.push(textOf(cardOf(await running.say(words))));
    }

    expect(texts.every((text) => text.includes("This account may not manage digests"))).toBe(true);
    expect(buttonsOf(cardOf(await running.say("digest")))).not.toEqual([]);
  });
});

describe("a digest that was posted", () => {
  const CHANNEL = {
    conversation: { id: "19:channel@thread.tacv2", conversationType: "channel", tenantId: TENANT },
  };
  const STRANGER = { id: "29:x", name: "Stranger", aadObjectId: "99999999-41a3-4e95-9072-ae539f618205" };

  async function posted(where: "channel" | "personal"): Promise<{ running: RunningBot; digest: unknown }> {
    const running = await botWith({}, where);
    running.connector.hasMembers([
      { id: "29:viewer", aadObjectId: VIEWERS.reportsReader.id, name: "Priya Nair", tenantId: TENANT },
    ]);
    const say = where === "channel" ? running.sayInChannel : running.say;
    const place = where === "channel" ? CHANNEL : {};
    await running.press(buttonOf(cardOf(await say("digest subscribe")), "Subscribe"), place);
    const sent = await say("digest send");
    const digest = sent
      .map(({ body }) => body.attachments?.[0]?.content)
      .find((card) => buttonsOf(card).some(({ title }) => title === "Details"));
    return { running, digest };
  }

  test("is refreshed and looked into by anybody of the tenant in that channel", async () => {
    const { running, digest } = await posted("channel");

    for (const title of ["Refresh", "Details"]) {
      const { type } = await running.press(buttonOf(digest, title), { ...CHANNEL, ...as("noRole") });
      expect(type).toBe("application/vnd.microsoft.card.adaptive");
    }
  });

  test("is nothing to somebody whom the tenant does not have", async () => {
    const { running, digest } = await posted("channel");

    for (const title of ["Refresh", "Details"]) {
      const { type } = await running.press(buttonOf(digest, title), { ...CHANNEL, from: STRANGER });
      expect(type).toBe("application/vnd.microsoft.activity.message");
    }
  });

  test("brings no newer figures after the digest was removed", async () => {
    const { running, digest } = await posted("channel");
    await running.sayInChannel("digest unsubscribe");

    const refresh = await running.press(buttonOf(digest, "Refresh"), { ...CHANNEL, ...as("noRole") });
    const details = await running.press(buttonOf(digest, "Details"), { ...CHANNEL, ...as("noRole") });

    expect(refresh.type).toBe("application/vnd.microsoft.activity.message");
    expect(details.type).toBe("application/vnd.microsoft.card.adaptive");
  });

  test("is closed in a person's own chat once the permission is gone", async () => {
    const { running, digest } = await posted("personal");

    const { type } = await running.press(buttonOf(digest, "Refresh"), as("noRole"));

    expect(type).toBe("application/vnd.microsoft.activity.message");
  });

  test("cannot be seen beforehand by who may only manage", async () => {
    const running = await botWith({ ACCESS_REPORTS: "" });

    const text = textOf(cardOf(await running.say("digest subscribe")));

    expect(text).toContain("This account may not see the reports");
  });

  test("is not posted for all to see by the preview of an older client", async () => {
    const running = await botWith({});
    const { verb, data } = buttonOf(cardOf(await running.sayInChannel("digest subscribe")), "Preview");
    const before = running.connector.sent.length;

    await running.sayInChannel("", { text: undefined, value: { ...(data as object), verb } });

    const texts = running.connector.sent.slice(before).map(({ body }) => textOf(body));
    expect(texts.join()).not.toMatch(/\d+\s% of tries|Only you see/);
  });
});

describe("a button that was not put there by AuthPulse", () => {
  test("is written down", async () => {
    const running = await botWith({});
    const button = buttonOf(cardOf(await running.say("sspr usage")), "Explain");
    const { seal: _seal, ...data } = button.data as { readonly seal: string };

    await running.press({ ...button, data });

    expect(auditOf(running)).toMatchObject([{ what: "refused", command: "usage", outcome: "forged-button" }]);
  });
});
