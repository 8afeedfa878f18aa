import type { Question } from "../../src/language/question.ts";
import type { UsageRow, UsageSnapshot } from "../../src/ports/usage.ts";
import { en } from "../../src/reference/words/en.ts";
import type { Audience } from "../../src/views/audience.ts";
import type { Suggestion } from "../../src/views/help.ts";

export const NOW = new Date("2026-11-21T13:32:00Z");

export const AUDIENCE: Audience = { words: en, locale: "en", timeZone: "Europe/Berlin", now: NOW };

export const BY_METHOD: Question = { command: "usage", options: { by: "method" } };

export const SUGGESTIONS: readonly Suggestion[] = [
  { words: "sspr usage by method", question: BY_METHOD },
  { words: "help", question: { command: "help", options: {} } },
];

export function usageRow(feature: string, method: string, successes: number, failures: number): UsageRow {
  return { feature, method, successes, failures };
}

export function snapshotOf(rows: readonly UsageRow[], more: Partial<UsageSnapshot> = {}): UsageSnapshot {
  return {
    period: "D30",
    from: new Date("2026-10-22T13:00:00Z"),
    to: NOW,
    rows,
    reader: "events",
    readAt: NOW,
    pages: 5,
    rowsRead: 4_851,
    notes: [],
    ...more,
  };
}

/** The numbers of the model card: both names of SMS, and two methods without tries. */
export const MODEL_ROWS: readonly UsageRow[] = [
  usageRow("reset", "microsoftAuthenticatorPush", 1_204, 88),
  usageRow("reset", "mobileSMS", 600, 140),
  usageRow("reset", "sms", 11, 2),
  usageRow("reset", "email", 388, 97),
  usageRow("reset", "mobileCall", 41, 35),
  usageRow("reset", "securityQuestion", 12, 9),
  usageRow("reset", "officePhone", 0, 0),
  usageRow("reset", "appCode", 0, 0),
  usageRow("registration", "microsoftAuthenticatorPush", 906, 214),
  usageRow("registration", "email", 980, 124),
];
