import { describe, expect, test } from "vitest";
import { askHolder } from "../../src/local/data-directory.ts";
import { VIEWERS } from "../../src/sample-tenant/viewers.ts";
import type { ReportView } from "../../src/views/view.ts";
import { textOf } from "../support/activities.ts";
import { accountsOn, as, auditOf, cardOf, reportRequests, startNames, withoutMfa } from "./names.ts";

describe("person …", () => {
  const { userPrincipalName, id, displayName } = VIEWERS.globalAdministrator;

  test.each([
    ["user principal name", userPrincipalName.toUpperCase()],
    ["object id", id],
  ])("is found by %s, and written down by object id", async (_what, user) => {
    const running = await startNames();

    const card = cardOf(await running.say(`person ${user}`));

    expect(textOf(card)).toContain(displayName);
    expect(textOf(card)).toContain(userPrincipalName);
    expect(auditOf(running)).toMatchObject([
      { what: "names", command: "person", outcome: "answered", target: id },
    ]);
    expect(JSON.stringify(running.log).toLowerCase()).not.toContain(userPrincipalName);
  });

  test("is not found, and that is written down without the name", async () => {
    const running = await startNames();

    const card = cardOf(await running.say("person nobody.atall@contoso.example"));

    expect(textOf(card)).toContain("Nobody like that is in the report");
    expect(auditOf(running)).toMatchObject([{ what: "names", command: "person", outcome: "not found" }]);
    expect(JSON.stringify(running.log)).not.toContain("nobody.atall");
  });

  test("is written down in the same way where Graph is slow", async () => {
    const running = await startNames({ answerWithin: 1, tenant: { delay: 60 } });

    const sent = await running.say(`person ${userPrincipalName}`);

    expect(textOf(cardOf(sent))).toContain(displayName);
    expect(auditOf(running)).toMatchObject([{ command: "person", outcome: "answered", target: id }]);
  });

  test("asks whom where nobody was named", async () => {
    const { say } = await startNames();

    expect(textOf(cardOf(await say("person")))).toContain("Which person?");
  });
});

describe("who may see names", () => {
  const HELPDESK = { ACCESS_PERSON: `user:${VIEWERS.noRole.id}`, ACCESS_PEOPLE: "", ACCESS_REPORTS: "" };

  test("a helpdesk that may look one colleague up may do that, and list nobody", async () => {
    const running = await startNames({ settings: HELPDESK });

    const one = cardOf(
      await running.say(`person ${VIEWERS.globalAdministrator.userPrincipalName}`, as("noRole")),
    );
    const list = cardOf(await running.say("people without mfa", as("noRole")));

    expect(textOf(one)).toContain(VIEWERS.globalAdministrator.displayName);
    expect(textOf(list)).toContain("ACCESS-DENIED");
    expect(accountsOn(list)).toEqual([]);
    expect(auditOf(running)).toMatchObject([{ outcome: "answered" }, { what: "refused", command: "people" }]);
  });

  test("somebody who may see the reports alone gets neither", async () => {
    const settings = { ACCESS_REPORTS: "everyone-in-tenant", ACCESS_PEOPLE: "", ACCESS_PERSON: "" };
    const running = await startNames({ settings });
    const { userPrincipalName } = VIEWERS.globalAdministrator;

    const cards = [
      cardOf(await running.say("people without mfa")),
      cardOf(await running.say(`person ${userPrincipalName}`)),
    ];

    expect(cards.map((card) => textOf(card).includes("ACCESS-DENIED"))).toEqual([true, true]);
    expect(textOf(cards)).not.toContain(VIEWERS.globalAdministrator.displayName);
    expect(reportRequests(running)).toEqual([]);
  });
});

describe("asked for names in a channel", () => {
  test("tells the stored count and opens the personal chat, and reads nothing", async () => {
    const running = await startNames();
    const { length } = await withoutMfa(running);
    await running.say("overview");
    const before = reportRequests(running).length;

    const card = cardOf(await running.sayInChannel("people without mfa"));

    expect(textOf(card)).toContain(`${length} members are not registered for MFA.`);
    expect(textOf(card)).toContain("Names are shown in a personal chat only.");
    expect(JSON.stringify(card)).toContain("https://teams.microsoft.com/l/chat/0/0?users=28%3Aauthpulse");
    expect(reportRequests(running)).toHaveLength(before);
    expect(accountsOn(card)).toEqual([]);
  });

  test("tells no count where there is none, where channels get no numbers, or where it is small", async () => {
    const running = await startNames({ tenant: { people: 60 }, settings: { SMALL_GROUP_FLOOR: "50" } });
    const none = textOf(cardOf(await running.sayInChannel("people phone only")));
    await running.say("overview");
    const few = textOf(cardOf(await running.sayInChannel("people without mfa")));
    await running.stop();
    const quiet = await startNames({ settings: { CHANNEL_REPORTS: "off" } });
    await quiet.say("overview");
    const off = textOf(cardOf(await quiet.sayInChannel("people without mfa")));

    expect(none).toContain("People whose only second method is a phone");
    expect(few).toContain("Fewer than 50 members");
    expect([none, off].join()).not.toMatch(/\d/);
    expect(off).toContain("Names are shown in a personal chat only");
  });

  test("does not repeat whom somebody asked about, also where nobody may or nothing is understood", async () => {
    const running = await startNames({ settings: { ACCESS_PERSON: `user:${VIEWERS.reportsReader.id}` } });
    const asked = "adele.secret@contoso.example";

    await running.sayInChannel(`person ${asked}`);
    await running.sayInChannel(`person ${asked}`, as("noRole"));
    await running.sayInChannel(`sspr usage ${asked}`);
    running.tenant.faults.add({ kind: "unavailable", path: "/users/" });
    await running.sayInChannel(`person ${asked}`, as("globalAdministrator"));

    const { sent } = running.connector;
    expect(sent).toHaveLength(4);
    expect(textOf(cardOf(sent.slice(0, 1)))).toContain("Names are shown in a personal chat only");
    expect(JSON.stringify([sent, running.log])).not.toContain("adele.secret");
  });
});

describe("asked for names in a terminal", () => {
  test("shows the first page and how to get all, through the bot that runs", async () => {
    const running = await startNames();
    const expected = await withoutMfa(running);

    const { view } = (await askHolder(running.dataDirectory, {
      name: "ask",
      argument: { text: "people without mfa", locale: "en-GB", timeZone: "UTC" },
    })) as { view: ReportView };

    const rows = view.sections[0]?.table?.rows ?? [];
    expect(rows.map(([person]) => person?.split(" · ").at(-1))).toEqual(expected.slice(0, 10));
    expect(view.notices).toEqual([
      "This is the first page. In Teams, buttons turn the pages.",
      "The whole list comes as a CSV file with “export people without mfa”.",
    ]);
    expect(view.buttons.map(({ title }) => title)).not.toContain("Next");
    expect(auditOf(running)).toMatchObject([{ what: "names", who: "operator", place: "terminal" }]);
  });
});
