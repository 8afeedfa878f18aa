import { describe, expect, it } from "vitest";
import {
  PROBLEM_CODES,
  type ProblemCode,
  type ProblemFacts,
  SIGN_IN_FAULTS,
} from "../../src/kernel/problem.ts";
import { type ProblemAnswer, problemView } from "../../src/views/problem.ts";
import { AUDIENCE, BY_METHOD, NOW } from "./samples.ts";

function answer(code: ProblemCode, more: Partial<ProblemAnswer> = {}): ProblemAnswer {
  return { code, facts: {}, audience: AUDIENCE, correlationId: "7f3a9c21", question: BY_METHOD, ...more };
}

const READ_AT = new Date("2026-11-21T07:10:00Z");

describe("problemView", () => {
  it("has a title of its own for every code", () => {
    const titles = PROBLEM_CODES.map((code) => problemView(answer(code)).title);

    expect(new Set(titles).size).toBe(PROBLEM_CODES.length);
  });

  it.each(PROBLEM_CODES)("says for %s what failed, who can fix it, what to do and what then", (code) => {
    const view = problemView(answer(code));
    const told = [view.title, view.what, ...view.facts.map(({ value }) => value)];

    expect(view.facts.map(({ name }) => name)).toEqual(["Who can fix it", "What to do", "Then"]);
    expect(told.every((text) => text.length > 5)).toBe(true);
    expect(told.join(" ")).not.toMatch(/undefined|null|NaN|Oops|HTTP|\$\{/);
    expect(view.title).not.toMatch(/error/i);
    expect(view.reference).toBe(`${code} · 7f3a9c21 · 21 Nov 2026 13:32 UTC`);
    expect(view.buttons[0]).toMatchObject({ verb: "retry", question: BY_METHOD });
  });

  it("names the missing permission, the last numbers and the place to grant it", () => {
    const view = problemView(
      answer("GRAPH-PERMISSION", { facts: { permission: "AuditLog.Read.All" }, lastReadAt: READ_AT }),
    );

    expect(view.title).toBe("AuthPulse is not allowed to read this report yet");
    expect(view.what).toBe(
      "Microsoft Graph refused the request: the app has no consent for AuditLog.Read.All.",
    );
    expect(view.facts.at(-1)).toEqual({
      name: "Last numbers",
      value: "Today 08:10 (Europe/Berlin), complete",
    });
    expect(view.buttons.map(({ title }) => title)).toEqual([
      "Try again",
      "Show last numbers",
      "Open Entra admin center",
    ]);
    expect(view.buttons.at(-1)).toMatchObject({ url: "https://entra.microsoft.com" });
  });

  it("says what a retired API is documented to do, whether it answered nothing or refused", () => {
    const { what, facts } = problemView(answer("GRAPH-RETIRED", { facts: { status: 404 } }));

    expect(what).toContain(
      "this API is documented to return no data since 1 August 2025; grant AuditLog.Read.All",
    );
    expect(what).not.toContain("row");
    expect(facts[1]?.value).toMatch(
      /Grant AuditLog\.Read\.All .*If GRAPH_REPORTS is set to legacy, set it to auto\./,
    );
  });

  it("names beside a missing licence the permission that the newer report misses", () => {
    const todo = (facts: ProblemFacts) => problemView(answer("GRAPH-LICENCE", { facts })).facts[1]?.value;

    expect(todo({ permission: "AuditLog.Read.All" })).toContain(
      "Grant AuditLog.Read.All to AuthPulse as well",
    );
    expect(todo({})).not.toContain("AuditLog");
  });

  it("claims no more tries of an unreachable Graph than there were", () => {
    const { what } = problemView(answer("GRAPH-UNREACHABLE", { facts: { status: 500 } }));

    expect(what).toBe("AuthPulse got no usable answer (500).");
  });

  it("says when to try again where Graph named no time", () => {
    expect(problemView(answer("GRAPH-THROTTLED")).facts.at(-1)?.value).toBe(
      "Press Try again after a minute.",
    );
  });

  it.each<[string, ProblemFacts, RegExp, RegExp]>([
    [
      "an ended ready token",
      { signIn: "ready-token", status: 401 },
      /ready access token/,
      /GRAPH_ACCESS_TOKEN/,
    ],
    ["a refused token", { signIn: "token-refused", status: 401 }, /refused it \(401\)/, /GRAPH_CLOUD/],
    ["a challenge", { signIn: "challenge" }, /Conditional Access/, /Sign in again/],
    ["nobody", { signIn: "nobody" }, /nobody is signed in/, /az login/],
    [
      "a wrong secret",
      { signIn: "secret-wrong", aadsts: "AADSTS7000215" },
      /AADSTS7000215/,
      /value, not its id/,
    ],
    [
      "an expired secret",
      { signIn: "secret-expired", aadsts: "AADSTS7000222" },
      /expired/,
      /new client secret/,
    ],
    ["anything else", { aadsts: "AADSTS700016" }, /\(AADSTS700016\)/, /tenant id, the client id/],
  ])("tells what is wrong with the sign-in, and what helps: %s", (_what, facts, what, todo) => {
    const view = problemView(answer("GRAPH-SIGN-IN", { facts }));

    expect(view.what).toMatch(what);
    expect(view.facts[1]?.value).toMatch(todo);
  });

  it("has other words for every way in which a sign-in fails", () => {
    const told = [...SIGN_IN_FAULTS, undefined].map(
      (signIn) => problemView(answer("GRAPH-SIGN-IN", { facts: signIn ? { signIn } : {} })).what,
    );

    expect(new Set(told).size).toBe(SIGN_IN_FAULTS.length + 1);
  });

  it("says who grants the permission that the check of roles lacks, and does not ask to wait for it", () => {
    const lacking = problemView(answer("ACCESS-UNDECIDED", { facts: { permission: "User.Read.All" } }));
    const silent = problemView(answer("ACCESS-UNDECIDED"));

    expect(lacking.what).toContain("the app has no consent for User.Read.All");
    expect(lacking.facts[0]?.value).toBe("A Global or Privileged Role Administrator");
    expect(lacking.facts[1]?.value).toContain("Grant admin consent");
    expect(JSON.stringify(lacking)).not.toContain("Wait a minute");
    expect(silent.what).toContain("did not answer");
    expect(silent.facts[1]?.value).toContain("Wait a minute");
    expect(JSON.stringify(silent)).not.toMatch(/permission|consent|Read\.All/);
  });

  it("says that nothing collected is not a zero", () => {
    expect(problemView(answer("GRAPH-NOT-COLLECTED")).what).toContain("This is not a zero.");
  });

  it.each([
    [undefined, "reset data", "Open the password reset audit logs"],
    ["registrations", "registration report", "Authentication methods › Activity › Registration"],
    ["sign-ins", "sign-ins", "Authentication methods › Activity › Usage"],
  ] as const)("advises on an empty report of %s what fills that report", (report, title, todo) => {
    const view = problemView(answer("GRAPH-NOT-COLLECTED", { facts: report ? { report } : {} }));

    expect(view.title).toContain(title);
    expect(view.facts[1]?.value).toContain(todo);
    expect(view.facts[1]?.value.includes("audit logs")).toBe(report === undefined);
  });

  it.each([
    [new Date(NOW.getTime() + 39_500), "Microsoft asks us to wait 40 seconds"],
    [new Date(NOW.getTime() + 1_000), "Microsoft asks us to wait 1 second"],
    [new Date(NOW.getTime() + 300_000), "Microsoft asks us to wait until today 14:37 (Europe/Berlin)"],
    [new Date(NOW.getTime() - 1_000), "Microsoft asks us to wait"],
  ])("counts a short wait in seconds and tells a long one by the clock (%s)", (retryAt, title) => {
    expect(problemView(answer("GRAPH-THROTTLED", { facts: { retryAt } })).title).toBe(title);
  });

  it("tells what Graph answered only where that helps, as printable text", () => {
    const facts = { status: 418, graphCode: "Tea\u0007pot" };

    expect(problemView(answer("GRAPH-REFUSED", { facts })).what).toContain("(418 Tea pot)");
    expect(problemView(answer("GRAPH-PERMISSION", { facts })).what).not.toContain("418");
  });

  it.each(["ACCESS-DENIED", "ACCESS-UNDECIDED"] as const)(
    "neither names nor offers numbers for %s",
    (code) => {
      const view = problemView(answer(code, { lastReadAt: READ_AT }));

      expect(view.buttons.map(({ title }) => title)).toEqual(["Check again", "Who am I"]);
      expect(view.facts).toHaveLength(3);
    },
  );

  it("explains a second account and PIM to who is refused, with the account's name where it was passed", () => {
    const named = problemView(answer("ACCESS-DENIED", { account: "alex.kim@contoso.com" }));
    const todo = named.facts.map(({ value }) => value).join(" ");

    expect(named.what).toContain("You are signed in to Teams as alex.kim@contoso.com.");
    expect(todo).toMatch(/on another account.*PIM, activate it first/);
    expect(problemView(answer("ACCESS-DENIED")).what).not.toContain("signed in");
  });

  it("offers nothing to try again without a question", () => {
    const { code, facts, audience, correlationId } = answer("INTERNAL");

    expect(problemView({ code, facts, audience, correlationId, lastReadAt: READ_AT }).buttons).toEqual([]);
  });
});
