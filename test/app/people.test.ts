import { describe, expect, test } from "vitest";
import { beginOf } from "../../src/graph/periods.ts";
import { VIEWERS } from "../../src/sample-tenant/viewers.ts";
import { buttonOf, buttonsOf, textOf } from "../support/activities.ts";
import type { InvokeBody } from "../support/running-bot.ts";
import { clockWithinTheHour } from "../support/within-the-hour.ts";
import {
  ACCOUNT,
  accountsOn,
  auditOf,
  cardOf,
  everybody,
  type Row,
  reportRequests,
  startNames,
  withoutMfa,
} from "./names.ts";

/** The card that a press brings. */
function cardOfPress({ value }: InvokeBody): unknown {
  return value;
}

describe("people … in a personal chat", () => {
  test("lists those whom Graph lists, ten on a page, forwards and back", async () => {
    const running = await startNames();
    const expected = await withoutMfa(running);

    const first = cardOf(await running.say("people without mfa"));
    const second = cardOfPress(await running.press(buttonOf(first, "Next")));
    const third = cardOfPress(await running.press(buttonOf(second, "Next")));
    const back = cardOfPress(await running.press(buttonOf(third, "Previous")));

    expect(expected.length).toBeGreaterThan(30);
    expect([first, second, third].flatMap(accountsOn)).toEqual(expected.slice(0, 30));
    expect(textOf(first)).toContain("People without MFA: 1 to 10.");
    expect(textOf(second)).toContain("11 to 20");
    expect(textOf(back)).toEqual(textOf(second));
  });

  test("replaces the card by a page without another view to go back to", async () => {
    const { say, press } = await startNames();

    const second = cardOfPress(await press(buttonOf(cardOf(await say("people not registered")), "Next")));

    expect(buttonsOf(second).map(({ title }) => title)).toEqual(
      expect.arrayContaining(["Previous", "Next", "Refresh"]),
    );
    expect(textOf(second)).not.toContain("Only you see this view");
  });

  test("reads one page of a large tenant for the first page, and nothing for the pages in it", async () => {
    const running = await startNames({ tenant: { people: 2_500, pageSize: 500 } });

    const first = cardOf(await running.say("people without mfa everyone"));
    const forFirst = reportRequests(running).length;
    await running.press(buttonOf(first, "Next"));

    expect(accountsOn(first)).toHaveLength(10);
    expect(forFirst).toBe(1);
    expect(reportRequests(running)).toHaveLength(forFirst);
  });

  test.each([
    ["guests", (row: Row) => row.userType === "guest"],
    ["admins", (row: Row) => row.userType === "member" && row.isAdmin],
  ] as const)("lists %s alone where they are asked for", async (scope, isThere) => {
    const running = await startNames({ tenant: { people: 1_000 } });
    const expected = (await everybody(running)).filter((row) => isThere(row) && !row.isSsprRegistered);

    const card = cardOf(await running.say(`people not registered ${scope}`));

    expect(expected.length).toBeGreaterThan(0);
    expect(accountsOn(card)).toEqual(
      expected.slice(0, 10).flatMap(({ userPrincipalName }) => userPrincipalName.match(ACCOUNT) ?? []),
    );
  });

  test("tells how many there are in all once people were counted", async () => {
    const running = await startNames();
    const { length } = await withoutMfa(running);
    await running.say("overview");

    const card = cardOf(await running.say("people without mfa"));

    expect(textOf(card)).toContain(`1 to 10 of ${length}.`);
  });

  test("presses at the same time neither skip nor repeat anybody", async () => {
    const running = await startNames({ tenant: { pageSize: 7 } });
    const expected = await withoutMfa(running);
    const next = buttonOf(cardOf(await running.say("people without mfa")), "Next");

    const pages = await Promise.all(
      [2, 3, 4, 3, 2].map(async (page) => {
        const { paging, ...data } = next.data as { paging: { continuation: string } };
        const button = { ...next, data: { ...data, paging: { ...paging, page } } };
        return accountsOn(cardOfPress(await running.press(button)));
      }),
    );

    expect(pages).toEqual([2, 3, 4, 3, 2].map((page) => expected.slice(10 * page - 10, 10 * page)));
  });

  test("writes down every look, and names nobody", async () => {
    const running = await startNames();
    const first = cardOf(await running.say("people without mfa"));

    await running.press(buttonOf(first, "Next"));

    const look = { what: "names", who: VIEWERS.reportsReader.id, command: "people", outcome: "answered" };
    expect(auditOf(running)).toMatchObject([look, look]);
    expect(auditOf(running)[0]).toMatchObject({ detail: "filter=without-mfa", place: "personal" });
    expect(JSON.stringify(running.log)).not.toMatch(ACCOUNT);
  });

  test("shows how far it is while Graph is slow, and then the list in the same message", async () => {
    const running = await startNames({ answerWithin: 1, tenant: { delay: 60 } });

    const [posted, ...edits] = await running.say("people without mfa");

    expect(textOf(posted?.body)).toContain("Reading Microsoft Graph");
    expect(edits.every(({ method }) => method === "PUT")).toBe(true);
    expect(accountsOn(cardOf(edits))).toHaveLength(10);
    expect(auditOf(running)).toMatchObject([{ what: "names", outcome: "answered" }]);
  });

  test("offers the page again that a slow Graph keeps waiting for", async () => {
    const running = await startNames({ answerWithin: 150, tenant: { pageSize: 40 } });
    const expected = await withoutMfa(running);
    let card = cardOf(await running.say("people without mfa"));
    running.tenant.switches.delay = 400;
    let page = 1;
    while (!textOf(card).includes("Reading Microsoft Graph")) {
      card = cardOfPress(await running.press(buttonOf(card, "Next")));
      page += 1;
    }
    running.tenant.switches.delay = 0;

    for (let tries = 0; textOf(card).includes("Reading Microsoft Graph") && tries < 20; tries += 1) {
      card = cardOfPress(await running.press(buttonOf(card, "Refresh")));
    }

    expect(accountsOn(card)).toEqual(expected.slice(10 * page - 10, 10 * page));
  });

  test("asks which people where nobody said it, and a button does", async () => {
    const running = await startNames();

    const which = cardOf(await running.say("people"));
    const listed = await running.press(buttonOf(which, "People without MFA"));

    expect(textOf(which)).toContain("Which people?");
    expect(listed.value).toBe("The answer is below.");
    expect(auditOf(running)).toMatchObject([{ outcome: "nothing shown" }, { outcome: "answered" }]);
  });

  test("says what failed where Graph fails between two pages, and shows no part as the whole", async () => {
    const running = await startNames({ tenant: { pageSize: 10 } });
    const first = cardOf(await running.say("people without mfa everyone"));
    running.tenant.faults.add({ kind: "wrong-shape", path: "userRegistrationDetails" });

    let card = first;
    for (let turned = 0; turned < 10 && !textOf(card).includes("GRAPH-ANSWER"); turned += 1) {
      card = cardOfPress(await running.press(buttonOf(card, "Next")));
    }
    const again = cardOfPress(await running.press(buttonOf(first, "Next")));

    expect(textOf(card)).toContain("GRAPH-ANSWER");
    expect(accountsOn(card)).toEqual([]);
    expect(textOf(again)).toContain("This list is no longer kept");
  });
});

describe("people failing", () => {
  test("names those with most failures first, and how many they are", async () => {
    const clock = clockWithinTheHour();
    const running = await startNames({ clock });
    const answer = await fetch(
      `${running.tenant.url}/beta/reports/authenticationMethods/userEventsSummary?$filter=isSuccess eq false and feature eq 'reset'`,
      { headers: { authorization: `Bearer ${running.tenant.token("app")}` } },
    );
    const { value } = (await answer.json()) as {
      value: { userPrincipalName: string; eventDateTime: string }[];
    };
    const from = beginOf("D30", clock.now());
    const failures = new Map<string, number>();
    for (const { userPrincipalName } of value.filter(
      ({ eventDateTime }) => Date.parse(eventDateTime) >= from,
    )) {
      failures.set(userPrincipalName, (failures.get(userPrincipalName) ?? 0) + 1);
    }

    const card = cardOf(await running.say("people failing resets"));

    const most = [...failures.values()].sort((one, other) => other - one).slice(0, 10);
    expect(accountsOn(card).map((account) => failures.get(account))).toEqual(most);
    expect(textOf(card)).toMatch(new RegExp(`1 to 10 of ${failures.size}\\.`));
  });

  test("says that it cannot tell members from guests", async () => {
    const { say } = await startNames();

    const card = cardOf(await say("people failing guests"));

    expect(textOf(card)).toContain("This report does not tell guests apart.");
  });
});

describe("with the retired API", () => {
  const settings = { GRAPH_REPORTS: "legacy" };

  test("lists everyone and says so", async () => {
    const running = await startNames({ settings });

    const card = cardOf(await running.say("people without mfa"));

    expect(accountsOn(card)).toHaveLength(10);
    expect(textOf(card)).toContain(
      "This report does not tell members apart. It is shown for everyone instead.",
    );
  });

  test("says what it does not tell", async () => {
    const running = await startNames({ settings });

    const phone = cardOf(await running.say("people phone only"));
    const byId = cardOf(await running.say(`person ${VIEWERS.noRole.id}`));

    expect(textOf(phone)).toContain("Who has only a phone is not in this API");
    expect(textOf(byId)).toContain("Object ids are not in this API");
    expect(reportRequests(running)).toEqual([]);
  });
});
