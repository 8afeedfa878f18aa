import type { DaysCollector, DaysRead } from "../../collect/days-collector.ts";
import { dayWeeks, utcWeeks } from "../../digest/day-weeks.ts";
import { type CellWeeks, cellWeeks } from "../../digest/usage-weeks.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { DailyReport, DaysStore } from "../../ports/days.ts";
import type { SnapshotStore, UsageSource } from "../../ports/usage.ts";
import { callsOf, type HelpdeskCalls } from "../../reports/trend/helpdesk-calls.ts";
import type { HelpdeskTrend, ReportWeeks } from "../../reports/trend/helpdesk-trend.ts";
import type { Numbers } from "./from-reading.ts";
import { wholeReading } from "./whole-reading.ts";

export interface HelpdeskParts {
  readonly days: DaysCollector;
  readonly dayHistory: DaysStore;
  readonly snapshots: Pick<SnapshotStore, "sums" | "spans">;
  readonly source: () => Promise<UsageSource>;
  readonly clock: Clock;
}

/** Weeks of both daily reports from what is stored. */
export function helpdeskWeeks(parts: HelpdeskParts, asked: number): Numbers<HelpdeskTrend> {
  const { days, dayHistory, snapshots, source, clock } = parts;

  async function latest(): Promise<HelpdeskTrend | undefined> {
    const read = await days.latest();
    return (
      read && {
        readAt: read.readAt,
        asked,
        passwords: await weeksOf("passwords", read),
        signIns: await weeksOf("signIns", read),
        calls: (await calls())?.weeks ?? [],
      }
    );
  }

  /** In UTC like the daily reports, so that a week is the same one in each table of the card. */
  async function calls(): Promise<CellWeeks<HelpdeskCalls> | undefined> {
    const weeks = { usage: snapshots, source: await source(), now: clock.now(), timeZone: "UTC", asked };
    return cellWeeks(weeks, callsOf);
  }

  async function weeksOf<Report extends DailyReport>(
    report: Report,
    read: DaysRead,
  ): Promise<ReportWeeks<Report>> {
    // From the first one on: whether a week begins before it tells a gap from weeks that nobody can know.
    const stored = await dayHistory.days(await source(), report, new Date(0));
    return { ...dayWeeks(stored, utcWeeks(clock.now(), asked)), ...read[report] };
  }

  return {
    collection: "passwords",
    latest,
    collect: wholeReading((askedAt) => days.collect(askedAt), latest),
  };
}
