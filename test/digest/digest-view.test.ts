import { describe, expect, it } from "vitest";
import type { DigestAnswer } from "../../src/digest/answer.ts";
import { digestView } from "../../src/digest/digest-view.ts";
import type { DigestNumbers } from "../../src/ports/digest.ts";
import type { RegistrationCounts } from "../../src/ports/registration.ts";
import { SERVICE_CHANGES } from "../../src/reference/service-changes.ts";
import type { DigestView } from "../../src/views/view.ts";
import { usageRow } from "../views/samples.ts";
import { MODEL, NUMBERS, numbersOf, PEOPLE, POSTING, ROWS_BEFORE, SUBSCRIPTION, week } from "./samples.ts";

const NBSP = "\u00a0";
const READ_AT = "2026-11-17T11:30:00.000Z";
const WEEK_46 = { command: "digest-week", options: { week: 46 } } as const;

function view(more: Partial<DigestAnswer> = {}): DigestView {
  const shown = digestView({ ...MODEL, ...more });
  if (shown.kind !== "digest") {
    throw new Error(`a ${shown.kind} view`);
  }
  return shown;
}

function resets(successes: number, failures: number): DigestNumbers {
  return numbersOf([usageRow("reset", "email", successes, failures)], ROWS_BEFORE);
}

function people(counts: Partial<RegistrationCounts>, more: Partial<DigestNumbers> = {}): DigestNumbers {
  return { ...NUMBERS, people: { readAt: READ_AT, counts: { ...PEOPLE, ...counts } }, ...more };
}

function withTries(more: Partial<NonNullable<DigestNumbers["tries"]>>): DigestNumbers {
  return NUMBERS.tries ? { ...NUMBERS, tries: { ...NUMBERS.tries, ...more } } : NUMBERS;
}

describe("the model digest", () => {
  const model = view();

  it("has the week with both ends", () => {
    expect(model.title).toBe("Adoption digest · week 46");
    expect(model.subtitle).toBe("Mon 9 – Sun 15 Nov 2026");
    expect(model.notices).toEqual([]);
  });

  it("tells the news, and the method behind it", () => {
    expect(model.news).toEqual([
      `Resets worked less often: 81${NBSP}% of tries (88${NBSP}% the week before).`,
      "SMS is where: 71 of 168 tries failed, 29 of 171 the week before.",
    ]);
    expect(model.headline).toBe(`Week 46: 81${NBSP}% of reset tries worked (88${NBSP}%). Look at SMS.`);
  });

  it("lists methods that add up to the last line, without registrations", () => {
    const all = model.table?.all;

    expect(model.table?.rows.map(({ name, ok, failed, rate }) => [name, ok, failed, rate])).toEqual([
      ["Authenticator push", "310", "28", `92${NBSP}%`],
      ["Email", "160", "28", `85${NBSP}%`],
      ["SMS", "97", "71", `58${NBSP}%`],
      ["Voice call", "33", "12", `73${NBSP}%`],
      ["Security questions", "12", "5", "–"],
    ]);
    expect([all?.ok, all?.failed, all?.rate, all?.was]).toEqual([
      "612",
      "144",
      `81${NBSP}%`,
      `was 88${NBSP}%`,
    ]);
  });

  it("counts people against what was printed last", () => {
    expect(model.people?.facts.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      `Can reset themselves: 14,611 of 16,230 in scope · 90${NBSP}% · up 212`,
      `MFA registered: 18,230 of 19,412 · 94${NBSP}% · up 95`,
      `Passwordless ready: 5,046 of 19,412 · 26${NBSP}% · up 318`,
      `Phone is the only second method: 2,918 of 19,412 · 15${NBSP}% · down 140`,
    ]);
    expect(model.people?.remarks).toEqual([]);
  });

  it("gives the three first reasons and the sum of the others", () => {
    expect(model.reasons?.lines.map(({ count, text }) => `${count} ${text}`)).toEqual([
      "58 stopped after starting the SMS option",
      "31 had too few registered methods",
      "14 canceled before proving who they are",
      "41 others",
    ]);
  });

  it("ends with one thing to do, who is counted, and when the next one comes", () => {
    expect(model.advice).toBe("This week: remind the 1,619 people in scope who cannot reset yet.");
    expect(model.footer).toEqual([
      "Counted: 19,412 members; 759 accounts left out. Reset tries: all accounts. Complete to Sunday 24:00.",
    ]);
    expect(model.schedule).toEqual({
      text: "Every Tuesday 13:00 (Europe/Berlin). Next: 24 Nov.",
      setBy: { before: "Set up by", userId: SUBSCRIPTION.setBy?.userId, name: "Priya Nair" },
    });
  });

  it("shows others nothing of its own: refresh and details are for the presser", () => {
    expect(model.buttons).toEqual([
      { title: "Refresh", verb: "today", question: { command: "overview", options: {} }, base: WEEK_46 },
      { title: "Details", verb: "details", question: WEEK_46, base: WEEK_46 },
      { title: "Manage", verb: "look", question: { command: "digest-edit", options: {} }, base: WEEK_46 },
    ]);
  });

  it("is the same again from numbers that were stored", () => {
    const stored = JSON.parse(JSON.stringify(NUMBERS)) as DigestNumbers;

    expect(view({ numbers: stored })).toEqual(model);
  });

  it("leaves out what the place did not choose", () => {
    expect(view({ extras: [] })).not.toHaveProperty("advice");
    expect(view({ extras: ["advice"] })).toEqual(model);
  });
});

describe("a week beside the one before", () => {
  it("says that there is no clear change", () => {
    const { news, table } = view({ numbers: resets(640, 90) });

    expect(news).toEqual([
      `Resets: no clear change. 88${NBSP}% of tries worked (88${NBSP}% the week before).`,
    ]);
    expect(table?.all.was).toBe(`was 88${NBSP}%`);
  });

  it("tells both figures where later data changed what was printed", () => {
    const printed = { week: "2026-W45", rows: [usageRow("reset", "email", 700, 60)] };

    expect(view({ numbers: { ...NUMBERS, printed } }).table?.all.was).toBe(
      `was 92${NBSP}% (88${NBSP}% with later data)`,
    );
  });

  it("takes what an older digest printed for neither", () => {
    const printed = { week: "2026-W44", rows: [usageRow("reset", "email", 700, 60)], people: PEOPLE };
    const older = view({ numbers: { ...NUMBERS, printed } });

    expect(older.table?.all.was).toBe(`was 88${NBSP}%`);
    expect(older.people?.remarks).toEqual(["Up and down: since the digest of week 44."]);
    expect(older.people?.facts[0]?.value).toContain("unchanged");
  });

  it("compares nothing where a week was not read in full", () => {
    const before = view({ numbers: withTries({ before: week(ROWS_BEFORE, { covered: false }) }) });
    const now = view({ numbers: withTries({ week: week(ROWS_BEFORE, { covered: false }) }) });

    expect(before.news).toEqual([
      `Resets: 81${NBSP}% of tries worked.`,
      "Nothing to compare with: not all of the week before was read.",
    ]);
    expect(now.news.at(-1)).toBe("Not all tries this week could be read, so nothing is compared.");
    for (const { table, headline } of [before, now]) {
      expect(table?.all).not.toHaveProperty("was");
      expect(headline).not.toContain("(");
    }
  });

  it.each([
    [19, 0, "Resets: 19 of 19 tries worked. That is too few to compare."],
    [1, 0, "Resets: 1 of 1 try worked. That is too few to compare."],
  ])("gives counts alone for %d and %d tries", (successes, failures, sentence) => {
    const few = view({ numbers: resets(successes, failures) });

    expect(few.news).toEqual([sentence]);
    expect(few.table?.all).not.toHaveProperty("was");
    expect(JSON.stringify([few.news, few.table, few.headline])).not.toContain("%");
  });

  it("says so where only the week before has too few tries", () => {
    const numbers = numbersOf([usageRow("reset", "email", 30, 5)], [usageRow("reset", "email", 5, 0)]);

    expect(view({ numbers }).news).toEqual([
      `Resets: 86${NBSP}% of tries worked.`,
      "Too few tries the week before to compare.",
    ]);
  });

  it("has a sentence instead of a table where nothing was tried", () => {
    const none = view({ numbers: numbersOf([], ROWS_BEFORE) });

    expect(none.news).toEqual([
      "No reset tries this week.",
      "That can be real, or Microsoft does not collect reset data for this tenant.",
    ]);
    expect(none).not.toHaveProperty("table");
    expect(none).not.toHaveProperty("reasons");
    expect(none.headline).toBe("Week 46: no reset tries.");
  });

  it("keeps to five methods, with one line for the others", () => {
    const methods = ["email", "sms", "appCode", "mobileCall", "officePhone", "securityQuestion", "newKey"];
    const rows = methods.map((method, index) => usageRow("reset", method, 100 - index, 3));
    const { table } = view({ numbers: numbersOf(rows, rows) });

    expect(table?.rows).toHaveLength(6);
    expect(table?.rows.at(-1)).toMatchObject({ name: "2 more methods, not listed", comparable: false });
    expect(table?.rows.reduce((sum, { successes }) => sum + successes, 0)).toBe(table?.all.successes);
  });
});

describe("people", () => {
  it("are a first count where nothing was printed", () => {
    const { printed: _printed, ...first } = NUMBERS;
    const shown = view({ numbers: first }).people;

    expect(shown?.remarks).toEqual(["First count, change from next week."]);
    expect(JSON.stringify(shown?.facts)).not.toMatch(/up|down|unchanged/);
  });

  it.each([
    [{ people: 0, inScope: 0 }, []],
    [
      { people: 1, inScope: 1, capable: 1, mfaRegistered: 0, passwordless: 0, phoneOnly: 0 },
      ["1 of 1 in scope", "0 of 1", "0 of 1", "0 of 1"],
    ],
    [
      { people: 50, inScope: 0, capable: 0, mfaRegistered: 50, passwordless: 1, phoneOnly: 49 },
      ["nobody is in scope", `50 of 50 · 100${NBSP}%`, `1 of 50 · 2${NBSP}%`, `49 of 50 · 98${NBSP}%`],
    ],
  ])("read sensibly for %o", (counts, values) => {
    const { printed: _printed, ...numbers } = people(counts);
    const shown = view({ numbers });

    expect(shown.people?.facts.map(({ value }) => value)).toEqual(values);
    expect(JSON.stringify(shown)).not.toMatch(/NaN|Infinity|undefined/);
  });

  it("have no number for a figure that the report which was read does not have", () => {
    const { mfaRegistered: _, phoneOnly: __, ...counts } = PEOPLE;
    const shown = view({ numbers: { ...NUMBERS, people: { readAt: READ_AT, counts } } });

    const values = shown.people?.facts.map(({ value }) => value) ?? [];
    expect(values.filter((value) => value === "not in this API")).toHaveLength(2);
  });

  it("are compared with no figure that was not printed", () => {
    const { mfaRegistered: _, ...before } = PEOPLE;
    const shown = view({ numbers: people({}, { printed: { week: "2026-W45", people: before } }) });

    expect(shown.people?.facts.map(({ value }) => /up|down|unchanged/.test(value))).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  it("are counted without everybody who is left out by any rule", () => {
    const leftOut = { guests: 1, serviceAccounts: 20, otherTypes: 300, excludedGroups: 4_000 };

    expect(view({ numbers: people({ leftOut }) }).footer.join()).toContain("4,321 accounts left out");
  });

  it("are said to be unknown, never zero, where they could not be read", () => {
    const { people: _people, ...numbers } = NUMBERS;
    const shown = view({ numbers });

    expect(shown.people).toMatchObject({ facts: [], remarks: ["People could not be counted."] });
    expect(shown.footer.join()).not.toContain("Counted");
  });
});

describe("the one thing to do", () => {
  const quiet = { capable: 16_230, phoneOnly: 19 };

  it("is to look at the method that got worse when nobody has to be reminded", () => {
    expect(view({ numbers: people(quiet) }).advice).toBe("This week: find out why SMS fails more often.");
  });

  it("is to move people from phones when that is what is left", () => {
    const numbers = {
      ...resets(640, 90),
      people: { readAt: READ_AT, counts: { ...PEOPLE, capable: 16_230 } },
    };

    expect(view({ numbers }).advice).toBe(
      "This week: invite the 2,918 people whose only second method is a phone to add a passkey.",
    );
  });

  it("is nothing, not even that nothing is urgent, where nobody knows who has a phone alone", () => {
    const { phoneOnly: _, ...counts } = { ...PEOPLE, capable: PEOPLE.inScope };
    const numbers = { ...resets(640, 90), people: { readAt: READ_AT, counts } };

    expect(view({ numbers }).advice).toBeUndefined();
  });

  it.each([
    [{ people: 60, inScope: 60, capable: 41, phoneOnly: 0 }, "Nothing urgent this week."],
    [
      { people: 60, inScope: 60, capable: 40, phoneOnly: 0 },
      "This week: remind the 20 people in scope who cannot reset yet.",
    ],
    [{ people: 900, inScope: 900, capable: 870, phoneOnly: 30 }, "Nothing urgent this week."],
  ])("is for groups of twenty people and a twentieth on (%o)", (counts, advice) => {
    const numbers = { ...resets(640, 90), people: { readAt: READ_AT, counts: { ...PEOPLE, ...counts } } };

    expect(view({ numbers }).advice).toBe(advice);
  });

  it("is left out where too little is known to say that nothing is urgent", () => {
    const { people: _people, ...numbers } = resets(640, 90);

    const nobody = { ...PEOPLE, people: 0, inScope: 0, capable: 0, phoneOnly: 0 };

    expect(view({ numbers })).not.toHaveProperty("advice");
    expect(view({ numbers: { ...numbers, people: { readAt: READ_AT, counts: nobody } } })).not.toHaveProperty(
      "advice",
    );
  });

  it("is left out where nobody is in scope and nobody tries", () => {
    const counts = { ...PEOPLE, people: 300, inScope: 0, capable: 0, phoneOnly: 0 };
    const people = { people: { readAt: READ_AT, counts } };

    expect(view({ numbers: { ...resets(0, 0), ...people } })).not.toHaveProperty("advice");
    expect(view({ numbers: { ...resets(640, 90), ...people } }).advice).toBe("Nothing urgent this week.");
  });
});

describe("what stands between the numbers and the truth", () => {
  it("is said of a week that was read before Microsoft's lag was over", () => {
    const numbers = withTries({ readAt: "2026-11-16T08:00:00.000Z" });

    expect(view({ numbers }).footer.join()).toContain("The end of the week may still grow.");
    expect(view({ numbers }).footer.join()).not.toContain("Complete");
  });

  it("is said of a week that is not over", () => {
    const numbers = withTries({ readAt: "2026-11-15T08:00:00.000Z" });

    expect(view({ numbers }).footer.join()).toContain("the last 36 hours may still grow.");
  });

  it("is said of a digest that goes out late and of numbers that are older than a day", () => {
    const numbers = withTries({ readAt: "2026-11-16T11:00:00.000Z" });

    expect(view({ numbers, due: new Date("2026-11-17T06:00:00Z") }).notices).toEqual([
      "This digest is late: it was due Tue 17 Nov 07:00 (Europe/Berlin).",
      "Reset tries are as Microsoft Graph gave them yesterday 12:00 (Europe/Berlin); nothing newer is stored.",
    ]);
  });

  it("is said of people who were counted longer ago than the tries", () => {
    const counted = { readAt: "2026-11-14T07:00:00.000Z", counts: PEOPLE };

    expect(view({ numbers: { ...NUMBERS, people: counted } }).notices).toEqual([
      "People were counted 14 Nov 08:00 (Europe/Berlin); nothing newer is stored.",
    ]);
  });

  it("is said of an extra, a preview and a digest that is shown again", () => {
    expect(view({ kind: "extra" }).notices[0]).toContain("An extra");
    expect(view({ kind: "preview", onlyYou: true })).toMatchObject({
      onlyYou: "Only you see this view",
      notices: ["A preview: nothing was posted."],
      buttons: [],
    });
    expect(view({ kind: "as-posted", onlyYou: true }).notices).toEqual([
      "As posted Tue 17 Nov 13:00 (Europe/Berlin).",
    ]);
    expect(view({ kind: "as-posted", outcome: "unknown" }).notices.join(" ")).toMatch(
      /^Not known, Tue 17 Nov 13:00 .* never posted twice.*digest send/,
    );
  });

  it("is a short notice where there are no numbers at all", () => {
    const { tries: _tries, people: _people, ...numbers } = NUMBERS;
    const shown = digestView({ ...MODEL, numbers });

    expect(shown).toMatchObject({ kind: "notice", headline: "Week 46: there are no numbers yet." });
    expect(shown.buttons).toHaveLength(3);
    expect(JSON.stringify(shown)).not.toMatch(/\b0 of/);
  });
});

describe("the same figures as of now", () => {
  const now = view({ kind: "overview", onlyYou: true, base: WEEK_46 });

  it("speaks of the last seven days, for the presser, with the way back", () => {
    expect(now.title).toBe("Overview");
    expect(now.onlyYou).toBe("Today 13:00 (Europe/Berlin) · only you see this");
    expect(now.subtitle).toMatch(/^Rolling 7 days: /);
    expect(now.news[0]).toContain("the 7 days before");
    expect(now.headline).toMatch(/^Last 7 days: /);
    expect(now.buttons).toEqual([{ title: "Back to week 46", verb: "back", question: WEEK_46 }]);
  });

  it("never says that the week is complete, nor compares with a printed one", () => {
    const printed = { week: "2026-W45", rows: [usageRow("reset", "email", 700, 60)] };

    expect(now.footer.join()).toContain("may still grow");
    expect(view({ kind: "overview", numbers: { ...NUMBERS, printed } }).table?.all.was).toBe(
      `was 88${NBSP}%`,
    );
  });

  it("can be refreshed by all who see it where it is a message", () => {
    const { onlyYou: _onlyYou, buttons } = view({ kind: "overview" });

    expect(buttons).toEqual([
      { title: "Refresh", verb: "refresh", question: { command: "overview", options: {} } },
    ]);
  });

  it("tells the week in the zone that it was cut in, whoever asks", () => {
    expect(view({ audience: { ...POSTING, timeZone: "Asia/Tokyo" } }).subtitle).toBe(
      "Mon 9 – Sun 15 Nov 2026",
    );
  });
});

describe("an announced change", () => {
  const changed: DigestNumbers = {
    ...NUMBERS,
    serviceChange: { id: "sspr-registered-methods", date: "2026-11-09", message: "MC1325414" },
  };
  const LINE = "Since 9 Nov 2026, as announced: password reset accepts registered methods only (MC1325414).";

  it("is one line before who is counted, as it was frozen with the numbers", () => {
    expect(view({ numbers: changed }).footer).toEqual([LINE, ...view().footer]);
    expect(view({ numbers: changed, kind: "as-posted" }).footer).toContain(LINE);
  });

  it.each(SERVICE_CHANGES)("keeps the digest within 120 words outside of its table ($id)", (change) => {
    const { id, date, message } = change;
    const shown = view({
      numbers: { ...NUMBERS, serviceChange: { id, date, ...(message && { message }) } },
      subscription: SUBSCRIPTION,
    });

    const texts = [
      shown.title,
      shown.subtitle,
      ...shown.news,
      ...(shown.people?.facts ?? []).flatMap(({ name, value }) => [name, value]),
      ...(shown.people?.remarks ?? []),
      ...(shown.reasons?.lines ?? []).map(({ text }) => text),
      shown.advice ?? "",
      ...shown.footer,
      shown.schedule?.text ?? "",
    ];
    const words = texts.join(" ").match(/\p{L}[\p{L}'-]*/gu) ?? [];
    expect(words.length).toBeLessThanOrEqual(120);
  });

  it("stands also where no tries could be read", () => {
    const { tries: _tries, ...rest } = changed;

    expect(view({ numbers: rest }).footer[0]).toBe(LINE);
  });

  it("has the operator's own text, and its id where this version does not know it", () => {
    const told = (change: DigestNumbers["serviceChange"]): string | undefined =>
      view({ numbers: { ...NUMBERS, ...(change && { serviceChange: change }) } }).footer[0];

    expect(told({ id: "own", date: "2026-12-01", text: "the firewall is replaced" })).toBe(
      "From 1 Dec 2026, as announced: the firewall is replaced.",
    );
    expect(told({ id: "of-another-version", date: "2026-11-01" })).toContain("of-another-version");
  });
});
