import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Question } from "../../../src/language/question.ts";
import { KNOWN_METHODS, METHOD_FAMILIES, meaningOf, strengthOf } from "../../../src/reference/methods.ts";
import { methodsView } from "../../../src/reports/methods/methods-view.ts";
import type { PeopleAnswer } from "../../../src/reports/people-reading.ts";
import type { ReportView } from "../../../src/views/view.ts";
import { LEGACY, readingOf } from "../../views/people-samples.ts";
import { AUDIENCE } from "../../views/samples.ts";

const NBSP = "\u00a0";
const QUESTION: Question = { command: "methods", options: {} };

function view(more: Partial<PeopleAnswer> = {}): ReportView {
  return methodsView({ reading: readingOf(), question: QUESTION, audience: AUDIENCE, ...more });
}

function of(methods: Record<string, number>, people = 1_000, more: Partial<PeopleAnswer> = {}): ReportView {
  return view({ reading: readingOf({ scopes: { members: { people, methods, leftOut: {} } } }), ...more });
}

function tables({ sections }: ReportView): [string | undefined, readonly (readonly string[])[]][] {
  return sections.flatMap(({ headline, table }) => (table ? [[headline, table.rows]] : []));
}

describe("methods people registered", () => {
  it("stand by strength and family, most people first, without a sum of people", () => {
    expect(tables(view())).toEqual([
      [
        "Phishing-resistant: at least 3,100 of 19,412 members",
        [
          ["Windows Hello for Business", "3,100", `16${NBSP}%`],
          ["All passkeys and security keys", "at least 820", `at least 4${NBSP}%`],
          ["– Security key", "820", `4${NBSP}%`],
          ["– Passkey, device-bound", "240", `1${NBSP}%`],
        ],
      ],
      [
        "Other methods: at least 12,204 of 19,412 members",
        [
          ["All Authenticator", "at least 12,204", `at least 63${NBSP}%`],
          ["– Authenticator push", "12,204", `63${NBSP}%`],
          ["– Authenticator passwordless", "4,100", `21${NBSP}%`],
          ["App code", "2,050", `11${NBSP}%`],
        ],
      ],
      [
        "Weak, or for password resets only: at least 11,530 of 19,412 members",
        [
          ["All phone methods", "at least 11,530", `at least 59${NBSP}%`],
          ["– Mobile phone", "11,530", `59${NBSP}%`],
          ["– Alternate mobile phone", "310", `2${NBSP}%`],
          ["Email", "6,400", `33${NBSP}%`],
          ["Security questions", "900", `5${NBSP}%`],
        ],
      ],
      [
        "New at Microsoft, not rated: 12 of 19,412 members",
        [["quantumKey (new at Microsoft)", "12", `<1${NBSP}%`]],
      ],
    ]);
  });

  it("begin with the one that most people registered", () => {
    const { headline, sections } = view();

    expect(headline).toBe(`Authenticator push is registered most: 12,204 of 19,412 members (63${NBSP}%).`);
    expect(sections[0]?.headline).toBe(headline);
  });

  it.each([
    ["two are level", { sms: 40, email: 40 }, 1_000],
    ["there are fewer than twenty people", { sms: 9, email: 4 }, 19],
    ["there is nothing but passwords", { password: 900 }, 1_000],
  ])("have no first one where %s", (_why, methods, people) => {
    expect(of(methods, people).headline).toMatch(/members counted, by registered method\.$/);
  });

  it("of two names of Graph are a lower bound, never a sum", () => {
    const [[headline, rows] = []] = tables(of({ mobileSMS: 300, sms: 200 }));

    expect(headline).toBe("Weak, or for password resets only: at least 300 of 1,000 members");
    expect(rows).toEqual([["SMS", "at least 300", `at least 30${NBSP}%`]]);
  });

  it("of nobody are left out", () => {
    expect(tables(of({ email: 0, sms: 1 })).flatMap(([, rows]) => rows.map(([name]) => name))).toEqual([
      "SMS",
    ]);
  });

  it("keep a value without a name and one that is spelt like a name of ours", () => {
    const rows = tables(of({ "": 30, "voice-call": 20, mobileCall: 10 })).flatMap(([, lines]) => lines);

    expect(rows.map(([name]) => name)).toEqual(["Voice call", "(no name)", "voice-call (new at Microsoft)"]);
  });

  it("show a share above 100 % as it is", () => {
    expect(tables(of({ email: 1_500 }))[0]?.[1]).toEqual([["Email", "1,500", `150${NBSP}%`]]);
  });
});

describe("small groups", () => {
  const audience = { ...AUDIENCE, smallGroupFloor: 5 };

  it("hide a count and its share, and bound nothing from below", () => {
    const methods = { fido2SecurityKey: 3, passKeyDeviceBound: 4, email: 5 };
    const [resistant, weak] = tables(of(methods, 1_000, { audience }));

    expect(resistant).toEqual([
      "Phishing-resistant",
      [
        ["All passkeys and security keys", "–", "–"],
        ["– Passkey, device-bound", "fewer than 5", "–"],
        ["– Security key", "fewer than 5", "–"],
      ],
    ]);
    expect(weak?.[1]).toEqual([["Email", "5", `1${NBSP}%`]]);
  });

  it("are never told by the headline either", () => {
    expect(of({ email: 3, sms: 2 }, 1_000, { audience }).headline).toBe(
      "Email is registered most: fewer than 5 of 1,000 members.",
    );
  });
});

describe("people who used a phone though they have a stronger method", () => {
  const users = (withStrong: number) => ({ people: 1_300, withStrong });
  const phoneUsers = { D1: users(1), D7: users(2), D30: users(1_204) };

  function remarksOf(counts: object, more: Partial<PeopleAnswer> = {}): readonly string[] {
    const members = { people: 2_000, methods: { mobilePhone: 900 }, leftOut: {}, ...counts };
    return view({ reading: readingOf({ scopes: { members } }), ...more }).sections[0]?.remarks ?? [];
  }

  it("are a line of the whole card and of the one about phones", () => {
    const line =
      "1,204 members with a stronger method used a phone in the last 30 days, to reset a password or to register.";
    const asking = (method: "phone" | "sms") => ({
      question: { command: "methods", options: { method } } as Question,
    });

    expect(remarksOf({ phoneUsers })).toEqual([line]);
    expect(remarksOf({ phoneUsers }, asking("phone"))).toEqual([line]);
    expect(remarksOf({ phoneUsers }, asking("sms"))).toEqual([]);
  });

  it("are not told exactly where they are few, and not at all where they are not known", () => {
    const audience = { ...AUDIENCE, smallGroupFloor: 5 };
    const few = { ...phoneUsers, D30: users(4) };

    expect(remarksOf({ phoneUsers: few }, { audience })[0]).toMatch(/^Fewer than 5 members with a stronger/);
    expect(remarksOf({})).toEqual([]);
  });
});

describe("narrowing to a method", () => {
  it("shows that family alone", () => {
    const { title, sections } = view({ question: { command: "methods", options: { method: "passkey" } } });

    expect(title).toBe("Methods people registered · passkeys and security keys");
    expect(sections.map(({ headline }) => headline)).toEqual([
      `Security key is registered most: 820 of 19,412 members (4${NBSP}%).`,
      "Phishing-resistant: at least 820 of 19,412 members",
    ]);
  });

  it("says that nobody has it, and that the report may lag", () => {
    const { headline, sections, notices } = view({
      question: { command: "methods", options: { method: "certificate" } },
    });

    expect(headline).toBe("None of 19,412 members is registered for certificate.");
    expect(sections).toEqual([]);
    expect(notices).toEqual([headline, "Microsoft's report may lag 36 hours behind a registration."]);
  });
});

it("says where the API has no methods", () => {
  const { headline, notices, sections } = view({ reading: LEGACY });

  expect(headline).toBe("Methods are not in this API (old registration reports).");
  expect(notices.at(-1)).toBe(headline);
  expect(sections).toEqual([]);
});

describe("strengths", () => {
  it("follow Microsoft's table of phishing-resistant methods", () => {
    const resistant = METHOD_FAMILIES.filter((family) => strengthOf(family) === "phishing-resistant");

    expect(resistant).toEqual(["passkey", "windows-hello", "certificate"]);
    expect(strengthOf("sms")).toBe("weak");
    expect(strengthOf("authenticator")).toBe("other");
  });

  it("know fido2 as a security key", () => {
    expect(meaningOf("fido2")).toEqual(meaningOf("fido2SecurityKey"));
  });
});

it("prints every count as read, and no other number of people", () => {
  const name = fc.oneof(fc.constantFrom(...KNOWN_METHODS, "password"), fc.string({ maxLength: 20 }));
  const methods = fc.dictionary(name, fc.nat(2_000_000), { maxKeys: 39 });

  fc.assert(
    fc.property(methods, (given) => {
      const read = new Set(Object.values(given).map((count) => count.toLocaleString("en")));
      const shown = tables(of(given, 2_000_000)).flatMap(([, rows]) =>
        rows.map(([, people]) => people ?? ""),
      );

      expect(shown.filter((text) => !read.has(text.replace("at least ", "")))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

it("sums nothing up beyond forty rows", () => {
  const methods = Object.fromEntries(
    Array.from({ length: 50 }, (_unused, index) => [`new${index}`, 100 - index]),
  );
  const [[, rows = []] = []] = tables(of(methods));

  expect(rows).toHaveLength(40);
  expect(rows.at(-1)).toEqual(["11 more methods", "not listed", "–"]);
});
