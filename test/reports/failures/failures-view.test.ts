import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Question } from "../../../src/language/question.ts";
import type { UsageSum } from "../../../src/ports/usage.ts";
import { type FailuresAnswer, failuresView } from "../../../src/reports/failures/failures-view.ts";
import type { ReportView } from "../../../src/views/view.ts";
import { SUMS, sumOf } from "../../views/people-samples.ts";
import { AUDIENCE, MODEL_ROWS, snapshotOf } from "../../views/samples.ts";

const NBSP = "\u00a0";

function asking(options: Question["options"] = {}): Question {
  return { command: "failures", options };
}

function view(more: Partial<FailuresAnswer> = {}): ReportView {
  return failuresView({
    snapshot: snapshotOf(MODEL_ROWS),
    sums: SUMS,
    question: asking(),
    audience: AUDIENCE,
    showUnknownTexts: true,
    ...more,
  });
}

function of(...sums: UsageSum[]): ReportView {
  return view({ sums });
}

function rowsOf({ sections }: ReportView, section = 0): readonly (readonly string[])[] {
  return sections[section]?.table?.rows ?? [];
}

describe("failures by reason", () => {
  const { title, subtitle, headline, sections, explanations } = view();

  it("tell each feature in a sentence with its counts, and never a total of both", () => {
    expect(title).toBe("Failures by reason");
    expect(subtitle).toBe("Last 30 days: 22 Oct – 21 Nov 2026 · all accounts");
    expect(headline).toBe(
      `Failures in the last 30 days. Password resets: 371 of 2,627 tries failed (14${NBSP}%). ` +
        `Registrations: 338 of 2,224 tries failed (15${NBSP}%).`,
    );
    expect(sections.map((section) => section.headline)).toEqual([
      `Password resets: 371 of 2,627 tries failed (14${NBSP}%).`,
      "What you can do",
      `Registrations: 338 of 2,224 tries failed (15${NBSP}%).`,
      "What you can do",
    ]);
    expect(JSON.stringify(sections)).not.toMatch(/709|4,851/);
  });

  it("list reasons in their groups, most failures first", () => {
    expect(rowsOf(view())).toEqual([
      ["Stopped half-way", "198", `53${NBSP}%`],
      ["– Stopped after starting the SMS option", "158", `43${NBSP}%`],
      ["– Stopped after passing the email option", "40", `11${NBSP}%`],
      ["Had too few registered methods", "61", `16${NBSP}%`],
      ["On-premises reset service not reachable", "44", `12${NBSP}%`],
      ["New at Microsoft", "27", `7${NBSP}%`],
      ["– Neural link refused the new password", "20", `5${NBSP}%`],
      ["– Adele Vance could not be found", "7", `2${NBSP}%`],
      ["Blocked for 24 hours after too many wrong SMS codes", "25", `7${NBSP}%`],
      ["Contacted an admin after trying the SMS option", "12", `3${NBSP}%`],
      ["Without a reason from Microsoft", "4", `1${NBSP}%`],
    ]);
  });

  it("name the most frequent reason, and the helpdesk calls to expect, told apart", () => {
    expect(sections[0]?.remarks).toEqual([
      "Most frequent single reason: stopped after starting the SMS option, 158 times.",
      "37 helpdesk calls to expect: 12 contacted an admin, 25 blocked for 24 hours.",
    ]);
    expect(sections[2]?.remarks).toEqual([]);
  });

  it("say for each group what it means and what helps, each advice once", () => {
    const advice = sections[1]?.advice ?? [];

    expect(advice.map(({ name }) => name)).toEqual([
      "Stopped half-way",
      "Too few methods",
      "On-premises password",
      "New at Microsoft",
      "Blocked for 24 hours",
      "Contacted an admin",
      "Without a reason",
    ]);
    expect(advice[0]).toEqual({
      name: "Stopped half-way",
      text:
        "The person began and did not finish. Check that the phone number or mail address is right and the code " +
        "arrives; look into the spam folder. One method passed: where the policy asks for two, tell people so, and " +
        "check the second one.",
      page: { title: "Microsoft's page", url: "https://aka.ms/ssprtroubleshoot" },
    });
  });

  it("say what is counted", () => {
    expect(explanations).toEqual([
      "Counted: tries of all accounts. A try is one attempt with one method, not a person.",
      "Failed includes people who stopped half-way.",
      "Not compared: tries in the 30 days before are not stored in full.",
    ]);
  });

  it("never take a reason from a success", () => {
    const odd = of(sumOf("asked-admin-sms", 50, { isSuccess: true }), sumOf("started-sms", 30));

    expect(rowsOf(odd)).toEqual([["Stopped after starting the SMS option", "30", `100${NBSP}%`]]);
    expect(JSON.stringify(odd)).not.toMatch(/admin after trying|helpdesk/);
  });

  it("add the same reason of several methods up", () => {
    expect(rowsOf(of(sumOf("no-cookies", 12), sumOf("no-cookies", 10, { method: "email" })))).toEqual([
      ["Browser without cookies", "22", `100${NBSP}%`],
    ]);
  });
});

describe("texts that nobody knows", () => {
  const unknown = [
    sumOf("Adele Vance is gone", 7),
    sumOf("Ola", 3),
    sumOf("other", 2),
    sumOf("started-sms", 40),
  ];

  it("stand as they are where one person reads them", () => {
    expect(rowsOf(of(...unknown)).slice(1)).toEqual([
      ["New at Microsoft", "12", `23${NBSP}%`],
      ["– Adele Vance is gone", "7", `13${NBSP}%`],
      ["– Ola", "3", `6${NBSP}%`],
      ["– Other reasons", "2", `4${NBSP}%`],
    ]);
  });

  it("are counted and not shown where others read, since they could hold a name", () => {
    const shared = view({ sums: unknown, showUnknownTexts: false });

    expect(rowsOf(shared).slice(1)).toEqual([
      ["New at Microsoft", "12", `23${NBSP}%`],
      ["– 2 texts that are new at Microsoft", "10", `19${NBSP}%`],
      ["– Other reasons", "2", `4${NBSP}%`],
    ]);
    expect(JSON.stringify(shared)).not.toMatch(/Adele|Ola/);
    expect(JSON.stringify(shared.sections[1]?.advice)).toContain("shown in a personal chat only");
  });

  it("are never called the most frequent one", () => {
    expect(of(sumOf("Ola", 90), sumOf("started-sms", 40)).sections[0]?.remarks).toEqual([]);
  });
});

describe("few failures", () => {
  it("have no share, no rank and a line that says so", () => {
    const { sections, explanations } = of(sumOf("started-sms", 15), sumOf("no-cookies", 4));

    expect(sections[0]?.headline).toBe("Password resets: 19 of 19 tries failed.");
    expect(sections[0]?.table?.rows.map(([, , share]) => share)).toEqual(["–", "–"]);
    expect(sections[0]?.remarks).toEqual([]);
    expect(explanations.at(-1)).toBe("Below 20 tries or failures there are counts only.");
  });

  it("that become a call are told all the same", () => {
    expect(of(sumOf("asked-admin-email", 1)).sections[0]?.remarks).toEqual([
      "1 helpdesk call to expect: 1 contacted an admin, 0 blocked for 24 hours.",
    ]);
  });

  it("of none are a sentence", () => {
    const { sections, notices, headline } = of(sumOf("", 500, { isSuccess: true }));

    expect(headline).toBe("Failures in the last 30 days. Password resets: none of 500 tries failed.");
    expect(sections).toEqual([{ headline: "Password resets: none of 500 tries failed.", remarks: [] }]);
    expect(notices).toEqual(["No failed tries in the last 30 days."]);
  });

  it("of no tries at all give the reasons why there may be none", () => {
    const { headline, notices, sections } = of();

    expect(headline).toBe("Failures by reason: no tries in the last 30 days.");
    expect(notices).toEqual([
      "No tries in the last 30 days.",
      expect.stringMatching(/collecting was perhaps never switched on/),
    ]);
    expect(sections).toEqual([]);
  });
});

describe("failures by method", () => {
  it("list failed tries of all tries, most failures first", () => {
    const { title, sections } = view({ question: asking({ by: "method", feature: "reset" }) });

    expect(title).toBe("Failures by method · password resets");
    expect(sections).toHaveLength(1);
    expect(sections[0]?.table).toMatchObject({
      columns: ["Method", "Failed", "Tries", "Fail rate"],
      rows: [
        ["SMS", "331", "2,587", `13${NBSP}%`],
        ["Email", "40", "40", `100${NBSP}%`],
      ],
    });
    expect(sections[0]?.remarks).toEqual(["Email fails most often: 40 of 40 tries."]);
  });

  it("stand in for reasons where the report gives none, and a line says what they need", () => {
    const { sums: _sums, ...without } = {
      snapshot: snapshotOf(MODEL_ROWS, { reader: "activity" }),
      question: asking(),
      audience: AUDIENCE,
      showUnknownTexts: true,
      sums: undefined,
    };
    const { title, notices, sections, buttons } = failuresView(without);

    expect(title).toBe("Failures by method");
    expect(notices).toEqual([expect.stringMatching(/gives no reasons.*need the single events/)]);
    expect(sections[0]?.table?.rows[0]).toEqual(["SMS", "142", "753", `19${NBSP}%`]);
    expect(buttons.map((button) => button.title)).toEqual(["Refresh", "1 day", "7 days", "Explain"]);
  });
});

describe("narrowing and unknown features", () => {
  it("shows one method's failures alone", () => {
    const { title, sections } = view({ question: asking({ method: "email", feature: "reset" }) });

    expect(title).toBe("Failures by reason · password resets · email");
    expect(sections[0]?.headline).toBe(`Password resets: 40 of 40 tries failed (100${NBSP}%).`);
  });

  it("keeps and names features that are new, and names those beyond the fourth", () => {
    const sums = Array.from({ length: 6 }, (_unused, index) =>
      sumOf("started-sms", 60 - index, { feature: `new${index}` }),
    );
    const { sections, notices } = view({ sums });

    expect(sections).toHaveLength(8);
    expect(sections[0]?.headline).toMatch(/^new0 \(new at Microsoft\): 60 of 60 tries failed/);
    expect(notices.at(-1)).toMatch(/not listed: new4 .*, new5/);
  });
});

it("offers the other periods, the other breakdown and the making of the figures", () => {
  expect(view().buttons).toEqual([
    { title: "Refresh", verb: "refresh", question: asking() },
    { title: "1 day", verb: "look", question: asking({ period: "D1" }), base: asking() },
    { title: "7 days", verb: "look", question: asking({ period: "D7" }), base: asking() },
    { title: "By method", verb: "look", question: asking({ by: "method" }), base: asking() },
    { title: "Explain", verb: "explain", question: asking(), base: asking() },
  ]);
});

it("adds up in every table to the failures of its sentence", () => {
  const reason = fc.oneof(
    fc.constantFrom("started-sms", "asked-admin-sms", "no-cookies", "unspecified", "other"),
    fc.string({ maxLength: 20 }),
  );
  const sums = fc.array(
    fc.record({
      feature: fc.constantFrom("reset", "registration"),
      method: fc.constantFrom("email", "sms"),
      isSuccess: fc.boolean(),
      reason,
      count: fc.nat(5_000),
    }),
    { maxLength: 60 },
  );
  const number = (text = ""): number => Number(text.replaceAll(",", ""));

  fc.assert(
    fc.property(sums, fc.boolean(), (given, showUnknownTexts) => {
      const groups = new Set(Object.values(AUDIENCE.words.reports.failures.groups).map(({ name }) => name));
      for (const { headline = "", table } of view({ sums: given, showUnknownTexts }).sections) {
        if (table) {
          const [, failed] = /: ([\d,]+) of/.exec(headline) ?? [];
          const leaves = table.rows.filter(([name = ""], index) => {
            const isAbove = table.rows[index + 1]?.[0]?.startsWith("– ") && groups.has(name);
            return !isAbove;
          });
          expect(leaves.reduce((sum, [, count]) => sum + number(count), 0)).toBe(number(failed));
        }
      }
    }),
    { numRuns: 80 },
  );
});
