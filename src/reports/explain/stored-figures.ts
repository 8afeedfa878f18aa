import type { DigestNumbers } from "../../ports/digest.ts";
import type { PeopleReaderId } from "../../ports/people.ts";
import type { Words } from "../../reference/words/words.ts";
import type { Comparison } from "../compare/compare-view.ts";
import type { HelpdeskTrend } from "../trend/helpdesk-trend.ts";
import type { PeopleTrend } from "../trend/people-trend.ts";
import type { UsageTrend } from "../trend/usage-trend.ts";
import { DAY_ENDPOINTS, peopleEndpoint, usageEndpoint } from "./endpoints.ts";
import type { ExplainedStore } from "./stored-view.ts";

/** Thirty days, of which failed tries are taken for what is advised. */
const MONTH = 30 * 86_400_000;

export function ofComparison({ reader, readAt, period, stored }: Comparison, words: Words): ExplainedStore {
  return {
    about: "compare",
    endpoints: [usageEndpoint(reader, period)],
    reader: words.readers[reader],
    readAt,
    ...(stored && { span: { from: stored.before.from, to: stored.now.to } }),
  };
}

export function ofUsageTrend({ reader, readAt, weeks }: UsageTrend, words: Words): ExplainedStore {
  return {
    about: "trend",
    endpoints: [usageEndpoint(reader, "D30")],
    reader: words.readers[reader],
    readAt,
    ...spanOf(weeks),
  };
}

export function ofPeopleTrend({ reader, readAt, scope, weeks }: PeopleTrend, words: Words): ExplainedStore {
  return {
    about: "trend-people",
    endpoints: [peopleEndpoint(reader, "registration", scope)],
    reader: words.reports.counted.readers[reader],
    readAt,
    ...spanOf(weeks),
  };
}

export function ofHelpdeskTrend(
  { readAt, passwords, signIns, calls = [] }: HelpdeskTrend,
  words: Words,
): ExplainedStore {
  const longest = passwords.weeks.length >= signIns.weeks.length ? passwords.weeks : signIns.weeks;
  return {
    about: "helpdesk",
    endpoints: [
      DAY_ENDPOINTS.passwords,
      DAY_ENDPOINTS.signIns,
      ...(calls.length > 0 ? [usageEndpoint("events", "D30")] : []),
    ],
    reader: words.helpdesk.reader,
    readAt,
    ...spanOf(longest),
    timeZone: "UTC",
  };
}

/** `reader` is the report that counted people; absent where none is stored. */
export function ofCampaign(
  { from, to, people, month, resets }: DigestNumbers,
  readAt: Date,
  reader: PeopleReaderId | undefined,
  words: Words,
): ExplainedStore {
  const end = new Date(to);
  return {
    about: "campaign",
    endpoints: [
      usageEndpoint("events", "D30"),
      ...(people && reader ? [peopleEndpoint(reader, "registration", "members")] : []),
      ...(resets ? [DAY_ENDPOINTS.passwords] : []),
    ],
    reader: words.campaign.reader,
    readAt,
    span: { from: month ? new Date(end.getTime() - MONTH) : new Date(from), to: end },
  };
}

interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** From the first week to the last one. */
function spanOf(weeks: readonly Span[]): { readonly span?: Span } {
  const [first, last] = [weeks[0], weeks.at(-1)];
  return first && last ? { span: { from: first.from, to: last.to } } : {};
}
