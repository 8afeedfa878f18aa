import { lastWholeWeek, nextDue, nextRuns } from "../../digest/calendar.ts";
import type { PlaceAddress, Schedule, Subscription } from "../../ports/digest.ts";
import type { DigestParts } from "./parts.ts";

const RUNS = 3;

/**
 * The first run of a schedule from now on that has something to post: a week that was posted, tried or missed gets no
 * second one.
 */
export async function firstRun(parts: DigestParts, address: PlaceAddress, schedule: Schedule): Promise<Date> {
  const { ledger, tenantId, clock } = parts;
  for (let due = nextDue(schedule, clock.now()); ; due = nextDue(schedule, due)) {
    const { week } = lastWholeWeek(due, schedule.timeZone);
    const rows = await ledger.ofWeek(tenantId, address.conversationId, week);
    if (!rows.some(({ kind, numbers, endedAt }) => kind === "weekly" && (numbers || endedAt))) {
      return due;
    }
  }
}

/** The stored run and those after it: what will happen, not what the calendar alone would say. */
export function runsOf({
  schedule,
  nextDue: first,
}: Pick<Subscription, "schedule" | "nextDue">): readonly Date[] {
  return [first, ...nextRuns(schedule, first, RUNS - 1)];
}
