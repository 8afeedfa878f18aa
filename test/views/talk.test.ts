import { describe, expect, it } from "vitest";
import type { Permission } from "../../src/access/permission.ts";
import type { AccessRules, Decision, Holder } from "../../src/access/rules.ts";
import { COMMAND_IDS } from "../../src/language/question.ts";
import { helpView } from "../../src/views/help.ts";
import { misunderstoodView, welcomeView } from "../../src/views/notice.ts";
import { progressView } from "../../src/views/progress.ts";
import { questionTitle } from "../../src/views/question-title.ts";
import { whoAmIView } from "../../src/views/whoami.ts";
import { AUDIENCE, BY_METHOD, NOW, SUGGESTIONS } from "./samples.ts";

const IDS = { tenantId: "6f1c1b8e-0000-4000-8000-000000000001", audience: AUDIENCE };
const REPORTS_READER: Holder = {
  kind: "role",
  id: "4a5d8f65-41da-4de4-8968-e035b65339cf",
  name: "Reports Reader",
};
const GROUP: Holder = {
  kind: "group",
  id: "6f1c1b8e-0000-4000-8000-000000000002",
  name: "SSPR report readers",
};
const RULES: AccessRules = {
  reports: [GROUP, REPORTS_READER],
  person: [REPORTS_READER],
  people: [REPORTS_READER],
  manage: [REPORTS_READER],
  audit: [],
};

function accessOf(allowed: Partial<Record<Permission, Decision>> = {}): Record<Permission, Decision> {
  const denied = { allowed: false } as const;
  return { reports: denied, person: denied, people: denied, manage: denied, audit: denied, ...allowed };
}

describe("progressView", () => {
  it("says how far the reading is and that nobody has to wait", () => {
    const view = progressView({ pages: 12, rows: 11_840, question: BY_METHOD, audience: AUDIENCE });

    expect(view.headline).toBe(
      "Reading Microsoft Graph: 12 pages, 11,840 rows so far. This card fills itself; you can leave.",
    );
  });

  it.each([
    [0, 0, "Reading Microsoft Graph: waiting for the first page."],
    [1, 1, "Reading Microsoft Graph: 1 page, 1 row so far."],
  ])("counts %d pages and %d rows in good English", (pages, rows, line) => {
    expect(progressView({ pages, rows, question: BY_METHOD, audience: AUDIENCE }).lines[0]).toBe(line);
  });

  it("says until when Microsoft makes it wait", () => {
    const waitingUntil = new Date(NOW.getTime() + 60_000);
    const view = progressView({ pages: 1, rows: 9, waitingUntil, question: BY_METHOD, audience: AUDIENCE });

    expect(view.lines).toContain("Microsoft asks us to wait until today 14:33 (Europe/Berlin).");
  });

  it("promises the presser of a look nothing that cannot happen: it offers the same look once more", () => {
    const question = { command: "usage", options: { by: "method", period: "D7" } } as const;
    const shown = { pages: 0, rows: 0, question, audience: AUDIENCE };

    const view = progressView({ ...shown, onlyYou: true, base: BY_METHOD });

    expect(view.onlyYou).toBe("Only you see this view");
    expect(view.lines.at(-1)).toBe("This view does not fill itself. Press “Refresh” again in a moment.");
    expect(view.headline).not.toContain("fills itself");
    expect(view.buttons).toEqual([
      { title: "Refresh", verb: "look", question, base: BY_METHOD },
      { title: "Back", verb: "back", question: BY_METHOD },
    ]);
  });

  it("lets the presser of Back press Back again", () => {
    const view = progressView({ pages: 0, rows: 0, question: BY_METHOD, audience: AUDIENCE, onlyYou: true });

    expect(view.onlyYou).toBe("Only you see this view");
    expect(view.buttons).toEqual([{ title: "Refresh", verb: "back", question: BY_METHOD }]);
  });
});

describe("helpView", () => {
  it("lists every working command with its summary, and has no button for itself", () => {
    const view = helpView({ available: SUGGESTIONS, audience: AUDIENCE, allowed: [] });

    expect(view.commands).toEqual([
      { words: "sspr usage by method", summary: "Tries that worked and failed, by method or by feature" },
      { words: "help", summary: "What you can ask, and what you may see" },
    ]);
    expect(view.buttons).toEqual([{ title: "sspr usage by method", verb: "ask", question: BY_METHOD }]);
    expect(view.access).toBe("You may not see the reports yet. Ask “who am i” to learn why.");
  });

  it("claims nothing about the asker where nothing is known", () => {
    expect(helpView({ available: SUGGESTIONS, audience: AUDIENCE })).not.toHaveProperty("access");
  });

  it("has at most five buttons", () => {
    const available = COMMAND_IDS.map((command) => ({ words: command, question: { command, options: {} } }));

    expect(helpView({ available, audience: AUDIENCE }).buttons).toHaveLength(5);
  });
});

describe("whoAmIView", () => {
  const ASKER = { ...IDS, userId: "u", rules: RULES };

  it("tells who is refused which group opens the reports, and about other accounts and PIM", () => {
    const view = whoAmIView({ ...ASKER, access: accessOf() });

    expect(view.headline).toBe("You may not see the reports.");
    expect(view.facts[0]).toEqual({
      name: "Reports",
      value: "No. Open to members of the group SSPR report readers or Reports Reader",
    });
    expect(view.lines).toEqual([
      expect.stringContaining("Report-reading roles are Reports Reader, "),
      "Ask for this account to be added to the group SSPR report readers.",
      "If your administrator role is on another account, it does not count for this one.",
      "If your role comes through PIM, activate it first.",
    ]);
  });

  it("tells who is allowed why, for each permission", () => {
    const view = whoAmIView({
      ...ASKER,
      name: "Alex Kim",
      access: accessOf({ reports: { allowed: true, because: [GROUP] } }),
    });

    expect(view.headline).toBe("You may see the reports.");
    expect(view.facts).toContainEqual({ name: "Name", value: "Alex Kim" });
    expect(view.facts).toContainEqual({
      name: "Reports",
      value: "Yes: members of the group SSPR report readers",
    });
    expect(view.facts).toContainEqual({ name: "Audit", value: "No. Open to nobody" });
  });

  it("names the setting where no group opens what is refused", () => {
    const view = whoAmIView({
      ...ASKER,
      access: accessOf({ reports: { allowed: true, because: [GROUP] } }),
    });

    expect(view.lines[1]).toContain("ACCESS_PERSON");
  });

  it("claims neither where Graph did not answer", () => {
    const view = whoAmIView({ ...ASKER, access: "undecided" });

    expect(view.headline).toContain("Not known");
    expect(view.facts.some(({ name }) => name === "Reports")).toBe(false);
  });

  it("says which permission the check lacks, and who grants it", () => {
    const lacking = whoAmIView({ ...ASKER, access: "undecided", missingPermission: "User.Read.All" });
    const silent = whoAmIView({ ...ASKER, access: "undecided" });

    expect(lacking.headline).toBe("Not known: AuthPulse may not check your roles and groups.");
    expect(lacking.lines.join(" ")).toMatch(
      /no consent for User\.Read\.All.*Global or Privileged Role Administrator/,
    );
    expect(lacking.lines.join(" ")).not.toContain("minute");
    expect(silent.lines.join(" ")).toContain("Ask again in a minute.");
  });

  it("tells the operator that no role is checked", () => {
    const view = whoAmIView({ ...IDS, rules: RULES, access: accessOf() });

    expect(view.title).toBe("You run AuthPulse");
    expect(view.facts).toHaveLength(2);
  });
});

describe("short messages", () => {
  it("names the words that were not understood and offers the nearest commands", () => {
    const reading = { misunderstood: true, suggestions: [], unknownWords: ["quarter"] } as const;
    const view = misunderstoodView({ reading, suggestions: SUGGESTIONS, audience: AUDIENCE });

    expect(view.lines).toEqual([
      "I did not understand “quarter”.",
      "Periods are 1, 7 or 30 days, and not every question takes one.",
      "Did you mean one of these?",
    ]);
    expect(view.buttons.map(({ title }) => title)).toEqual(["sspr usage by method", "help"]);
  });

  it("offers help where nothing is near, and names at most five words", () => {
    const reading = { misunderstood: true, suggestions: [], unknownWords: [..."abcdefgh"] } as const;
    const view = misunderstoodView({ reading, suggestions: [], audience: AUDIENCE });

    expect(view.headline).toBe("I did not understand “a”, “b”, “c”, “d”, “e”.");
    expect(view.buttons).toEqual([
      { title: "Help", verb: "ask", question: { command: "help", options: {} } },
    ]);
  });

  it("asks for a mention where others read along", () => {
    const welcome = (place: "personal" | "team" | "groupChat"): string =>
      welcomeView({ place, suggestions: SUGGESTIONS, audience: AUDIENCE }).lines.join(" ");

    expect(welcome("personal")).not.toContain("Mention");
    expect(welcome("team")).toContain("Mention me");
    expect(welcome("groupChat")).toBe(welcome("team"));
  });
});

describe("questionTitle", () => {
  it("says what the numbers are narrowed to", () => {
    const options = { by: "feature", feature: "reset", method: "sms" } as const;

    expect(questionTitle({ command: "usage", options }, AUDIENCE.words)).toBe(
      "SSPR usage by feature · password resets · SMS",
    );
  });
});
