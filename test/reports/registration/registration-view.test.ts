import { describe, expect, it } from "vitest";
import type { Question } from "../../../src/language/question.ts";
import type { PeopleCounts } from "../../../src/ports/people.ts";
import {
  type RegistrationAnswer,
  registrationView,
} from "../../../src/reports/registration/registration-view.ts";
import type { ReportView } from "../../../src/views/view.ts";
import { LEGACY, readingOf } from "../../views/people-samples.ts";
import { AUDIENCE, NOW } from "../../views/samples.ts";

const NBSP = "\u00a0";
const QUESTION: Question = { command: "registration", options: {} };

function view(more: Partial<RegistrationAnswer> = {}): ReportView {
  return registrationView({
    reading: readingOf(),
    question: QUESTION,
    audience: AUDIENCE,
    targets: { high: 90, low: 70 },
    ...more,
  });
}

function of(counts: Partial<PeopleCounts>, more: Partial<RegistrationAnswer> = {}): ReportView {
  return view({
    reading: readingOf({ scopes: { members: { people: 0, leftOut: {}, ...counts } } }),
    ...more,
  });
}

function asking(options: Question["options"]): Question {
  return { command: "registration", options };
}

describe("the card of people registered", () => {
  const { title, subtitle, headline, sections, explanations, footer, notices } = view();

  it("begins with who can reset their password, of those in scope", () => {
    expect(title).toBe("People registered");
    expect(subtitle).toBe("21 Nov 2026 · 19,412 members");
    expect(headline).toBe(
      `14,611 of 16,230 in scope can reset their password themselves: 90${NBSP}%. ` +
        `The target of 90${NBSP}% is reached.`,
    );
    expect(sections[0]?.headline).toBe(headline);
    expect(notices).toEqual([]);
  });

  it("lists every figure with its share and states the denominators", () => {
    expect(sections[0]?.table).toEqual({
      columns: ["Figure", "People", "Share"],
      rows: [
        ["SSPR registered", "15,204", `78${NBSP}%`],
        ["SSPR enabled", "16,230", `84${NBSP}%`],
        ["SSPR capable, of enabled", "14,611", `90${NBSP}%`],
        ["MFA registered", "18,230", `94${NBSP}%`],
        ["MFA capable", "17,940", `92${NBSP}%`],
        ["Passwordless capable", "5,046", `26${NBSP}%`],
        ["Phone is the only second method", "2,918", `15${NBSP}%`],
      ],
    });
    expect(sections[0]?.remarks).toEqual([
      `MFA registered: 94${NBSP}%, the target of 90${NBSP}% is reached.`,
      "Shares are of 19,412 members; SSPR capable is of the 16,230 enabled.",
    ]);
  });

  it("says who is counted, who was left out by which rule, and what the words mean", () => {
    expect(explanations).toEqual([
      "Counted: 19,412 members; disabled accounts are not in the report. Left out: 9 synchronization and package " +
        "accounts, 50 accounts of excluded groups, 700 guests.",
      expect.stringMatching(/^Registered: .* Enabled: .* Capable: /),
    ]);
    expect(footer).toMatch(/^From Microsoft Graph \(registration details\), read today 14:32/);
  });
});

describe("targets", () => {
  it.each([
    [900, `90${NBSP}%. The target of 90${NBSP}% is reached.`],
    [899, `90${NBSP}%. Just below the target of 90${NBSP}%.`],
    [894, `89${NBSP}%. Below the target of 90${NBSP}%.`],
    [700, `70${NBSP}%. Below the target of 90${NBSP}%.`],
    [699, `70${NBSP}%. Below the target of 90${NBSP}%.`],
    [694, `69${NBSP}%. Far below the target: under 70${NBSP}%.`],
    [0, `0${NBSP}%. Far below the target: under 70${NBSP}%.`],
  ])("are put in words for %d of 1,000", (ssprCapable, end) => {
    const { headline } = of({ people: 2_000, ssprEnabled: 1_000, ssprCapable });

    expect(headline.endsWith(`themselves: ${end}`)).toBe(true);
  });

  it("are configurable", () => {
    const { headline } = view({ targets: { high: 95, low: 92 } });

    expect(headline).toMatch(/Far below the target: under 92/);
  });

  it("measure MFA capable where the API has no MFA registered", () => {
    const remarks = of({ people: 1_000, mfaCapable: 750 }).sections[0]?.remarks;

    expect(remarks?.[0]).toBe(`MFA capable: 75${NBSP}%, below the target of 90${NBSP}%.`);
  });
});

describe("figures", () => {
  it("read “not in this API” where there is none, and never zero", () => {
    const rows = of({ people: 1_000, ssprRegistered: 0 }).sections[0]?.table?.rows;

    expect(rows?.[0]).toEqual(["SSPR registered", "0", `0${NBSP}%`]);
    expect(rows?.slice(1).map(([, people, share]) => [people, share])).toEqual(
      Array.from({ length: 6 }, () => ["not in this API", "–"]),
    );
  });

  it("above the whole are shown as they are, with a note", () => {
    const { sections, headline } = view({ reading: LEGACY });

    expect(headline).toMatch(/^323 of 4,234 in scope can reset/);
    expect(sections[0]?.table?.rows[0]).toEqual(["SSPR registered", "23,423", `101${NBSP}%`]);
    expect(sections[0]?.remarks).toContain(
      "More people than there are to count: SSPR registered. These are Microsoft's own figures, shown as they are.",
    );
  });

  it("of millions are written in full", () => {
    const { headline } = of({ people: 3_000_000, ssprEnabled: 2_000_000, ssprCapable: 1_234_567 });

    expect(headline).toMatch(/^1,234,567 of 2,000,000 in scope/);
  });

  it("of fewer than twenty people have no share and no target", () => {
    const { headline, sections } = of({ people: 7, ssprEnabled: 5, ssprCapable: 3, mfaRegistered: 7 });

    expect(headline).toBe("3 of 5 in scope can reset their password themselves.");
    expect(sections[0]?.table?.rows.every(([, , share]) => share === "–")).toBe(true);
    expect(sections[0]?.remarks).toEqual(["Shares are of 7 members; SSPR capable is of the 5 enabled."]);
  });

  it("of one person are told of one member", () => {
    expect(of({ people: 1, mfaRegistered: 1 }).headline).toBe("1 member counted.");
  });

  it("of small groups are hidden with their shares where the place says so", () => {
    const audience = { ...AUDIENCE, smallGroupFloor: 5 };
    const { headline, sections } = of(
      {
        people: 1_000,
        ssprEnabled: 900,
        ssprCapable: 3,
        mfaRegistered: 4,
        passwordlessCapable: 5,
        phoneOnly: 0,
      },
      { audience },
    );

    expect(headline).toBe("Fewer than 5 of 900 in scope can reset their password themselves.");
    expect(sections[0]?.table?.rows.slice(2)).toEqual([
      ["SSPR capable, of enabled", "fewer than 5", "–"],
      ["MFA registered", "fewer than 5", "–"],
      ["MFA capable", "not in this API", "–"],
      ["Passwordless capable", "5", `1${NBSP}%`],
      ["Phone is the only second method", "0", `0${NBSP}%`],
    ]);
    expect(sections[0]?.remarks.join()).not.toMatch(/MFA registered/);
  });
});

describe("nobody", () => {
  it("in scope is said in a sentence", () => {
    const { headline } = view({ question: asking({ scope: "guests" }) });

    expect(headline).toBe("Nobody of 700 guests is in scope of password reset.");
  });

  it("counted is explained by who was left out, without a table of zeros", () => {
    const { headline, sections, explanations } = of({ people: 0, leftOut: { guests: 1 } });

    expect(headline).toBe("Nobody is counted for members.");
    expect(sections).toEqual([{ headline, remarks: [] }]);
    expect(explanations[0]).toContain(
      "Left out: no synchronization or package accounts (none were found), 1 guest.",
    );
  });
});

describe("another scope", () => {
  it("is shown where the reading knows it", () => {
    const { title, subtitle } = view({ question: asking({ scope: "guests" }) });

    expect([title, subtitle]).toEqual(["People registered · guests", "21 Nov 2026 · 700 guests"]);
  });

  it("that the reading lacks is said plainly, and everyone is shown instead", () => {
    const { title, notices, explanations } = view({ reading: LEGACY });

    expect(title).toBe("People registered · everyone");
    expect(notices[0]).toBe("This report does not tell members apart. It is shown for everyone instead.");
    expect(explanations[0]).toMatch(/^Counted: 23,123 accounts; .* nobody is left out/);
  });

  it("is needed: a reading without any is refused", () => {
    expect(() => view({ reading: readingOf({ scopes: {} }) })).toThrow(/counts nobody/);
  });
});

describe("notices and buttons", () => {
  it("say how the question was read and what is odd about them", () => {
    const { notices } = view({
      reading: readingOf({
        readAt: new Date(NOW.getTime() - 14 * 3_600_000),
        notes: [{ kind: "legacy-instead" }, { kind: "groups-not-left-out", groups: 1 }],
      }),
      corrections: [{ said: "regstration", read: "registration" }],
      refined: true,
    });

    expect(notices).toEqual([
      "I read “regstration” as “registration”.",
      "I took this as a change to your last question.",
      expect.stringContaining("grant AuditLog.Read.All"),
      expect.stringMatching(/^1 excluded group is counted here/),
    ]);
  });

  it("offer the methods, two other scopes and the making of the figures", () => {
    const { buttons } = view();

    expect(buttons).toEqual([
      { title: "Refresh", verb: "refresh", question: QUESTION },
      { title: "Methods", verb: "look", question: { command: "methods", options: {} }, base: QUESTION },
      { title: "Guests", verb: "look", question: asking({ scope: "guests" }), base: QUESTION },
      { title: "Admins", verb: "look", question: asking({ scope: "admins" }), base: QUESTION },
      { title: "Explain", verb: "explain", question: QUESTION, base: QUESTION },
    ]);
  });

  it("offer no scope that the reading lacks", () => {
    const titles = view({ reading: LEGACY }).buttons.map(({ title }) => title);

    expect(titles).toEqual(["Refresh", "Methods", "Explain"]);
  });

  it("lead back from a view for the presser", () => {
    const question = asking({ scope: "admins" });
    const { onlyYou, buttons, refresh } = view({ question, onlyYou: true, base: QUESTION });

    expect(onlyYou).toBe("Only you see this view");
    expect(buttons.map(({ title }) => title)).toEqual(["Back", "Methods", "Members", "Guests", "Explain"]);
    expect(buttons[1]).toMatchObject({ question: { command: "methods", options: { scope: "admins" } } });
    expect(buttons[2]).toMatchObject({ question: QUESTION, base: QUESTION });
    expect(refresh).toMatchObject({ verb: "look", question, base: QUESTION });
  });
});
