import { describe, expect, it } from "vitest";
import type { Question } from "../../../src/language/question.ts";
import type { UsageRow } from "../../../src/ports/usage.ts";
import { meaningOf } from "../../../src/reference/methods.ts";
import { type UsageAnswer, usageView } from "../../../src/reports/usage/usage-view.ts";
import type { UsageView } from "../../../src/views/view.ts";
import { AUDIENCE, BY_METHOD, MODEL_ROWS, NOW, snapshotOf, usageRow } from "../../views/samples.ts";

const NBSP = "\u00a0";

function view(rows: readonly UsageRow[], more: Partial<UsageAnswer> = {}): UsageView {
  return usageView({ snapshot: snapshotOf(rows), question: BY_METHOD, audience: AUDIENCE, ...more });
}

function asking(options: Question["options"]): Question {
  return { command: "usage", options };
}

describe("the model card", () => {
  const { title, subtitle, sections, footer, headline, explanations, notices } = view(MODEL_ROWS);
  const [reset, registration] = sections;

  it("has the heading, the window with both ends and the source with its time", () => {
    expect(title).toBe("SSPR usage by method");
    expect(subtitle).toBe("Last 30 days: 22 Oct – 21 Nov 2026 · all accounts");
    expect(footer).toBe(
      "From Microsoft Graph (events report), read today 14:32 (Europe/Berlin) · complete · may lag 36 hours",
    );
    expect(notices).toEqual([]);
  });

  it("tells resets and registrations in sentences with their counts, and never a total of both", () => {
    expect(reset?.headline).toBe(`Password resets: 86${NBSP}% of tries worked (2,256 of 2,627)`);
    expect(registration?.headline).toBe(`Registrations: 85${NBSP}% of tries were finished (1,886 of 2,224)`);
    expect(headline).toBe(`SSPR usage in the last 30 days. ${reset?.headline}. ${registration?.headline}.`);
    expect(JSON.stringify(sections)).not.toMatch(/4,851|4,142/);
  });

  it("names the method that fails most often", () => {
    expect(reset?.remark).toBe("Voice call fails most often: 35 of 76 tries.");
    expect(registration?.remark).toBe(
      "Authenticator push is left unfinished most often: 214 of 1,120 tries.",
    );
  });

  it("lists the methods with tries by tries, both names of SMS in one row", () => {
    const rows = reset?.rows.map(({ name, ok, failed, rate }) => [name, ok, failed, rate]);

    expect(rows).toEqual([
      ["Authenticator push", "1,204", "88", `93${NBSP}%`],
      ["SMS", "611", "142", `81${NBSP}%`],
      ["Email", "388", "97", `80${NBSP}%`],
      ["Voice call", "41", "35", `54${NBSP}%`],
      ["Security questions", "12", "9", `57${NBSP}%`],
    ]);
    expect(reset?.remarks).toEqual(["Not used: office phone, app code"]);
  });

  it("says what a try is", () => {
    expect(explanations).toEqual([
      "A try is one attempt with one method, not a person.",
      "Failed includes people who stopped half-way.",
    ]);
  });
});

describe("too few tries", () => {
  it("gives counts only: no rate, no chart, no comparison", () => {
    const [section] = view([usageRow("reset", "email", 0, 10), usageRow("reset", "sms", 9, 0)]).sections;

    expect(section?.headline).toBe("Password resets: 9 of 19 tries worked");
    expect(section?.rows.map(({ rate, comparable }) => [rate, comparable])).toEqual([
      ["–", false],
      ["–", false],
    ]);
    expect(section).not.toHaveProperty("remark");
    expect(section).not.toHaveProperty("chart");
  });

  it("gives a sentence with the reasons instead of zeros where nothing was tried", () => {
    const empty = view([usageRow("reset", "email", 0, 0)]);

    expect(empty.headline).toBe("SSPR usage by method: no tries in the last 30 days.");
    expect(empty.notices).toEqual([
      "No tries in the last 30 days.",
      expect.stringMatching(/collecting was perhaps never switched on/),
    ]);
    expect(empty.sections).toEqual([]);
  });

  it.each([
    ["D1", [expect.stringMatching(/can be real.*too early.*36 hours late/)]],
    ["D7", [expect.stringMatching(/newest tries may be missing.*36 hours late/)]],
    ["D30", []],
  ] as const)("gives the lag as a reason for none only where it is one (%s)", (period, reasons) => {
    const snapshot = snapshotOf(MODEL_ROWS, { period });
    const empty = view([], { snapshot, question: asking({ method: "passkey" }) });

    expect(empty.notices.slice(1)).toEqual(reasons);
  });

  it("does not suspect that collecting is off where other resets were counted", () => {
    const empty = view(MODEL_ROWS, { question: asking({ method: "passkey" }) });

    expect(empty.notices).toEqual(["No tries in the last 30 days."]);
  });

  it("explains a feature without tries beside one that has them", () => {
    const rows = [usageRow("reset", "email", 50, 1)];
    const [, registration] = view([], { snapshot: snapshotOf(rows, { period: "D1" }) }).sections;

    expect(registration?.headline).toBe("Registrations: no tries in this period");
    expect(registration?.rows).toEqual([]);
    expect(registration?.remarks).toEqual([expect.stringContaining("36 hours late")]);
    expect(view(rows).sections[1]?.remarks).toEqual([]);
  });
});

describe("narrowing", () => {
  it("shows one feature alone", () => {
    const { sections, title } = view(MODEL_ROWS, { question: asking({ feature: "registration" }) });

    expect(title).toBe("SSPR usage by method · registration tries");
    expect(sections.map(({ headline }) => headline.split(":")[0])).toEqual(["Registrations"]);
  });

  it("shows one family alone, without listing the others as unused", () => {
    const [reset] = view(MODEL_ROWS, { question: asking({ method: "sms" }) }).sections;

    expect(reset?.rows.map(({ name }) => name)).toEqual(["SMS"]);
    expect(reset?.remarks).toEqual([]);
  });

  it.each([
    [{ by: "method", method: "sms" }, "No registrations with SMS in the last 30 days."],
    [{ by: "feature", method: "phone" }, "No registrations with phone methods in the last 30 days."],
  ] as const)("says in one line that a feature has no tries of that family (%o)", (options, line) => {
    const { sections, notices, headline } = view(MODEL_ROWS, { question: asking(options) });

    expect(sections).toHaveLength(1);
    expect(sections[0]?.headline).toMatch(/^Password resets: \d/);
    expect(notices).toEqual([line]);
    expect(`${headline} ${JSON.stringify(sections)}`).not.toMatch(/registration|36 hours/i);
  });

  it("counts calls and text messages for “phone”", () => {
    const [reset] = view(MODEL_ROWS, { question: asking({ method: "phone" }) }).sections;

    expect(reset?.rows.map(({ name }) => name)).toEqual(["SMS", "Voice call"]);
  });

  it("shows features as rows, each with its own sentence", () => {
    const { sections, title } = view(MODEL_ROWS, { question: asking({ by: "feature" }) });

    expect(title).toBe("SSPR usage by feature");
    expect(sections).toHaveLength(1);
    expect(sections[0]?.remark).toMatch(/^Registrations: 85/);
    expect(sections[0]?.rows.map(({ name, ok, failed }) => [name, ok, failed])).toEqual([
      ["Password resets", "2,256", "371"],
      ["Registrations", "1,886", "338"],
    ]);
  });
});

describe("what nobody knows yet", () => {
  it("keeps and names new methods and features", () => {
    const { sections } = view([
      usageRow("reset", "quantumKey", 30, 2),
      usageRow("unlock", "email", 5, 1),
      usageRow("unknownFutureValue", "email", 40, 1),
    ]);

    expect(sections.map(({ headline }) => headline)).toEqual([
      `Password resets: 94${NBSP}% of tries worked (30 of 32)`,
      "Registrations: no tries in this period",
      `unknownFutureValue (new at Microsoft): 98${NBSP}% of tries worked (40 of 41)`,
      "unlock (new at Microsoft): 5 of 6 tries worked",
    ]);
    expect(sections[0]?.rows[0]?.name).toBe("quantumKey (new at Microsoft)");
  });

  it("cuts an endless value and prints none of its control characters", () => {
    const name = view([usageRow("reset", `x\u001b[2J${"y".repeat(10_000)}`, 30, 2)]).sections[0]?.rows[0]
      ?.name;

    expect(name).toMatch(/^x \[2Jy+… \(new at Microsoft\)$/);
    expect(name?.length).toBeLessThan(85);
  });

  it("has words for a value without a name", () => {
    const { sections } = view([usageRow("reset", "", 30, 2), usageRow(" \u200b", "email", 5, 1)]);

    expect(sections[0]?.rows[0]?.name).toBe("(no name)");
    expect(sections[2]?.headline).toBe("(no name): 5 of 6 tries worked");
  });

  it("keeps values apart that look alike, and one that is spelt as a name of ours", () => {
    const long = "x".repeat(60);
    const { sections } = view([
      usageRow("reset", `${long}1`, 50, 0),
      usageRow("reset", `${long}2`, 40, 0),
      usageRow("reset", "mobileCall", 30, 0),
      usageRow("reset", "voice-call", 20, 0),
      usageRow(`${long}1`, "email", 9, 0),
      usageRow(`${long}2`, "email", 8, 0),
    ]);

    expect(sections[0]?.rows.map(({ ok }) => ok)).toEqual(["50", "40", "30", "20"]);
    expect(sections[0]?.rows[3]?.name).toBe("voice-call (new at Microsoft)");
    expect(sections.slice(2).map(({ rows }) => rows[0]?.ok)).toEqual(["9", "8"]);
  });

  it("names features beyond the fourth table instead of dropping them silently", () => {
    const rows = Array.from({ length: 20 }, (_unused, index) =>
      usageRow(`new${index}`, "email", 90 - index, 1),
    );
    const { sections, notices } = view(rows);

    expect(sections).toHaveLength(4);
    expect(notices.at(-1)).toMatch(
      /^Features with tries that are not listed: new2 .*, new11 .*, 8 others\.$/,
    );
  });
});

/** Every member of Graph's enum (learn.microsoft.com/graph/api/resources/credentialusagesummary, beta). */
const USAGE_AUTH_METHOD =
  "email mobileSMS mobileCall officePhone securityQuestion appNotification appCode alternateMobileCall fido " +
  "appPassword unknownFutureValue externalAuthMethod hardwareOneTimePasscode windowsHelloForBusiness " +
  "microsoftAuthenticatorPasswordless temporaryAccessPass macOsSecureEnclaveKey passKeyDeviceBound " +
  "passKeyDeviceBoundAuthenticator passKeyDeviceBoundWindowsHello softwareOneTimePasscode " +
  "microsoftAuthenticatorPush mobilePhone sms alternateMobilePhone fido2SecurityKey oneTimePasscode " +
  "passKeySynced qrCode";

describe("long tables", () => {
  it("list every method that Graph knows, in both features", () => {
    const methods = USAGE_AUTH_METHOD.split(" ");
    const rows = ["reset", "registration"].flatMap((feature) =>
      methods.map((method, index) => usageRow(feature, method, 100 + index, 10)),
    );

    const { sections } = view(rows);

    expect(methods).toHaveLength(29);
    for (const section of sections) {
      const names = section.rows.map(({ name }) => name);
      for (const method of methods) {
        const meaning = meaningOf(method);
        expect(names).toContain(
          meaning ? AUDIENCE.words.methods[meaning.name] : `${method} (new at Microsoft)`,
        );
      }
      expect(names.join()).not.toContain("not listed");
    }
  });

  it("sum up what is beyond forty rows, without explaining a dash that is not there", () => {
    const rows = Array.from({ length: 43 }, (_unused, index) =>
      usageRow("reset", `new${index}`, 90 - index, 10),
    );
    const { sections, explanations } = view(rows);

    expect(sections[0]?.rows).toHaveLength(41);
    expect(sections[0]?.rows.at(-1)).toMatchObject({
      name: "3 more methods, not listed",
      ok: "147",
      failed: "30",
      rate: `83${NBSP}%`,
      comparable: false,
    });
    expect(explanations).toHaveLength(2);
    expect(view([usageRow("reset", "sms", 9, 0)]).explanations).toHaveLength(3);
  });

  it("list a forty-first method instead of a line that stands for it alone", () => {
    const rows = Array.from({ length: 41 }, (_unused, index) =>
      usageRow("reset", `new${index}`, 90 - index, 10),
    );

    expect(view(rows).sections[0]?.rows.at(-1)?.name).toBe("new40 (new at Microsoft)");
  });
});

describe("notices", () => {
  it("say why Refresh brought no new numbers, and from when on it does", () => {
    const readAt = new Date(NOW.getTime() - 7 * 60_000);
    const nextReadAt = new Date(NOW.getTime() + 8 * 60_000);

    const { notices } = view([], {
      snapshot: snapshotOf(MODEL_ROWS, { readAt }),
      refreshed: true,
      nextReadAt,
    });

    expect(notices).toEqual([
      "These numbers were read 7 minutes ago; Microsoft Graph is asked again after today 14:40 (Europe/Berlin).",
    ]);
  });

  it("say how the question was read and what is odd about them", () => {
    const snapshot = snapshotOf(MODEL_ROWS, {
      reader: "legacy",
      readAt: new Date(NOW.getTime() - 14 * 3_600_000),
      notes: [
        { kind: "legacy-instead-of-events" },
        { kind: "events-in-the-future", count: 1_200 },
        {
          kind: "kept-quarters",
          count: 2,
          from: new Date("2026-11-02T10:15:00Z"),
          to: new Date("2026-11-03T10:30:00Z"),
        },
      ],
    });
    const { notices } = view([], {
      snapshot,
      corrections: [{ said: "usgae", read: "usage" }],
      refined: true,
    });

    expect(notices).toEqual([
      "I read “usgae” as “usage”.",
      "I took this as a change to your last question.",
      expect.stringContaining("grant AuditLog.Read.All"),
      "Graph sent 1,200 events dated in the future; they are not counted.",
      expect.stringMatching(
        /fewer tries than before for 2 quarters of an hour between 2 Nov 11:15 .* and 3 Nov 11:30 .* keep what was stored/,
      ),
    ]);
  });

  it("name the permission whose want made the old report be read", () => {
    const note = { kind: "legacy-instead-of-events", permission: "Directory.Read.All" } as const;

    const { notices } = view([], { snapshot: snapshotOf(MODEL_ROWS, { reader: "legacy", notes: [note] }) });

    expect(notices).toEqual([expect.stringContaining("grant Directory.Read.All to AuthPulse")]);
  });

  it("call numbers of twelve hours fresh", () => {
    const readAt = new Date(NOW.getTime() - 12 * 3_600_000);

    expect(view([], { snapshot: snapshotOf(MODEL_ROWS, { readAt }) }).notices).toEqual([]);
  });
});

describe("windows and footer", () => {
  it.each([
    [
      "D1",
      "2026-11-20T13:00:00Z",
      "Rolling 24 hours: 20 Nov 14:00 – 21 Nov 14:32 (Europe/Berlin) · all accounts",
    ],
    ["D7", "2026-11-14T13:00:00Z", "Rolling 7 days: 14 Nov – 21 Nov 2026 · all accounts"],
  ] as const)("prints both ends of %s", (period, from, subtitle) => {
    const snapshot = snapshotOf(MODEL_ROWS, { period, from: new Date(from) });

    expect(view([], { snapshot }).subtitle).toBe(subtitle);
  });

  it("says when somebody refreshed, beside when Graph was read", () => {
    const readAt = new Date(NOW.getTime() - 600_000);
    const { footer } = view([], { snapshot: snapshotOf(MODEL_ROWS, { readAt }), refreshed: true });

    expect(footer).toBe(
      "Refreshed today 14:32 (Europe/Berlin) · from Microsoft Graph (events report), " +
        "read today 14:22 (Europe/Berlin) · complete · may lag 36 hours",
    );
  });
});

describe("a feature without tries", () => {
  it("advises to open the audit logs of resets only where resets are missing", () => {
    const none = [usageRow("registration", "email", 0, 0)];
    const told = (feature: Question["options"]["feature"]) =>
      JSON.stringify(view(none, { question: asking({ by: "method", ...(feature && { feature }) }) }));

    expect(told("reset")).toContain("audit logs");
    expect(told(undefined)).toContain("audit logs");
    expect(told("registration")).not.toContain("audit logs");
  });
});

describe("buttons", () => {
  it("refresh for all, and look at another period or breakdown for the presser", () => {
    const { buttons, refresh } = view(MODEL_ROWS);

    expect(buttons).toEqual([
      { title: "Refresh", verb: "refresh", question: BY_METHOD },
      {
        title: "Why do they fail?",
        verb: "look",
        question: { command: "failures", options: { period: "D30" } },
        base: BY_METHOD,
      },
      {
        title: "Best methods",
        verb: "look",
        question: { command: "best-methods", options: { period: "D30" } },
        base: BY_METHOD,
      },
      { title: "7 days", verb: "look", question: asking({ by: "method", period: "D7" }), base: BY_METHOD },
      { title: "By feature", verb: "look", question: asking({ by: "feature" }), base: BY_METHOD },
      { title: "Explain", verb: "explain", question: BY_METHOD, base: BY_METHOD },
    ]);
    expect(refresh).toEqual({ title: "Refresh", verb: "refresh", question: BY_METHOD });
  });

  it("ask for the order of the methods of the same feature, and not of one method", () => {
    const titles = (options: Question["options"]): (readonly [string, unknown])[] =>
      view(MODEL_ROWS, { question: asking({ by: "method", ...options }) }).buttons.map((button) => [
        button.title,
        "question" in button && button.question.options,
      ]);

    expect(titles({ feature: "reset" })).toContainEqual([
      "Best methods",
      { feature: "reset", period: "D30" },
    ]);
    expect(titles({ method: "sms" }).map(([title]) => title)).not.toContain("Best methods");
  });

  it("lead back from a view for the presser, whose menu refreshes only that view", () => {
    const question = asking({ by: "feature", period: "D7" });
    const snapshot = snapshotOf(MODEL_ROWS, { period: "D7" });
    const { onlyYou, buttons, refresh } = view([], { snapshot, question, onlyYou: true, base: BY_METHOD });

    expect(onlyYou).toBe("Only you see this view");
    expect(buttons.map(({ title }) => title)).toEqual([
      "Back",
      "Why do they fail?",
      "Best methods",
      "30 days",
      "By method",
      "Explain",
    ]);
    expect(buttons[0]).toEqual({ title: "Back", verb: "back", question: BY_METHOD });
    expect(buttons.slice(1).every((button) => "base" in button && button.base === BY_METHOD)).toBe(true);
    expect(refresh).toEqual({ title: "Refresh", verb: "look", question, base: BY_METHOD });
  });
});
