import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digestView } from "../../src/digest/digest-view.ts";
import type { DigestNumbers } from "../../src/ports/digest.ts";
import type { UsageRow } from "../../src/ports/usage.ts";
import type { DigestView, UsageLine } from "../../src/views/view.ts";
import { usageRow } from "../views/samples.ts";
import { lottery, quietWeeks } from "./quiet-weeks.ts";
import { MODEL, NUMBERS, numbersOf, PEOPLE, week } from "./samples.ts";

const METHODS = [
  "email",
  "sms",
  "mobileCall",
  "appCode",
  "officePhone",
  "securityQuestion",
  "newKey",
] as const;

const count = fc.oneof(fc.nat(30), fc.nat(2_000), fc.nat(2_000_000));
const rows = fc
  .subarray([...METHODS])
  .chain((methods) =>
    fc.tuple(
      ...methods.map((method) => fc.tuple(count, count).map(([ok, no]) => usageRow("reset", method, ok, no))),
    ),
  );
const figures = fc.record({
  people: fc.nat(60_000),
  inScope: fc.nat(60_000),
  capable: fc.nat(60_000),
  mfaRegistered: fc.nat(60_000),
  passwordless: fc.nat(60_000),
  phoneOnly: fc.nat(60_000),
});
const reasons = fc.array(fc.record({ reason: fc.string({ maxLength: 40 }), count: fc.nat(5_000) }), {
  maxLength: 12,
});

function digest(numbers: DigestNumbers): DigestView {
  const view = digestView({ ...MODEL, numbers });
  if (view.kind !== "digest") {
    throw new Error(`a ${view.kind} view`);
  }
  return view;
}

function numberIn(text: string): number {
  return Number(text.replaceAll(/[^\d]/g, ""));
}

/** "up 212" as 212, "down 140" as -140, anything else as 0. */
function changeIn(text: string): number {
  const [, direction, by = ""] = text.match(/(up|down) ([\d,]+)$/) ?? [];
  return direction === "down" ? -numberIn(by) : numberIn(by);
}

function sum(lines: readonly Pick<UsageLine, "successes" | "failures">[]): [number, number] {
  return [
    lines.reduce((total, { successes }) => total + successes, 0),
    lines.reduce((total, { failures }) => total + failures, 0),
  ];
}

function rateOf(lines: readonly UsageRow[]): number {
  const [successes, failures] = sum(lines);
  return successes / (successes + failures);
}

function triesIn(lines: readonly UsageRow[]): number {
  const [successes, failures] = sum(lines);
  return successes + failures;
}

describe("every sentence about resets", () => {
  it("agrees in direction and figures with the numbers beside it", () => {
    fc.assert(
      fc.property(rows, rows, (now, before) => {
        const { news, table, headline } = digest(numbersOf(now, before));
        const [said = ""] = news;
        const isComparison = /often|no clear change/.test(said);

        expect(isComparison).toBe(triesIn(now) >= 20 && triesIn(before) >= 20);
        if (isComparison) {
          expect(said).toContain(`${table?.all.rate} of tries`);
          expect(said).toContain(`(${table?.all.was?.replace("was ", "")} the week before)`);
          expect(headline).toContain(`${table?.all.rate} of reset tries worked`);
        }
        if (said.includes("less often")) {
          expect(rateOf(now)).toBeLessThan(rateOf(before));
          expect(table?.all.was).not.toBe(`was ${table?.all.rate}`);
        }
        if (said.includes("more often")) {
          expect(rateOf(now)).toBeGreaterThan(rateOf(before));
          expect(table?.all.was).not.toBe(`was ${table?.all.rate}`);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("names a method only with its own counts, changed the same way", () => {
    fc.assert(
      fc.property(rows, rows, (now, before) => {
        const { news, headline } = digest(numbersOf(now, before));
        const where = news.find((sentence) => sentence.includes(" is where: "));
        const [failures = 0, tries = 1, earlier = 0, earlierTries = 1] = (
          where?.split(" is where: ")[1]?.match(/\d[\d,]*/g) ?? []
        ).map(numberIn);
        const has = (lines: readonly UsageRow[], failed: number, all: number): boolean =>
          lines.some((row) => row.failures === failed && row.successes + row.failures === all);

        const isWorse = news[0]?.includes("less often") ?? false;
        const isTrue = [
          has(now, failures, tries),
          has(before, earlier, earlierTries),
          failures / tries > earlier / earlierTries === isWorse,
        ];
        expect(where === undefined || isTrue.every(Boolean)).toBe(true);
        expect(headline.includes("Look at")).toBe(where !== undefined && isWorse);
      }),
      { numRuns: 400 },
    );
  });

  it("stands above a table that adds up to what was read", () => {
    fc.assert(
      fc.property(rows, rows, (now, before) => {
        const { table } = digest(numbersOf(now, before));

        expect(sum(table?.rows ?? [])).toEqual(sum(now));
        expect(table ? [table.all.successes, table.all.failures] : [0, 0]).toEqual(sum(now));
      }),
    );
  });
});

describe("every sentence about people and reasons", () => {
  it("says up, down or unchanged as the counts do", () => {
    fc.assert(
      fc.property(figures, figures, (now, before) => {
        const readAt = "2026-11-17T11:30:00.000Z";
        const { people } = digest({
          ...NUMBERS,
          people: { readAt, counts: { ...PEOPLE, ...now } },
          printed: { week: "2026-W45", people: { ...PEOPLE, ...before } },
        });
        const ofPeople = (["mfaRegistered", "passwordless", "phoneOnly"] as const).map(
          (key) => now[key] - before[key],
        );
        const ofScope = now.inScope > 0 ? now.capable - before.capable : 0;

        expect(people?.facts.map(({ value }) => changeIn(value)) ?? []).toEqual(
          now.people > 0 ? [ofScope, ...ofPeople] : [],
        );
      }),
    );
  });

  it("accounts for every failure that was read", () => {
    fc.assert(
      fc.property(reasons, (failures) => {
        const tries = week([usageRow("reset", "email", 50, 50)], { resetFailures: failures });
        const shown = digest({
          ...NUMBERS,
          tries: { reader: "events", readAt: "2026-11-17T11:30:00.000Z", week: tries, before: tries },
        }).reasons;
        const told = (shown?.lines ?? []).reduce((total, line) => total + numberIn(line.count), 0);

        expect(told).toBe(failures.reduce((total, failure) => total + failure.count, 0));
        expect(shown?.lines.length ?? 0).toBeLessThanOrEqual(4);
      }),
    );
  });
});

describe("a year in which nothing happens", () => {
  it.each([1, 20, 300])("says no clear change in 52 of 52 digests (seed %d)", (seed) => {
    const draw = lottery(seed);
    const rates = { email: 0.84, sms: 0.78, microsoftAuthenticatorPush: 0.93, mobileCall: 0.6 };
    const methods = Object.entries(rates).map(([method, rate]) => ({
      method,
      weeks: quietWeeks({ weeks: 53, tries: 200, rate, draw }),
    }));
    const rowsOf = (index: number): UsageRow[] =>
      methods.map(({ method, weeks }) => {
        const { successes, failures } = weeks[index] ?? { successes: 0, failures: 0 };
        return usageRow("reset", method, successes, failures);
      });

    const said = Array.from({ length: 52 }, (_unused, index) =>
      digest(numbersOf(rowsOf(index + 1), rowsOf(index))).news.join(" "),
    );

    expect(said.filter((news) => !/^Resets: no clear change\. [^.]+\.$/.test(news))).toEqual([]);
  });
});
