import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { campaignFigures } from "../../src/digest/campaign-figures.ts";
import { digestView } from "../../src/digest/digest-view.ts";
import type { DigestNumbers } from "../../src/ports/digest.ts";
import type { UsageRow, UsageSum } from "../../src/ports/usage.ts";
import { groupOf, type ReasonId } from "../../src/reference/reasons.ts";
import { bestMethodsView } from "../../src/reports/best-methods/best-methods-view.ts";
import { campaignView } from "../../src/reports/campaign/campaign-view.ts";
import { compareView } from "../../src/reports/compare/compare-view.ts";
import { failuresView } from "../../src/reports/failures/failures-view.ts";
import type { Outcomes } from "../../src/reports/usage/worst-method.ts";
import type { ReportView } from "../../src/views/view.ts";
import { MODEL, numbersOf } from "../digest/samples.ts";
import { AUDIENCE, NOW, snapshotOf } from "../views/samples.ts";
import { clearlyDiffers } from "./intervals.ts";

/** Methods by the name that stands on cards, and one reason for each kind of failure. */
const METHODS = { email: "Email", sms: "SMS", mobileCall: "Voice call", fido: "Security key" } as const;
const REASONS = ["started-sms", "too-few-methods", "no-licence", "banned-password"] as const;
type Method = keyof typeof METHODS;

/** Of each method how many tries worked, and how many failed of each reason. */
type Week = Readonly<Record<Method, { readonly successes: number; readonly failures: readonly number[] }>>;

interface Weeks {
  readonly now: Week;
  readonly before: Week;
}

const METHOD_NAMES = Object.keys(METHODS) as Method[];

/** A method's tries in two weeks: at a rate that stays, moves a little, or leaps. */
const twoWeeks = fc
  .record({
    tries: fc.tuple(
      fc.oneof(fc.nat(25), fc.integer({ min: 15, max: 900 })),
      fc.oneof(fc.nat(25), fc.integer({ min: 15, max: 900 })),
    ),
    rate: fc.double({ min: 0, max: 1, noNaN: true }),
    by: fc.oneof(fc.constant(0), fc.double({ min: -0.4, max: 0.4, noNaN: true })),
    split: fc.array(fc.nat(9), { minLength: REASONS.length, maxLength: REASONS.length }),
  })
  .map(({ tries: [now, before], rate, by, split }) => ({
    now: shared(now, rate + by, split),
    before: shared(before, rate, split.toReversed()),
  }));

const weeks: fc.Arbitrary<Weeks> = fc
  .tuple(twoWeeks, twoWeeks, twoWeeks, twoWeeks)
  .map(([email, sms, mobileCall, fido]) => ({
    now: { email: email.now, sms: sms.now, mobileCall: mobileCall.now, fido: fido.now },
    before: { email: email.before, sms: sms.before, mobileCall: mobileCall.before, fido: fido.before },
  }));

function shared(tries: number, rate: number, split: readonly number[]): Week[Method] {
  const successes = Math.round(tries * Math.min(1, Math.max(0, rate)));
  const whole = Math.max(1, total(split));
  const rounded = split.map((part) => Math.floor(((tries - successes) * part) / whole));
  const [first = 0, ...others] = rounded;
  return { successes, failures: [first + tries - successes - total(rounded), ...others] };
}

function total(parts: readonly number[]): number {
  return parts.reduce((sum, part) => sum + part, 0);
}

function rowsOf(week: Week): UsageRow[] {
  return METHOD_NAMES.map((method) => ({
    feature: "reset",
    method,
    successes: week[method].successes,
    failures: total(week[method].failures),
  }));
}

function sumsOf(week: Week): UsageSum[] {
  return METHOD_NAMES.flatMap((method) => [
    { feature: "reset", method, isSuccess: true, reason: "", count: week[method].successes },
    ...week[method].failures.map((count, index) => ({
      feature: "reset",
      method,
      isSuccess: false,
      reason: REASONS[index] ?? "other",
      count,
    })),
  ]).filter(({ count }) => count > 0);
}

function outcomesOf(week: Week, methods: readonly Method[] = METHOD_NAMES): Outcomes {
  return {
    successes: total(methods.map((method) => week[method].successes)),
    failures: total(methods.flatMap((method) => week[method].failures)),
  };
}

/** Tries that failed of a reason, as what one wants to have less of. */
function failedOf(week: Week, reason: ReasonId | undefined): Outcomes {
  const { successes, failures } = outcomesOf(week);
  const failed =
    reason === undefined
      ? failures
      : total(METHOD_NAMES.map((method) => week[method].failures[REASONS.indexOf(reason as never)] ?? 0));
  return { successes: successes + failures - failed, failures: failed };
}

function numbersFor({ now, before }: Weeks): DigestNumbers {
  const month = {
    tries: total(sumsOf(now).map(({ count }) => count)),
    failures: REASONS.map((reason) => ({ group: groupOf(reason), tries: failedOf(now, reason).failures })),
  };
  return { ...numbersOf(rowsOf(now), rowsOf(before)), month };
}

interface Sentence {
  readonly about: string;
  readonly direction: "more" | "less";
  /** Percent and tries, as printed. */
  readonly now: readonly [rate: string, tries: number];
  readonly before: readonly [rate: string, tries: number];
}

/** "SMS worked less often: 58 % of 168 tries, 83 % of 171 tries …", and the same of failures. */
const CHANGE =
  /^(.+?)(?: worked|,) (more|less) often: ([<>]?\d+ %) of ([\d,]+) tries, ([<>]?\d+ %) of ([\d,]+) tries /;

function sentencesIn(texts: readonly string[]): Sentence[] {
  return texts.flatMap((text) => {
    const found = text.replaceAll("\u00a0", " ").match(CHANGE);
    if (!found) {
      return [];
    }
    const [, about = "", direction, rate = "", tries = "", was = "", triesBefore = ""] = found;
    return [
      {
        about,
        direction: direction === "more" ? "more" : "less",
        now: [rate, Number(tries.replaceAll(",", ""))],
        before: [was, Number(triesBefore.replaceAll(",", ""))],
      },
    ];
  });
}

/** The printed figures of both sides, and that the one that is said to be larger is larger also as it is printed. */
function expectTrue(
  { direction, now, before }: Sentence,
  figures: { readonly now: Outcomes; readonly before: Outcomes },
  part: keyof Outcomes,
): void {
  for (const [[rate, tries], outcomes] of [
    [now, figures.now],
    [before, figures.before],
  ] as const) {
    const all = outcomes.successes + outcomes.failures;
    expect(tries).toBe(all);
    expect(Math.abs(percentOf(rate) - (100 * outcomes[part]) / all)).toBeLessThanOrEqual(1);
  }
  const grew = percentOf(now[0]) - percentOf(before[0]);
  expect(direction === "more" ? grew : -grew).toBeGreaterThan(0);
}

function percentOf(rate: string): number {
  return Number(rate.replaceAll(/\D/g, ""));
}

const QUESTION = { question: { command: "overview", options: {} }, audience: AUDIENCE } as const;
const SINCE = new Date("2026-01-01T00:00:00Z");

function remarksOf({ sections }: ReportView): readonly string[] {
  return sections.flatMap(({ remarks }) => remarks);
}

function bestMethods({ now, before }: Weeks): readonly string[] {
  return remarksOf(
    bestMethodsView({
      ...QUESTION,
      snapshot: snapshotOf(rowsOf(now)),
      before: { since: SINCE, rows: rowsOf(before) },
      changes: [],
    }),
  );
}

function failures({ now, before }: Weeks): readonly string[] {
  return remarksOf(
    failuresView({
      ...QUESTION,
      snapshot: snapshotOf(rowsOf(now)),
      sums: sumsOf(now),
      before: sumsOf(before),
      showUnknownTexts: false,
    }),
  );
}

/** Where rounding may decide, both answers are true. */
function edges(weeks: Weeks): boolean {
  const { now, before } = weeks;
  const pairs = [
    [outcomesOf(now), outcomesOf(before)],
    ...METHOD_NAMES.map((method) => [outcomesOf(now, [method]), outcomesOf(before, [method])]),
    ...REASONS.map((reason) => [failedOf(now, reason), failedOf(before, reason)]),
  ] as const;
  return pairs.some(([one, other]) => one && other && clearlyDiffers(one, other) === "edge");
}

const certain = weeks.filter((pair) => !edges(pair));

describe("of every pair of weeks", () => {
  it("best methods name exactly the methods that clearly changed, with their figures", () => {
    fc.assert(
      fc.property(certain, ({ now, before }) => {
        const remarks = bestMethods({ now, before });
        const said = sentencesIn(remarks);
        const figures = METHOD_NAMES.map((method) => ({
          name: METHODS[method],
          now: outcomesOf(now, [method]),
          before: outcomesOf(before, [method]),
        }));
        const changed = figures.filter((one) => clearlyDiffers(one.now, one.before) !== "no");

        // The fourth is counted and not told.
        expect(said).toHaveLength(Math.min(3, changed.length));
        for (const sentence of said) {
          const its = changed.find(({ name }) => name === sentence.about);
          expect(its && clearlyDiffers(its.now, its.before)).toBe(sentence.direction);
          expectTrue(sentence, its ?? expect.unreachable(), "successes");
        }
        if (remarks.some((text) => text.includes("No method shows a clear change"))) {
          expect(changed).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("failures name exactly the kinds that clearly changed, with their shares", () => {
    const names = AUDIENCE.words.reports.failures;

    fc.assert(
      fc.property(certain, ({ now, before }) => {
        const remarks = failures({ now, before });
        const said = sentencesIn(remarks);
        const figures = [
          { name: names.changes.all, now: failedOf(now, undefined), before: failedOf(before, undefined) },
          ...REASONS.map((reason) => ({
            name: names.groups[groupOf(reason)].name,
            now: failedOf(now, reason),
            before: failedOf(before, reason),
          })),
        ];
        const changed = figures.filter((one) => clearlyDiffers(one.now, one.before) !== "no");

        expect(said.map(({ about }) => about).sort()).toEqual(changed.map(({ name }) => name).sort());
        for (const sentence of said) {
          const its = changed.find(({ name }) => name === sentence.about) ?? expect.unreachable();
          // More that worked are fewer that failed.
          expect(clearlyDiffers(its.now, its.before)).toBe(sentence.direction === "more" ? "less" : "more");
          expectTrue(sentence, its, "failures");
        }
        expect(remarks.some((text) => text.includes("shows a clear change"))).toBe(
          changed.length === 0 && triesIn(now) >= 20 && triesIn(before) >= 20,
        );
      }),
      { numRuns: 300 },
    );
  });

  it("campaign, digest and comparison say the same of all resets", () => {
    fc.assert(
      fc.property(certain, (pair) => {
        const [now, before] = [outcomesOf(pair.now), outcomesOf(pair.before)];
        const numbers = numbersFor(pair);
        const figures = campaignFigures(numbers, AUDIENCE.words);
        const campaign = campaignView({ ...QUESTION, figures, readAt: NOW });
        const digest = digestView({ ...MODEL, numbers });
        const told = "news" in digest ? digest.news.join(" ") : "";
        const compared = compareView({ ...QUESTION, comparison: comparisonOf(pair), changes: [] }).headline;
        const isComparable = triesIn(pair.now) >= 20 && triesIn(pair.before) >= 20;
        const change = clearlyDiffers(now, before);

        const phrase = { more: "more often", less: "less often", no: "no clear change", edge: "" }[change];
        expect(told.includes(phrase)).toBe(isComparable);
        expect(compared.includes(phrase)).toBe(isComparable);
        expect(figures.worse !== undefined).toBe(change === "less");
        const said = sentencesIn(evidenceIn(campaign));
        expect(said.length).toBe(change === "less" && isWithin(campaign) ? 1 : 0);
        for (const sentence of said) {
          expect(sentence.direction).toBe("less");
          const method = METHOD_NAMES.find((one) => METHODS[one] === sentence.about);
          const its = method
            ? { now: outcomesOf(pair.now, [method]), before: outcomesOf(pair.before, [method]) }
            : { now, before };
          expect(clearlyDiffers(its.now, its.before)).toBe("less");
          expectTrue(sentence, its, "successes");
        }
      }),
      { numRuns: 300 },
    );
  });

  it("a campaign's evidence is what failed of its reason", () => {
    fc.assert(
      fc.property(certain, (pair) => {
        const figures = campaignFigures(numbersFor(pair), AUDIENCE.words);
        const texts = evidenceIn(campaignView({ ...QUESTION, figures, readAt: NOW }));
        const counted = texts.flatMap((text) => {
          const [, tries = "", of = ""] = text.match(/^([\d,]+) of ([\d,]+) reset tries/) ?? [];
          return tries ? [[Number(tries.replaceAll(",", "")), Number(of.replaceAll(",", ""))] as const] : [];
        });
        const known = REASONS.map((reason) => failedOf(pair.now, reason).failures);

        for (const [tries, of] of counted) {
          expect(of).toBe(triesIn(pair.now));
          expect(known).toContain(tries);
          expect(tries).toBeGreaterThanOrEqual(Math.max(20, of / 20));
        }
      }),
      { numRuns: 200 },
    );
  });
});

function triesIn(week: Week): number {
  const { successes, failures } = outcomesOf(week);
  return successes + failures;
}

function comparisonOf({ now, before }: Weeks) {
  const at = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000);
  return {
    reader: "events",
    readAt: NOW,
    period: "D7",
    isShorter: false,
    stored: {
      since: SINCE,
      now: { from: at(7), to: at(0), rows: rowsOf(now) },
      before: { from: at(14), to: at(7), rows: rowsOf(before) },
    },
  } as const;
}

function evidenceIn({ sections }: ReportView): readonly string[] {
  return sections.flatMap(({ facts = [] }) =>
    facts.filter(({ name }) => name === "Evidence").map(({ value }) => value),
  );
}

/** The change is among the campaigns that are shown in full. */
function isWithin({ sections }: ReportView): boolean {
  return sections.some(({ headline }) => headline?.includes("ind out why"));
}
