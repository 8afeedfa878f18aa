import type { DigestAnswer, DigestSubscription } from "../../src/digest/answer.ts";
import { toTenantId } from "../../src/kernel/ids.ts";
import type { Delivery, DigestNumbers, WeekTries } from "../../src/ports/digest.ts";
import type { RegistrationCounts } from "../../src/ports/registration.ts";
import type { UsageRow } from "../../src/ports/usage.ts";
import type { Audience } from "../../src/views/audience.ts";
import { AUDIENCE, usageRow } from "../views/samples.ts";

/** Tuesday 17 November 2026, 13:00 in Berlin. */
const POSTED_AT = new Date("2026-11-17T12:00:00Z");
export const POSTING: Audience = { ...AUDIENCE, now: POSTED_AT };

const ROWS: readonly UsageRow[] = [
  usageRow("reset", "microsoftAuthenticatorPush", 310, 28),
  usageRow("reset", "mobileSMS", 90, 70),
  usageRow("reset", "sms", 7, 1),
  usageRow("reset", "email", 160, 28),
  usageRow("reset", "mobileCall", 33, 12),
  usageRow("reset", "securityQuestion", 12, 5),
  usageRow("registration", "microsoftAuthenticatorPush", 206, 41),
  usageRow("registration", "email", 180, 24),
];

export const ROWS_BEFORE: readonly UsageRow[] = [
  usageRow("reset", "microsoftAuthenticatorPush", 320, 24),
  usageRow("reset", "sms", 142, 29),
  usageRow("reset", "email", 150, 22),
  usageRow("reset", "mobileCall", 30, 10),
  usageRow("reset", "securityQuestion", 9, 4),
];

export const PEOPLE: RegistrationCounts = {
  people: 19_412,
  inScope: 16_230,
  capable: 14_611,
  mfaRegistered: 18_230,
  passwordless: 5_046,
  phoneOnly: 2_918,
  leftOut: { guests: 700, serviceAccounts: 59 },
};

const PEOPLE_BEFORE: RegistrationCounts = {
  ...PEOPLE,
  capable: 14_399,
  mfaRegistered: 18_135,
  passwordless: 4_728,
  phoneOnly: 3_058,
};

const FAILURES: WeekTries["resetFailures"] = [
  { reason: "started-sms", count: 58 },
  { reason: "too-few-methods", count: 31 },
  { reason: "canceled-verification", count: 14 },
  { reason: "on-premises-unreachable", count: 14 },
  { reason: "banned-password", count: 12 },
  { reason: "other", count: 9 },
  { reason: "no-cookies", count: 6 },
];

export function week(rows: readonly UsageRow[], more: Partial<WeekTries> = {}): WeekTries {
  return { rows, resetFailures: [], covered: true, ...more };
}

/** The numbers of the model card. */
export const NUMBERS: DigestNumbers = {
  week: "2026-W46",
  from: "2026-11-08T23:00:00.000Z",
  to: "2026-11-15T23:00:00.000Z",
  timeZone: "Europe/Berlin",
  tries: {
    reader: "events",
    readAt: "2026-11-17T11:30:00.000Z",
    week: week(ROWS, { resetFailures: FAILURES }),
    before: week(ROWS_BEFORE),
  },
  people: { readAt: "2026-11-17T11:30:00.000Z", counts: PEOPLE },
  printed: { week: "2026-W45", rows: ROWS_BEFORE, people: PEOPLE_BEFORE },
};

/** The same with other reset tries. */
export function numbersOf(now: readonly UsageRow[], before: readonly UsageRow[] = []): DigestNumbers {
  return {
    ...NUMBERS,
    tries: { reader: "events", readAt: "2026-11-17T11:30:00.000Z", week: week(now), before: week(before) },
    printed: { week: "2026-W45", people: PEOPLE_BEFORE },
  };
}

export const SUBSCRIPTION: DigestSubscription = {
  schedule: { day: 2, time: "13:00", timeZone: "Europe/Berlin" },
  nextDue: new Date("2026-11-24T12:00:00Z"),
  setBy: { userId: "6f1c1b8e-0000-4000-8000-000000000002", name: "Priya Nair" },
};

export const MODEL: DigestAnswer = {
  numbers: NUMBERS,
  kind: "weekly",
  audience: POSTING,
  subscription: SUBSCRIPTION,
};

/** The model's numbers with a method and a reason that came from elsewhere. */
export function foreignNumbers(foreign: string): DigestNumbers {
  const rows = [...ROWS, usageRow("reset", foreign, 40, 2)];
  const resetFailures = [{ reason: foreign, count: 500 }, ...FAILURES];
  return {
    ...NUMBERS,
    tries: {
      reader: "events",
      readAt: "2026-11-15T11:30:00.000Z",
      week: week(rows, { resetFailures }),
      before: week(ROWS_BEFORE),
    },
  };
}

export function deliveryOf(state: Delivery["state"]): Delivery {
  const tenantId = toTenantId("6f1c1b8e-0000-4000-8000-000000000001");
  if (tenantId === undefined) {
    throw new Error("not a tenant id");
  }
  return {
    tenantId,
    conversationId: "19:general@thread.tacv2",
    week: "2026-W46",
    kind: "weekly",
    dueAt: POSTED_AT,
    startedAt: POSTED_AT,
    state,
    attempts: 1,
  };
}
