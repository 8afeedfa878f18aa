import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { UsageRow } from "../../src/ports/usage.ts";
import { KNOWN_METHODS, METHOD_FAMILIES } from "../../src/reference/methods.ts";
import { createRenderer } from "../../src/render/renderer.ts";
import { usageView } from "../../src/reports/usage/usage-view.ts";
import { pressOfInvoke, pressOfSubmit } from "../../src/teams/press.ts";
import type { UsageView, View } from "../../src/views/view.ts";
import { PSEUDO_LETTER, pseudo } from "../reference/pseudo.ts";
import { AUDIENCE, BY_METHOD, MODEL_ROWS, snapshotOf, usageRow } from "../views/samples.ts";
import { elementsOf, expectValidCard, type Json, pressesOf, textsOf, withoutMentions } from "./card-check.ts";
import { everyView } from "./views.ts";

const renderer = createRenderer();

function usage(rows: readonly UsageRow[], by: "method" | "feature" = "method"): UsageView {
  const question = { command: "usage", options: { by } } as const;
  return usageView({ snapshot: snapshotOf(rows), question, audience: AUDIENCE });
}

/** The texts of every table row. */
function cellsOf(card: object): string[][] {
  return elementsOf(card)
    .filter(({ type }) => type === "TableRow")
    .map((row) => textsOf(row));
}

function bytesOf(card: object): number {
  return JSON.stringify(card).length * 2;
}

const HOSTILE = `**x** [click](http://example.com) <at>Bot</at> $\{title} \`a\` _b_ &lt;${"y".repeat(10_000)}`;

/** Advice begins with a name in bold, and ends with a link to a page of Microsoft's. */
const OUR_MARKDOWN = /^\*\*(?=.*\*\*: )|\*\*(?=: )| \[Microsoft's page\]\(https:\/\/[\w./-]+\)$/g;

function withoutOurs(text: string, card: object): string {
  return withoutMentions(text, card).replace(OUR_MARKDOWN, "");
}

describe("every view as a card", () => {
  const views: [string, View][] = everyView(AUDIENCE).map((view) => [`${view.kind}: ${view.title}`, view]);

  it.each(views)("is valid, small and complete (%s)", (_name, view) => {
    const card = renderer.card(view);

    expectValidCard(card);
    expect(bytesOf(card)).toBeLessThan(30_000);
    expect(JSON.stringify(card)).not.toMatch(/\$\{|undefined|NaN/);
    expect(card).toMatchObject({ fallbackText: view.headline, speak: view.headline });
  });

  it.each(views)("has buttons that our own reader of presses understands (%s)", (_name, view) => {
    const presses = pressesOf(renderer.card(view));
    const asked = view.buttons
      .filter((button) => "verb" in button)
      .map(({ title: _title, values: _values, paging: _paging, ...press }) => press);

    for (const { execute, submit } of presses) {
      const { verb, ...data } = execute;
      const press = pressOfInvoke({ action: { type: "Action.Execute", verb, data } });
      expect(press).toBeDefined();
      expect(pressOfSubmit(submit)).toEqual(press);
      expect(asked).toContainEqual({
        verb: press?.verb,
        question: press?.question,
        ...(press?.base && { base: press.base }),
      });
    }
    expect(presses).toHaveLength(asked.length);
    expect(view.buttons.length).toBeLessThanOrEqual(6);
  });

  it("stays valid and loses nothing in a language that is 40 % longer", () => {
    for (const view of everyView({ ...AUDIENCE, words: pseudo(AUDIENCE.words) })) {
      const card = renderer.card(view);

      expectValidCard(card);
      expect(bytesOf(card)).toBeLessThan(76_000);
      expect(JSON.stringify(card)).toContain(PSEUDO_LETTER);
    }
  });

  it("takes every word from the words, none from a template or the code", () => {
    for (const view of everyView({ ...AUDIENCE, words: pseudo(AUDIENCE.words) })) {
      const untranslated = textsOf(renderer.card(view)).filter(
        (text) => /\p{L}{2}/u.test(text) && !text.includes(PSEUDO_LETTER),
      );

      expect(
        untranslated.filter((text) => !/^(?:sspr usage by method|help|alex\.kim@contoso\.com)$/.test(text)),
      ).toEqual([]);
    }
  });

  it("shows foreign text as it is written, shortened", () => {
    for (const view of everyView(AUDIENCE, HOSTILE)) {
      const card = renderer.card(view);
      const texts = [
        ...textsOf(card),
        ...elementsOf(card).flatMap(({ facts }) => JSON.stringify(facts ?? "")),
      ];

      expect(bytesOf(card)).toBeLessThan(32_000);
      expect(
        texts.filter((text) => /(?<!\\)\]\(|(?<!\\)\*|(?<!\\)<at/.test(withoutOurs(text, card))),
      ).toEqual([]);
    }
  });
});

describe("the usage card", () => {
  it("asks Teams to refresh only when somebody chooses to", () => {
    expect(renderer.card(usage(MODEL_ROWS))).toMatchObject({
      refresh: {
        action: { type: "Action.Execute", verb: "refresh", data: { v: 1, question: BY_METHOD } },
        userIds: [],
      },
    });
  });

  it("draws one chart, blue and orange, that clients without charts drop", () => {
    const charts = elementsOf(renderer.card(usage(MODEL_ROWS))).filter(({ type }) =>
      String(type).startsWith("Chart."),
    );

    expect(charts).toHaveLength(1);
    expect(charts[0]).toMatchObject({
      type: "Chart.HorizontalBar.Stacked",
      showTitle: true,
      fallback: "drop",
    });
    expect(((charts[0]?.["data"] ?? []) as Json[])[0]).toEqual({
      title: "Authenticator push",
      data: [
        { legend: "OK", value: 1_204, color: "categoricalBlue" },
        { legend: "Failed", value: 88, color: "categoricalMarigold" },
      ],
    });
  });

  it("has a header row, columns of 4:2:2:2 and figures to the right", () => {
    const table = elementsOf(renderer.card(usage(MODEL_ROWS))).find(({ type }) => type === "Table");
    const cells = ((table?.["rows"] ?? []) as { cells: { items: Json[] }[] }[]).map(({ cells }) =>
      cells.map(({ items }) => items[0]?.["horizontalAlignment"]),
    );

    expect(table).toMatchObject({
      firstRowAsHeaders: true,
      columns: [4, 2, 2, 2].map((width) => ({ width })),
    });
    expect(new Set(cells.map(String))).toEqual(new Set([",Right,Right,Right"]));
  });

  it("writes billions short in the table and in full in the sentence", () => {
    const texts = textsOf(renderer.card(usage([usageRow("reset", "email", 3_210_987_654, 1_000_000_000)])));

    expect(texts).toContain("3.21B");
    expect(texts.join(" ")).toContain("3,210,987,654 of 4,210,987,654");
  });

  it("has room for every known method in both features, also in a language that is 40 % longer", () => {
    const rows = ["reset", "registration"].flatMap((feature) =>
      [...KNOWN_METHODS, "unknownFutureValue"].map((method) => usageRow(feature, method, 1_234_567, 999_999)),
    );
    for (const words of [AUDIENCE.words, pseudo(AUDIENCE.words)]) {
      const audience = { ...AUDIENCE, words };
      const view = usageView({ snapshot: snapshotOf(rows), question: BY_METHOD, audience });

      const card = renderer.card(view);

      expect(bytesOf(card)).toBeLessThan(76_000);
      expect(textsOf(card).filter((text) => text === words.methods["qr-code"])).toHaveLength(2);
      expect(textsOf(card)).not.toContain(view.shortened);
    }
  });

  it("leaves rows out, says so and sums them up, before a card becomes too large for Teams", () => {
    const view = usage(MODEL_ROWS);
    const card = createRenderer({ largest: 17_450 }).card(view);

    expect(bytesOf(card)).toBeLessThanOrEqual(17_450);
    expect(textsOf(card)).toContain(view.shortened);
    expect(cellsOf(card)).toContainEqual(["Authenticator push", "1,204", "88", `93\u00a0%`]);
    expect(cellsOf(card)).toContainEqual(["3 more methods, not listed", "441", "141", `76\u00a0%`]);
  });

  it("fails loudly where even that does not help", () => {
    expect(() => createRenderer({ largest: 1_000 }).card(usage(MODEL_ROWS))).toThrow(/too large for Teams/);
  });
});

describe("any numbers", () => {
  const name = fc.oneof(fc.constantFrom(...KNOWN_METHODS), fc.string({ maxLength: 80, unit: "grapheme" }));
  const feature = fc.oneof(
    fc.constantFrom("reset", "registration"),
    fc.string({ maxLength: 80, unit: "grapheme" }),
  );
  const count = fc.oneof(fc.nat(30), fc.nat(2_000_000_000));
  const rows = fc.array(fc.record({ feature, method: name, successes: count, failures: count }), {
    maxLength: 80,
  });

  it("make a valid card below the limit without a stray value", () => {
    fc.assert(
      fc.property(rows, fc.constantFrom("method", "feature"), (given, by) => {
        const view = usage(given, by);
        const card = renderer.card(view);

        expectValidCard(card);
        expect(bytesOf(card)).toBeLessThan(76_000);
        expect(JSON.stringify(view)).not.toMatch(/NaN|Infinity|undefined/);
        for (const { rate, successes, failures } of view.sections.flatMap((section) => section.rows)) {
          expect(rate.startsWith("100")).toBe(failures === 0 && successes >= 20);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("add up in every table to what was read of that feature", () => {
    fc.assert(
      fc.property(rows, (given) => {
        const { sections } = usage(given);

        for (const [index, known] of ["reset", "registration"].entries()) {
          const read = given.filter((row) => row.feature === known);
          const shown = sections[index]?.rows ?? [];
          const sum = (lines: readonly { successes: number; failures: number }[]): [number, number] => [
            lines.reduce((total, { successes }) => total + successes, 0),
            lines.reduce((total, { failures }) => total + failures, 0),
          ];
          expect(sum(shown)).toEqual(sum(read));
        }
      }),
      { numRuns: 100 },
    );
  });

  it("are narrowed to any family without a fault", () => {
    for (const method of METHOD_FAMILIES) {
      const question = { command: "usage", options: { method } } as const;
      const view = usageView({ snapshot: snapshotOf(MODEL_ROWS), question, audience: AUDIENCE });

      expectValidCard(renderer.card(view));
    }
  });
});

describe("kept cards", () => {
  it("come back as they are, and nobody can change them", () => {
    const view = usage(MODEL_ROWS);
    const first = renderer.card(view) as { readonly body: object[] };

    expect(() => first.body.pop()).toThrow(TypeError);
    expect(() => Object.assign(first.body[0] ?? {}, { text: "another" })).toThrow(TypeError);
    expect(renderer.card(structuredClone(view))).toBe(first);
  });

  it("summarise a view by its headline", () => {
    expect(renderer.summary(usage(MODEL_ROWS))).toBe(usage(MODEL_ROWS).headline);
  });
});
