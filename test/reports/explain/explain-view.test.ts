import { describe, expect, it } from "vitest";
import type { Question } from "../../../src/language/question.ts";
import type { ReaderId } from "../../../src/ports/usage.ts";
import { explainView } from "../../../src/reports/explain/explain-view.ts";
import type { ExplainedNumbers } from "../../../src/reports/explain/numbers.ts";
import type { ReportView } from "../../../src/views/view.ts";
import { LEGACY, readingOf } from "../../views/people-samples.ts";
import { AUDIENCE, MODEL_ROWS, snapshotOf } from "../../views/samples.ts";

const BASE: Question = { command: "overview", options: {} };

function view(numbers: ExplainedNumbers, options: Question["options"] = {}, onlyYou?: boolean): ReportView {
  return explainView({
    numbers,
    question: { command: numbers.about, options },
    base: BASE,
    audience: AUDIENCE,
    ...(onlyYou !== undefined && { onlyYou }),
  });
}

function endpointOf({ sections }: ReportView): string | undefined {
  return sections[0]?.remarks[0];
}

const SUMMARIES = readingOf({ reader: "summaries" });

describe("what was asked of Graph", () => {
  it.each([
    ["events", "GET /beta/reports/authenticationMethods/userEventsSummary"],
    ["activity", "GET /beta/reports/authenticationMethods/userRegistrationActivity(period='d7')"],
    ["legacy", "GET /beta/reports/getCredentialUsageSummary(period='D7')"],
  ] as const)("is named for tries of the %s reader", (reader: ReaderId, endpoint) => {
    const snapshot = snapshotOf(MODEL_ROWS, { reader, period: "D7" });

    expect(endpointOf(view({ about: "usage", snapshot }))).toBe(endpoint);
    expect(endpointOf(view({ about: "failures", snapshot }))).toBe(endpoint);
  });

  it.each([
    [{ about: "registration", reading: readingOf() }, {}, "userRegistrationDetails"],
    [{ about: "methods", reading: readingOf() }, {}, "userRegistrationDetails"],
    [
      { about: "registration", reading: SUMMARIES },
      { scope: "guests" },
      "usersRegisteredByFeature(includedUserTypes='guest',includedUserRoles='all')",
    ],
    [
      { about: "methods", reading: SUMMARIES },
      { scope: "admins" },
      "usersRegisteredByMethod(includedUserTypes='member',includedUserRoles='admin')",
    ],
    [{ about: "registration", reading: LEGACY }, {}, "/beta/reports/getCredentialUserRegistrationCount"],
    [{ about: "methods", reading: LEGACY }, {}, "/beta/reports/credentialUserRegistrationDetails"],
  ] as const)("is named for people (%#)", (numbers, options, endpoint) => {
    expect(endpointOf(view(numbers, options))?.endsWith(endpoint)).toBe(true);
  });
});

describe("how figures come about", () => {
  const registration = view({ about: "registration", reading: readingOf() });

  it("tells filter, window, time, how long it took and how much was read", () => {
    expect(registration.sections[0]?.facts?.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      "Filter: None; type, role and excluded accounts are told apart after reading",
      "Window: None: the state at the time of reading",
      "Read: today 14:32 (Europe/Berlin)",
      "It took: 12 seconds",
      "Read in all: pages: 21 · rows: 20,171",
    ]);
  });

  it("tells the window of tries with both ends, and that the time it took is not kept", () => {
    const { sections } = view({ about: "usage", snapshot: snapshotOf(MODEL_ROWS) });
    const facts = sections[0]?.facts?.map(({ value }) => value);

    expect(facts).toContain("Last 30 days: 22 Oct – 21 Nov 2026");
    expect(facts).toContain("not kept");
    expect(sections[0]?.remarks[1]).toMatch(/^Counted: tries of all accounts/);
  });

  it("never says that it took no time", () => {
    const { sections } = view({ about: "usage", snapshot: snapshotOf(MODEL_ROWS), took: 3 });

    expect(sections[0]?.facts?.map(({ value }) => value)).toContain("1 second");
  });

  it("says who was counted and left out", () => {
    expect(registration.sections[0]?.remarks[1]).toMatch(/^Counted: 19,412 members; .*Left out: 9 sync/);
  });

  it("gives each figure its formula, by reader", () => {
    const rows = view({ about: "registration", reading: LEGACY }).sections[1]?.table?.rows;

    expect(registration.sections[1]?.table?.rows[3]).toEqual([
      "MFA registered",
      "people with isMfaRegistered",
    ]);
    expect(rows?.[0]).toEqual(["SSPR registered", "Microsoft's count of registered"]);
    expect(rows?.[5]).toEqual(["Passwordless capable", "not in this API"]);
  });

  it("lists Graph's own words, narrowed like the answer, each once", () => {
    const snapshot = snapshotOf(MODEL_ROWS);
    const all = view({ about: "usage", snapshot }).sections[2];
    const narrowed = view({ about: "usage", snapshot }, { method: "sms", feature: "reset" }).sections[2];

    expect(all?.headline).toBe("Values as Microsoft sent them");
    expect(all?.remarks[0]).toMatch(/^reset, registration, microsoftAuthenticatorPush, mobileSMS, sms, /);
    expect(narrowed?.remarks).toEqual(["reset, mobileSMS, sms."]);
  });

  it("cuts a flood of values and says how many there are", () => {
    const methods = Object.fromEntries(Array.from({ length: 70 }, (_unused, index) => [`new${index}`, 1]));
    const reading = readingOf({ scopes: { members: { people: 70, methods, leftOut: {} } } });

    expect(view({ about: "methods", reading }).sections[2]?.remarks[0]).toMatch(/new59 and 10 others\.$/);
  });

  it("names the tile of the admin center, and why it differs only where it does", () => {
    const counted = registration.sections.at(-1)?.remarks.join(" ");
    const summed = view({ about: "registration", reading: SUMMARIES }).sections.at(-1)?.remarks.join(" ");

    expect(counted).toContain("“Users capable of self-service password reset”");
    expect(counted).toContain("accounts that are left out here are in it");
    expect(summed).not.toContain("left out here");
  });
});

it("is for the presser, with the way back to the message", () => {
  const { onlyYou, buttons, refresh } = view({ about: "registration", reading: readingOf() });

  expect(onlyYou).toBe("Only you see this view");
  expect(buttons).toEqual([{ title: "Back", verb: "back", question: BASE }]);
  expect(refresh).toBeUndefined();
});

it("says nothing of one person where everybody sees it", () => {
  const shown = view({ about: "registration", reading: readingOf() }, {}, false);

  expect(shown.onlyYou).toBeUndefined();
  expect(shown.buttons).toEqual([]);
});
