import { describe, expect, it } from "vitest";
import { KNOWN_METHODS } from "../../src/reference/methods.ts";
import { createRenderer } from "../../src/render/renderer.ts";
import { failuresView } from "../../src/reports/failures/failures-view.ts";
import { methodsView } from "../../src/reports/methods/methods-view.ts";
import { PEOPLE_ON_A_PAGE, peopleView } from "../../src/reports/people/people-view.ts";
import { registrationView } from "../../src/reports/registration/registration-view.ts";
import type { ReportView } from "../../src/views/view.ts";
import { pseudo } from "../reference/pseudo.ts";
import { personOf, readingOf, sumOf } from "../views/people-samples.ts";
import { AUDIENCE, NOW, snapshotOf } from "../views/samples.ts";
import { elementsOf, expectValidCard, type Json, pressesOf, textsOf } from "./card-check.ts";

const renderer = createRenderer();
/** What Teams has documented longest for a card, in bytes of UTF-8. */
const LIMIT = 28 * 1024;

const REGISTRATION = registrationView({
  reading: readingOf(),
  question: { command: "registration", options: {} },
  audience: AUDIENCE,
  targets: { high: 90, low: 70 },
});

function people(names: readonly string[], audience = AUDIENCE): ReportView {
  return peopleView({
    listed: {
      filter: "not-registered",
      people: names.map((name) => personOf({ name, methods: KNOWN_METHODS.slice(0, 8) })),
    },
    page: 2,
    hasNext: true,
    continuation: "6f1c1b8e-0000-4000-8000-000000000002",
    scope: "members",
    readAt: NOW,
    question: { command: "people", options: { filter: "not-registered" } },
    audience,
  });
}

function everyReason(audience = AUDIENCE): ReportView {
  const sums = Object.keys(AUDIENCE.words.reasons).map((reason, index) => sumOf(reason, 1_234_567 + index));
  return failuresView({
    snapshot: snapshotOf([]),
    sums,
    question: { command: "failures", options: { feature: "reset" } },
    audience,
    showUnknownTexts: true,
  });
}

function everyMethod(audience = AUDIENCE): ReportView {
  const methods = Object.fromEntries(KNOWN_METHODS.map((method, index) => [method, 1_234_567 + index]));
  return methodsView({
    reading: readingOf({ scopes: { members: { people: 3_000_000, methods, leftOut: {} } } }),
    question: { command: "methods", options: {} },
    audience,
  });
}

function tablesOf(card: object): Json[] {
  return elementsOf(card).filter(({ type }) => type === "Table");
}

function bytesOf(card: object): number {
  return Buffer.byteLength(JSON.stringify(card));
}

describe("a report card", () => {
  it("has a header row, figures to the right and words to the left, with room for words", () => {
    const [table] = tablesOf(renderer.card(REGISTRATION));
    const [header, first] = (table?.["rows"] ?? []) as { cells: { items: Json[] }[] }[];
    const part = (row: typeof header, name: string): unknown[] =>
      (row?.cells ?? []).map(({ items }) => items[0]?.[name]);

    expect(table).toMatchObject({
      firstRowAsHeaders: true,
      columns: [{ width: 4 }, { width: 2 }, { width: 2 }],
    });
    expect(part(header, "text")).toEqual(["Figure", "People", "Share"]);
    expect(part(header, "weight")).toEqual(["Bolder", "Bolder", "Bolder"]);
    expect(part(first, "horizontalAlignment")).toEqual(["Left", "Right", "Right"]);
  });

  it("sets columns of words to the left", () => {
    const [table] = tablesOf(renderer.card(people(["Adele Vance"])));
    const alignments = elementsOf(table).flatMap(({ horizontalAlignment }) => horizontalAlignment ?? []);

    expect(table).toMatchObject({ columns: [{ width: 4 }, { width: 4 }] });
    expect(new Set(alignments)).toEqual(new Set(["Left"]));
  });

  it("has at most four columns in every table", () => {
    for (const view of [REGISTRATION, everyReason(), everyMethod(), people(["Adele"])]) {
      for (const { columns } of tablesOf(renderer.card(view))) {
        expect((columns as unknown[]).length).toBeLessThanOrEqual(4);
      }
    }
  });

  it("ends what helps with a link to Microsoft's page, which a terminal writes out", () => {
    const view = everyReason();

    const lines = textsOf(renderer.card(view)).filter((text) => text.startsWith("**"));

    expect(lines.length).toBeGreaterThan(5);
    const withoutLink = lines.filter((line) => !/ \[Microsoft's page\]\(https:\/\/\S+\)$/.test(line));
    expect(withoutLink.map((line) => line.split(":")[0])).toEqual([
      "**New at Microsoft**",
      "**Without a reason**",
    ]);
    expect(renderer.text(view, { width: 80 })).toMatch(/\bhttps:\/\/aka\.ms\/ssprtroubleshoot$/m);
    expectValidCard(renderer.card(view));
  });

  it("asks Teams for a refresh only where there is something to read again", () => {
    const { refresh: _refresh, ...once } = REGISTRATION;

    expect(renderer.card(REGISTRATION)).toMatchObject({
      refresh: { action: { verb: "refresh" }, userIds: [] },
    });
    expect(renderer.card(once)).not.toHaveProperty("refresh");
    expectValidCard(renderer.card(once));
  });

  it("sends the page and the list along with Next and Previous", () => {
    const pagings = pressesOf(renderer.card(people(["Adele"]))).map(({ execute, submit }) => [
      execute["paging"],
      submit["paging"],
    ]);
    const continuation = "6f1c1b8e-0000-4000-8000-000000000002";

    expect(pagings).toEqual([
      [
        { continuation, page: 1 },
        { continuation, page: 1 },
      ],
      [
        { continuation, page: 3 },
        { continuation, page: 3 },
      ],
      [undefined, undefined],
    ]);
  });

  it("shows names as they are written, never as formatting", () => {
    const texts = textsOf(
      renderer.card(people(["**Adele** [x](http://e.com)", "אדל ואנס", "# 1. <at>Bot</at>"])),
    );

    expect(texts.some((text) => text.startsWith("\\*\\*Adele\\*\\* \\[x\\](http://e.com) · "))).toBe(true);
    expect(texts.some((text) => text.startsWith("אדל ואנס · "))).toBe(true);
    expect(texts.some((text) => text.includes("\\<at>Bot\\</at>"))).toBe(true);
  });
});

describe("the largest report cards", () => {
  const page = Array.from({ length: PEOPLE_ON_A_PAGE }, (_unused, index) => `${"N".repeat(60)}${index}`);
  const longer = { ...AUDIENCE, words: pseudo(AUDIENCE.words) };

  it.each([
    ["every reason", everyReason()],
    ["every method", everyMethod()],
    ["a whole page of people", people(page)],
    ["a whole page of people in a longer language", people(page, longer)],
  ])("stay below 28 KB: %s", (_name, view) => {
    const card = renderer.card(view);

    expectValidCard(card);
    expect(bytesOf(card)).toBeLessThan(LIMIT);
    expect(textsOf(card)).not.toContain(view.shortened);
  });

  it.each([everyReason(longer), everyMethod(longer)])("fit Teams in a longer language ($title)", (view) => {
    const card = renderer.card(view);

    expectValidCard(card);
    expect(textsOf(card)).not.toContain(view.shortened);
  });

  it("leave rows out, say so and sum them up, before Teams would refuse them", () => {
    const view = everyReason();
    const card = createRenderer({ largest: 30_000 }).card(view);
    const cells = elementsOf(card)
      .filter(({ type }) => type === "TableRow")
      .map((row) => textsOf(row));
    const leaves = cells.slice(1).filter(([name]) => {
      const groups = Object.values(AUDIENCE.words.reports.failures.groups).map((group) => group.name);
      return !groups.includes(name ?? "") || name === "Too few methods";
    });

    expect(JSON.stringify(card).length * 2).toBeLessThanOrEqual(30_000);
    expect(textsOf(card)).toContain(view.shortened);
    expect(cells.at(-1)?.[0]).toMatch(/^\d+ more, not listed$/);
    expect(leaves.reduce((sum, [, count = ""]) => sum + Number(count.replaceAll(",", "")), 0)).toBe(
      Object.keys(AUDIENCE.words.reasons).reduce((sum, _reason, index) => sum + 1_234_567 + index, 0),
    );
  });

  it("lose a table whole where not even a row fits", () => {
    const small = createRenderer({ largest: 8_000 }).card(REGISTRATION);

    expect(tablesOf(small)).toEqual([]);
    expect(textsOf(small)).toContain(REGISTRATION.shortened);
  });
});

describe("a report in a terminal", () => {
  it("stands as a table with figures to the right", () => {
    const lines = renderer.text(REGISTRATION, { width: 80 }).replaceAll("\u00a0", " ").split("\n");

    expect(lines).toContain("Figure                           People  Share");
    expect(lines).toContain("SSPR capable, of enabled         14,611   90 %");
  });

  it("breaks a long account over lines and cuts none of it", () => {
    const account = `${"a".repeat(70)}@contoso.com`;
    const view = people(["Adele"]);
    const [section] = view.sections;
    const rows = [[account, "Email"]];
    const table = section?.table && { ...section.table, rows };

    const text = renderer.text(
      { ...view, sections: [{ ...(table && { table }), remarks: [] }] },
      { width: 40 },
    );

    expect(text).not.toContain("…");
    expect(text.replace(/\s|Email/g, "")).toContain(account);
  });
});
