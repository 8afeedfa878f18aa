import { type AccessRules, type Holder, REPORT_READERS } from "../../src/access/rules.ts";
import { digestDetailsView } from "../../src/digest/details.ts";
import { digestView } from "../../src/digest/digest-view.ts";
import { PROBLEM_CODES } from "../../src/kernel/problem.ts";
import { usageView } from "../../src/reports/usage/usage-view.ts";
import type { Audience } from "../../src/views/audience.ts";
import { confirmView, digestForm } from "../../src/views/digest-form.ts";
import { digestChangedView, digestStatusView, subscribedView } from "../../src/views/digest-status.ts";
import { helpView } from "../../src/views/help.ts";
import { misunderstoodView, welcomeView } from "../../src/views/notice.ts";
import { problemView } from "../../src/views/problem.ts";
import { progressView } from "../../src/views/progress.ts";
import type { View } from "../../src/views/view.ts";
import { whoAmIView } from "../../src/views/whoami.ts";
import { deliveryOf, foreignNumbers, MODEL, PEOPLE, SUBSCRIPTION } from "../digest/samples.ts";
import { BY_METHOD, MODEL_ROWS, NOW, SUGGESTIONS, snapshotOf } from "../views/samples.ts";
import { reportViews } from "./report-views.ts";

/** One view of every builder, with all that a view of it may carry. */
export function everyView(audience: Audience, foreign = "alex.kim@contoso.com"): View[] {
  const question = BY_METHOD;
  const reading = { misunderstood: true, suggestions: [], unknownWords: [foreign] } as const;
  const asked = { question, audience };
  return [
    usageView({ snapshot: snapshotOf(MODEL_ROWS), ...asked }),
    usageView({
      ...asked,
      snapshot: snapshotOf(MODEL_ROWS, {
        period: "D1",
        reader: "legacy",
        readAt: new Date(NOW.getTime() - 86_400_000),
        notes: [{ kind: "legacy-instead-of-events" }, { kind: "events-in-the-future", count: 1 }],
      }),
      corrections: [{ said: foreign, read: "usage" }],
      refined: true,
      refreshed: true,
      nextReadAt: NOW,
      onlyYou: true,
      base: question,
    }),
    usageView({ snapshot: snapshotOf([]), ...asked }),
    usageView({
      snapshot: snapshotOf(MODEL_ROWS),
      question: { command: "usage", options: { by: "feature" } },
      audience,
    }),
    ...PROBLEM_CODES.map((code) =>
      problemView({
        ...asked,
        code,
        facts: {
          retryAt: new Date(NOW.getTime() + 40_000),
          status: 503,
          graphCode: foreign,
          permission: foreign,
        },
        correlationId: "7f3a9c21",
        lastReadAt: NOW,
        account: foreign,
      }),
    ),
    progressView({ pages: 12, rows: 11_840, waitingUntil: NOW, ...asked }),
    progressView({ pages: 0, rows: 0, ...asked, onlyYou: true, base: question }),
    helpView({ available: SUGGESTIONS, audience, allowed: ["reports", "manage"] }),
    whoAmIView({ tenantId: "t", userId: "u", name: foreign, access: "undecided", rules: NOBODY, audience }),
    whoAmIView({ tenantId: "t", userId: "u", access: allDenied, rules: foreignRules(foreign), audience }),
    misunderstoodView({ reading, suggestions: SUGGESTIONS, audience }),
    welcomeView({ place: "team", suggestions: SUGGESTIONS, audience }),
    ...digestViews(audience, foreign),
    ...reportViews(audience, foreign),
  ];
}

const NOBODY: AccessRules = { reports: [], person: [], people: [], manage: [], audit: [] };

const denied = { allowed: false } as const;
const allDenied = { reports: denied, person: denied, people: denied, manage: denied, audit: denied };

function foreignRules(foreign: string): AccessRules {
  const group: Holder = { kind: "group", id: "6f1c1b8e-0000-4000-8000-000000000003", name: foreign };
  return { ...NOBODY, reports: [group, ...REPORT_READERS], manage: [{ kind: "everyone-in-tenant" }] };
}

function digestViews(audience: Audience, foreign: string): View[] {
  const numbers = foreignNumbers(foreign);
  const { tries: _tries, people: _people, ...empty } = numbers;
  const phonesAlone = {
    ...empty,
    people: {
      readAt: NOW.toISOString(),
      counts: { ...PEOPLE, capable: PEOPLE.inScope },
      phoneUsers: { people: 1_300, withStrong: 1_204 },
    },
  };
  const setBy = { userId: "6f1c1b8e-0000-4000-8000-000000000002", name: foreign };
  const base = { command: "digest-week", options: { week: 46 } } as const;
  const question = { command: "digest-subscribe", options: {} } as const;
  const readers = { people: 214, guests: 3, fromElsewhere: 1 };
  const { schedule } = SUBSCRIPTION;
  const runs = [0, 7, 14].map((days) => new Date(NOW.getTime() + days * 86_400_000));
  const place = { name: foreign, readers };
  return [
    digestView({ ...MODEL, audience }),
    digestView({
      ...MODEL,
      audience,
      numbers,
      kind: "extra",
      due: NOW,
      subscription: { ...SUBSCRIPTION, setBy },
    }),
    digestView({ numbers, kind: "as-posted", outcome: "unknown", audience, onlyYou: true }),
    digestView({ numbers, kind: "overview", audience, onlyYou: true, base }),
    digestView({ numbers, kind: "preview", audience, onlyYou: true, base: question, values: { day: "2" } }),
    digestView({ numbers: empty, kind: "weekly", audience }),
    digestDetailsView({ numbers, kind: "as-posted", audience, onlyYou: true, base }),
    digestDetailsView({ numbers: phonesAlone, kind: "as-posted", audience, onlyYou: true, base }),
    digestForm({
      question,
      schedule,
      extras: [],
      audience,
      place,
      problems: ["day", "zone"],
      otherZone: foreign,
    }),
    confirmView({ question, audience, readers, values: { day: "2", time: "13:00", extras: "advice" } }),
    subscribedView({
      schedule,
      state: { kind: "active" },
      runs,
      setByName: foreign,
      placeName: foreign,
      audience,
    }),
    digestStatusView({ audience, deliveries: [] }),
    digestStatusView({
      audience,
      subscription: { schedule, runs, setByName: foreign, state: { kind: "suspended", reason: "gone" } },
      deliveries: [deliveryOf("unknown"), deliveryOf("missed"), { ...deliveryOf("failed"), reason: foreign }],
      onlyYou: true,
      base,
    }),
    digestChangedView({ kind: "paused", until: NOW }, schedule, audience),
    digestChangedView({ kind: "removed" }, schedule, audience),
  ];
}
