import { describe, expect, it } from "vitest";
import { COMMAND_IDS } from "../../src/language/question.ts";
import { helpView } from "../../src/views/help.ts";
import { misunderstoodView, notInThisVersionView, welcomeView } from "../../src/views/notice.ts";
import { progressView } from "../../src/views/progress.ts";
import { questionTitle } from "../../src/views/question-title.ts";
import { whoAmIView } from "../../src/views/whoami.ts";
import { AUDIENCE, BY_METHOD, NOW, SUGGESTIONS } from "./samples.ts";

const IDS = { tenantId: "6f1c1b8e-0000-4000-8000-000000000001", audience: AUDIENCE };
const REPORTS_READER = "4a5d8f65-41da-4de4-8968-e035b65339cf";

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
    const view = helpView({ available: SUGGESTIONS, audience: AUDIENCE, allowed: false });

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
  it("tells who is refused which roles open the reports and whom to ask", () => {
    const view = whoAmIView({ ...IDS, userId: "u", allowed: false, roles: [] });

    expect(view.headline).toBe("You may not see the reports.");
    expect(view.lines.join(" ")).toMatch(
      /Reports Reader, .*Global Administrator.*Privileged Role Administrator/,
    );
  });

  it("tells who is allowed why", () => {
    const view = whoAmIView({
      ...IDS,
      userId: "u",
      name: "Alex Kim",
      allowed: true,
      roles: [REPORTS_READER],
    });

    expect(view.lines).toEqual(["You may, because you hold Reports Reader."]);
    expect(view.facts.map(({ value }) => value)).toEqual([
      "You may see the reports",
      "Alex Kim",
      "Reports Reader",
      "u",
      IDS.tenantId,
    ]);
  });

  it("claims neither where Graph did not answer", () => {
    const view = whoAmIView({ ...IDS, userId: "u", allowed: "undecided", roles: [] });

    expect(view.headline).toContain("Not known");
    expect(view.facts.some(({ name }) => name === "Your roles")).toBe(false);
  });

  it("says which permission the check of roles lacks, and who grants it", () => {
    const undecided = { ...IDS, userId: "u", allowed: "undecided", roles: [] } as const;

    const lacking = whoAmIView({ ...undecided, missingPermission: "User.Read.All" });
    const silent = whoAmIView(undecided);

    expect(lacking.headline).toBe("Not known: AuthPulse may not check your roles.");
    expect(lacking.lines.join(" ")).toMatch(
      /no consent for User\.Read\.All.*Global or Privileged Role Administrator/,
    );
    expect(lacking.lines.join(" ")).not.toContain("minute");
    expect(silent.lines.join(" ")).toContain("Ask again in a minute.");
  });

  it("tells the operator that no role is checked", () => {
    const view = whoAmIView({ ...IDS, allowed: true, roles: [] });

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
      "Periods are 1, 7 or 30 days.",
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

  it("says what a command of a later version will answer and what works today", () => {
    const view = notInThisVersionView({
      question: { command: "trend", options: {} },
      words: "trend",
      available: SUGGESTIONS,
      audience: AUDIENCE,
    });

    expect(view.title).toBe("“trend” is not in this version");
    expect(view.lines[0]).toBe("It will answer: Weekly history, 12 weeks by default.");
    expect(view.buttons).toHaveLength(2);
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
