import type { Question } from "../../src/language/question.ts";
import { SERVICE_CHANGES } from "../../src/reference/service-changes.ts";
import { auditView } from "../../src/reports/audit/audit-view.ts";
import { bestMethodsView } from "../../src/reports/best-methods/best-methods-view.ts";
import { campaignTextsView, campaignView } from "../../src/reports/campaign/campaign-view.ts";
import { compareView } from "../../src/reports/compare/compare-view.ts";
import { explainView } from "../../src/reports/explain/explain-view.ts";
import { explainStoredView } from "../../src/reports/explain/stored-view.ts";
import { failuresView } from "../../src/reports/failures/failures-view.ts";
import { healthView } from "../../src/reports/health/health-view.ts";
import { methodsView } from "../../src/reports/methods/methods-view.ts";
import { peopleCountView } from "../../src/reports/people/count-view.ts";
import { peopleView } from "../../src/reports/people/people-view.ts";
import { personNotFoundView, personView } from "../../src/reports/people/person-view.ts";
import { phoneRetirementView } from "../../src/reports/phone-retirement/phone-retirement-view.ts";
import { registrationView } from "../../src/reports/registration/registration-view.ts";
import { peopleTrendView } from "../../src/reports/trend/people-trend.ts";
import { usageTrendView } from "../../src/reports/trend/usage-trend.ts";
import type { Audience } from "../../src/views/audience.ts";
import { printable } from "../../src/views/plain-text.ts";
import type { View } from "../../src/views/view.ts";
import { newUser } from "../digest/subscriptions.ts";
import { phoneTrend } from "../reports/phone-retirement/samples.ts";
import { manyWeeks, peopleTrend, usageTrend, weeksOf } from "../reports/trend/samples.ts";
import { auditEntry } from "../store/audit-contract.ts";
import { GUESTS, LEGACY, MEMBERS, personOf, readingOf, SUMS, sumOf, tryOf } from "../views/people-samples.ts";
import { MODEL_ROWS, NOW, snapshotOf, usageRow } from "../views/samples.ts";

function question(command: Question["command"], options: Question["options"] = {}): Question {
  return { command, options };
}

const TARGETS = { high: 90, low: 70 };

/** One view of every report about people or failures, with all that a view of it may carry. */
export function reportViews(audience: Audience, foreign: string): View[] {
  return [
    ...countViews(audience, foreign),
    ...failureViews(audience, foreign),
    ...campaignViews(audience, foreign),
    ...nameViews(audience, foreign),
    ...historyViews(audience, foreign),
    ...auditViews(audience, foreign),
    ...insightViews(audience, foreign),
    ...storedViews(audience),
  ];
}

function countViews(audience: Audience, foreign: string): View[] {
  const registration = question("registration");
  const methods = question("methods");
  const used = { people: 1_300, withStrong: 1_204 };
  const strange = {
    ...MEMBERS,
    methods: { ...MEMBERS.methods, [foreign]: 99, password: 19_000 },
    phoneUsers: { D1: used, D7: used, D30: used },
  };
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
      ...{ sums: SUMS, question: failures, audience, showUnknownTexts: true },
      snapshot: snapshotOf(MODEL_ROWS, {
        people: {
          features: [{ feature: "reset", people: 212, succeededLater: 150 }],
          groups: [{ feature: "reset", group: "abandoned", people: 134, succeededLater: 121 }],
          failures: [],
        },
        notes: [{ kind: "tries-without-a-person", count: 2 }, { kind: "people-not-counted" }],
      }),
    }),
    failuresView({
      ...{ snapshot, sums: SUMS, question: failures, audience, showUnknownTexts: true },
      before: [sumOf("", 900, { isSuccess: true }), sumOf("started-sms", 9), sumOf("no-licence", 91)],
    }),
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

function campaignViews(audience: Audience, foreign: string): View[] {
  const campaign = question("campaign");
  const failures = ["on-premises", "policy", "licence", "set-up", "password", "contacted-admin"].map(
    (group, index) => ({ group, tries: 90 - index, people: 40 - index }),
  );
  const answer = {
    figures: {
      people: { people: 19_412, inScope: 16_230, capable: 14_611, phoneOnly: 2_918 },
      resets: { days: 30 as const, tries: 900, failures: [...failures, { group: foreign, tries: 400 }] },
      byWhom: { selfService: 900, byAdmins: 500 },
      worse: {
        // Labels come printable.
        method: printable(foreign),
        now: { successes: 40, failures: 60 },
        before: { successes: 90, failures: 10 },
      },
    },
    readAt: NOW,
    question: campaign,
    audience,
  };
  const worse = { ...answer, figures: { worse: answer.figures.worse } };
  const heard = {
    corrections: [{ said: foreign, read: "campaign" }],
    refined: true,
    refreshed: true,
    nextReadAt: NOW,
    onlyYou: true,
    base: campaign,
  };
  return [
    campaignView({
      ...answer,
      phoneUsers: { people: 1_300, withStrong: 1_204 },
      serviceChange: { id: foreign, date: "2026-11-09", message: foreign, text: foreign },
    }),
    campaignView({ ...worse, ...heard, withTexts: true }),
    campaignView({ ...answer, figures: {} }),
    campaignTextsView({ ...answer, ...heard }),
    campaignTextsView(worse),
  ];
}

function storedViews(audience: Audience): View[] {
  const span = { from: new Date("2026-08-24T00:00:00Z"), to: NOW };
  const endpoints = ["/beta/reports/authenticationMethods/userPasswordResetsAndChangesSummary"];
  const { reader } = audience.words.campaign;
  return (["compare", "trend", "trend-people", "helpdesk", "campaign"] as const).map((about) =>
    explainStoredView(
      { about, endpoints, reader, readAt: NOW, ...(about !== "compare" && { span }) },
      { question: question(about === "compare" ? "compare" : "trend"), base: question("trend"), audience },
    ),
  );
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

function historyViews(audience: Audience, foreign: string): View[] {
  const heard = {
    corrections: [{ said: foreign, read: "trend" }],
    refined: true,
    refreshed: true,
    nextReadAt: NOW,
    onlyYou: true,
    base: question("trend"),
  };
  const own = { id: "own", date: "2026-11-10", message: foreign, bends: ["usage" as const], text: foreign };
  const changes = [...SERVICE_CHANGES, own];
  const weeks = manyWeeks(12);
  const [first, ...others] = weeks.slice(-6);
  const gap = first && { week: first.week, from: first.from, to: first.to, gap: { kind: "unsure" as const } };
  const strange = weeksOf([[usageRow("reset", foreign, 900, 100)], [usageRow("reset", foreign, 500, 500)]]);
  const span = (days: number) => ({
    from: new Date(NOW.getTime() - (days + 7) * 86_400_000),
    to: new Date(NOW.getTime() - days * 86_400_000),
  });
  const comparison = {
    reader: "events" as const,
    readAt: NOW,
    period: "D7" as const,
    isShorter: true,
    stored: {
      since: span(30).from,
      now: { ...span(0), rows: [...MODEL_ROWS, usageRow(foreign, foreign, 40, 40)] },
      before: { ...span(7), rows: MODEL_ROWS },
    },
  };
  const reading = { readAt: NOW, took: 28_400, pages: 12, rowsRead: 11_840 };
  return [
    usageTrendView({ trend: usageTrend(weeks), question: question("trend"), audience, changes }),
    usageTrendView({
      trend: usageTrend(gap ? [gap, ...others] : [], { asked: 26, mayGrow: true }),
      question: question("trend", { report: "method", weeks: 26 }),
      audience,
      changes,
      ...heard,
    }),
    usageTrendView({
      trend: usageTrend(strange),
      question: question("trend", { report: "method" }),
      audience,
      changes,
    }),
    peopleTrendView({
      trend: peopleTrend([14_399, undefined, 14_611], { asked: 12, others: 1 }),
      question: question("trend", { report: "registration" }),
      audience,
      changes,
      ...heard,
    }),
    compareView({ comparison, question: question("compare"), audience, changes, ...heard }),
    healthView({
      health: {
        tenantId: "7f1e6f52-3c1b-4c8e-9a55-0d2f4f1c6a01",
        version: "0.1.0",
        graphHost: "graph.microsoft.com",
        setting: "auto",
        usage: { ...reading, reader: "events" },
        people: { ...reading, reader: "details" },
        history: span(0),
        days: { since: NOW, count: 1 },
        collecting: {
          every: 5_400_000,
          next: NOW,
          states: [
            {
              name: "usage",
              running: { since: NOW, leaseUntil: NOW, progress: { pages: 1_000, rows: 1_000_000 } },
              last: { at: NOW, fault: { code: "GRAPH-PERMISSION", facts: {} } },
              access: { at: NOW, refusal: { code: "GRAPH-PERMISSION", permission: foreign } },
            },
          ],
        },
        store: { kind: "server", schema: 14 },
        digest: { isSetUp: true, next: NOW },
      },
      question: question("health"),
      audience,
    }),
  ];
}

function insightViews(audience: Audience, foreign: string): View[] {
  const heard = {
    corrections: [{ said: foreign, read: "best" }],
    refined: true,
    refreshed: true,
    nextReadAt: NOW,
    onlyYou: true,
    base: question("best-methods"),
  };
  const changes = SERVICE_CHANGES;
  const best = { question: question("best-methods"), audience, changes };
  const rows = [
    ...MODEL_ROWS,
    usageRow("reset", foreign, 400, 2),
    usageRow("reset", "appCode", 3, 2),
    usageRow(foreign, "sms", 40, 1),
  ];
  const phones = { question: question("phone-retirement"), audience, changes, isOwnProvider: false };
  const used = { people: 1_300, withStrong: 1_204 };
  const members = { ...MEMBERS, phoneUsers: { D1: used, D7: used, D30: used } };
  return [
    bestMethodsView({ snapshot: snapshotOf(rows), before: { since: NOW, rows: MODEL_ROWS }, ...best }),
    bestMethodsView({
      snapshot: snapshotOf(MODEL_ROWS, { period: "D7" }),
      before: { since: NOW },
      ...best,
      question: question("best-methods", { feature: "registration", period: "D7" }),
      ...heard,
    }),
    bestMethodsView({ snapshot: snapshotOf([], { reader: "legacy" }), before: {}, ...best }),
    explainView({
      numbers: { about: "best-methods", snapshot: snapshotOf(rows) },
      question: question("best-methods"),
      base: question("best-methods"),
      audience,
    }),
    phoneRetirementView({
      reading: readingOf({ scopes: { members, guests: GUESTS, admins: { ...MEMBERS, people: 42 } } }),
      trend: phoneTrend([3_400, 3_352, undefined, 3_251, 3_206, 3_149, 3_101, 3_056, 3_002, 2_951, 2_918]),
      tries: snapshotOf(MODEL_ROWS),
      ...phones,
      ...heard,
    }),
    phoneRetirementView({ reading: readingOf(), tries: snapshotOf([]), ...phones, isOwnProvider: true }),
    phoneRetirementView({ reading: LEGACY, ...phones, changes: [] }),
    explainView({
      numbers: { about: "phone-retirement", reading: readingOf() },
      question: question("phone-retirement"),
      base: question("phone-retirement"),
      audience,
    }),
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
