import type { Question } from "../../src/language/question.ts";
import { auditView } from "../../src/reports/audit/audit-view.ts";
import { explainView } from "../../src/reports/explain/explain-view.ts";
import { failuresView } from "../../src/reports/failures/failures-view.ts";
import { methodsView } from "../../src/reports/methods/methods-view.ts";
import { peopleCountView } from "../../src/reports/people/count-view.ts";
import { peopleView } from "../../src/reports/people/people-view.ts";
import { personNotFoundView, personView } from "../../src/reports/people/person-view.ts";
import { registrationView } from "../../src/reports/registration/registration-view.ts";
import type { Audience } from "../../src/views/audience.ts";
import type { View } from "../../src/views/view.ts";
import { newUser } from "../digest/subscriptions.ts";
import { auditEntry } from "../store/audit-contract.ts";
import { GUESTS, LEGACY, MEMBERS, personOf, readingOf, SUMS, sumOf, tryOf } from "../views/people-samples.ts";
import { MODEL_ROWS, NOW, snapshotOf } from "../views/samples.ts";

function question(command: Question["command"], options: Question["options"] = {}): Question {
  return { command, options };
}

const TARGETS = { high: 90, low: 70 };

/** One view of every report about people or failures, with all that a view of it may carry. */
export function reportViews(audience: Audience, foreign: string): View[] {
  return [
    ...countViews(audience, foreign),
    ...failureViews(audience, foreign),
    ...nameViews(audience, foreign),
    ...auditViews(audience, foreign),
  ];
}

function countViews(audience: Audience, foreign: string): View[] {
  const registration = question("registration");
  const methods = question("methods");
  const strange = { ...MEMBERS, methods: { ...MEMBERS.methods, [foreign]: 99, password: 19_000 } };
  const heard = {
    corrections: [{ said: foreign, read: "guests" }],
    refined: true,
    refreshed: true,
    nextReadAt: NOW,
    onlyYou: true,
    base: registration,
  };
  return [
    registrationView({ reading: readingOf(), question: registration, audience, targets: TARGETS }),
    registrationView({
      reading: {
        ...LEGACY,
        notes: [
          { kind: "legacy-instead", permission: foreign },
          { kind: "groups-not-left-out", groups: 2 },
        ],
      },
      question: question("registration", { scope: "guests" }),
      audience,
      targets: TARGETS,
      ...heard,
    }),
    methodsView({ reading: readingOf({ scopes: { members: strange } }), question: methods, audience }),
    methodsView({ reading: LEGACY, question: methods, audience }),
    methodsView({
      reading: readingOf(),
      question: question("methods", { method: "certificate" }),
      audience,
      ...heard,
    }),
    explainView({
      numbers: { about: "registration", reading: readingOf() },
      question: registration,
      base: registration,
      audience,
    }),
    explainView({
      numbers: { about: "methods", reading: readingOf({ scopes: { members: strange, guests: GUESTS } }) },
      question: methods,
      base: methods,
      audience,
      onlyYou: false,
    }),
  ];
}

function failureViews(audience: Audience, foreign: string): View[] {
  const failures = question("failures");
  const snapshot = snapshotOf(MODEL_ROWS);
  const sums = [...SUMS, sumOf(foreign, 3), sumOf("other", 5), sumOf("started-sms", 9, { feature: foreign })];
  return [
    failuresView({ snapshot, sums, question: failures, audience, showUnknownTexts: true }),
    failuresView({
      snapshot,
      sums,
      question: failures,
      audience,
      showUnknownTexts: false,
      corrections: [{ said: foreign, read: "failures" }],
      refined: true,
      refreshed: true,
      nextReadAt: NOW,
      onlyYou: true,
      base: failures,
    }),
    failuresView({ snapshot, question: failures, audience, showUnknownTexts: false }),
    failuresView({
      snapshot: snapshotOf([]),
      sums: [],
      question: failures,
      audience,
      showUnknownTexts: true,
    }),
    ...(["usage", "failures"] as const).map((about) =>
      explainView({
        numbers: { about, snapshot, took: 900 },
        question: question(about),
        base: failures,
        audience,
      }),
    ),
  ];
}

function nameViews(audience: Audience, foreign: string): View[] {
  const readAt = NOW;
  const scope = "members";
  const page = { page: 2, hasNext: true, continuation: "6f1c1b8e", scope, readAt, audience } as const;
  const people = [
    personOf(),
    personOf({ name: foreign, userPrincipalName: foreign, methods: [foreign] }),
    personOf({ methods: [] }),
  ];
  const failing = { failures: 1_204, lastAt: NOW, method: "sms", feature: "reset" };
  const asked = question("people", { filter: "not-registered" });
  return [
    peopleView({
      ...page,
      listed: { filter: "not-registered", people },
      total: 1_619,
      question: asked,
      corrections: [{ said: foreign, read: "people" }],
      refined: true,
    }),
    peopleView({ ...page, listed: { filter: "phone-only", people: [] }, question: asked, onlyYou: true }),
    peopleView({
      ...page,
      listed: {
        filter: "failing",
        people: [
          { ...failing, name: "Adele Vance", userPrincipalName: "adele.vance@contoso.com", reason: foreign },
          { ...failing, name: foreign, userPrincipalName: foreign, reason: "started-sms" },
        ],
      },
      window: { from: new Date("2026-10-22T13:00:00Z"), to: NOW },
      question: question("people", { filter: "failing" }),
    }),
    peopleCountView({
      filter: "phone-only",
      count: 1,
      scope,
      question: asked,
      audience,
      url: "https://teams.microsoft.com/l/chat/0/0",
    }),
    peopleCountView({ filter: "failing", scope, question: asked, audience }),
    personView({
      person: personOf({ name: foreign, userPrincipalName: foreign, methods: [foreign, "sms"] }),
      tries: [tryOf(5), tryOf(9, { reason: foreign, feature: foreign, method: foreign })],
      reader: "details",
      readAt,
      question: question("person", { user: foreign.slice(0, 100) }),
      audience,
    }),
    personView({
      person: { name: "", userPrincipalName: foreign },
      tries: [],
      reader: "legacy",
      readAt,
      question: question("person", { user: foreign.slice(0, 100) }),
      audience,
      onlyYou: true,
      base: asked,
    }),
    personNotFoundView(foreign, audience),
  ];
}

function auditViews(audience: Audience, foreign: string): View[] {
  const who = newUser();
  const audit = { period: "D30", from: NOW, to: NOW, keptMonths: 12, audience } as const;
  return [
    auditView({
      ...audit,
      entries: [
        auditEntry({ who, target: who, command: foreign, detail: foreign, outcome: foreign }),
        auditEntry({ who: "operator", what: "forgotten", place: "terminal" }),
      ],
      counts: new Map([
        ["refused", 1_204],
        ["forgotten", 1],
      ]),
      accounts: new Map([[who, { kind: "guest", name: foreign }]]),
      names: { someMissing: true, limitedTo: 20 },
      question: question("audit"),
      corrections: [{ said: foreign, read: "audit" }],
    }),
    auditView({
      ...audit,
      ...{ entries: [], counts: new Map(), accounts: new Map(), names: { someMissing: false } },
      question: question("audit", { period: "D7" }),
      onlyYou: true,
      base: question("audit"),
    }),
  ];
}
