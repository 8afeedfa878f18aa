import type { Cohort } from "../collect/cohort.ts";
import type { PeopleCollector } from "../collect/people-collector.ts";
import { type CollectionOf, CollectionStopped, NOTHING_YET } from "../collect/single-reading.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import { asAppError } from "../kernel/problem.ts";
import type { DaysStore } from "../ports/days.ts";
import type { DigestNumbers } from "../ports/digest.ts";
import type { ReaderId, ReadProgress, SnapshotStore, UsageSource } from "../ports/usage.ts";
import { nearestChange, type ServiceChange } from "../reference/service-changes.ts";
import { isSettled, type Week, weekBefore, weekOf } from "./calendar.ts";
import { resetsWithin, sameWeekInUtc, sevenDaysTo } from "./day-weeks.ts";
import { resetMonth } from "./reset-month.ts";
import { weekNumbers } from "./week-numbers.ts";

/** Readings of Graph that can be brought up to date. */
interface Readings {
  /** Reads anew; rejects with an AppError. */
  collect(askedAt: Date): CollectionOf<unknown>;
}

export interface NumbersParts {
  readonly usage: SnapshotStore;
  /** Whose stored numbers of tries may answer. */
  readonly readers: readonly ReaderId[];
  readonly people: Pick<PeopleCollector, "latest" | "collect">;
  readonly days: Pick<DaysStore, "days">;
  readonly source: () => Promise<UsageSource>;
  readonly readUsage: Readings;
  readonly cohort: Pick<Cohort, "during">;
  /** What Microsoft announced. */
  readonly changes: readonly ServiceChange[];
  readonly clock: Clock;
  readonly log: Log;
}

export interface DigestNumbersSource {
  /** The figures of a week in a zone, as they are stored. */
  ofWeek(week: Week, timeZone: string): Promise<DigestNumbers>;
  /** The last seven days beside the seven before, as they are stored. */
  asOfNow(timeZone: string): Promise<DigestNumbers>;
  /**
   * Reads again what is older than so many milliseconds, and tries of a week that were read before Graph had all of
   * it, once it has. A reading that fails is logged: then the last complete numbers are used, and the digest tells
   * their age.
   */
  bringUpToDate(maxAge: number, week?: Week): Promise<void>;
  /** How far the reading is that was begun last. */
  progress(): ReadProgress;
}

const DAY = 86_400_000;
const QUARTER = 15 * 60_000;

export function createDigestNumbers(parts: NumbersParts): DigestNumbersSource {
  const { usage, people, clock, log } = parts;
  let progress = (): ReadProgress => NOTHING_YET;

  async function between(
    week: Week,
    before: Omit<Week, "week">,
    timeZone: string,
    utcDays: Omit<Week, "week">,
  ): Promise<DigestNumbers> {
    const source = await parts.source();
    const numbers = await weekNumbers({ usage, people, source, week, before });
    const resets = await resetsWithin(parts.days, source, utcDays);
    const month = await resetMonth(usage, source);
    const { week: name, from, to } = week;
    return {
      week: name,
      from: from.toISOString(),
      to: to.toISOString(),
      timeZone,
      ...numbers,
      ...(resets && { resets }),
      ...(month && { month }),
      ...announced(),
    };
  }

  /** Frozen with the numbers, so that a later table does not change what was posted. */
  function announced(): Pick<DigestNumbers, "serviceChange"> {
    const near = nearestChange(parts.changes, clock.now());
    if (!near) {
      return {};
    }
    const { id, date, message, text } = near;
    return { serviceChange: { id, date, ...(message && { message }), ...(text && { text }) } };
  }

  async function collected(reading: Readings, readAt: Date | undefined, maxAge: number): Promise<void> {
    const now = clock.now();
    if (readAt && now.getTime() - readAt.getTime() <= maxAge) {
      return;
    }
    const collection = reading.collect(now);
    progress = collection.progress;
    try {
      await collection.done;
    } catch (thrown) {
      if (thrown instanceof CollectionStopped) {
        throw thrown;
      }
      log.warn({ code: asAppError(thrown).code }, "a digest uses the last complete numbers");
    }
  }

  return {
    progress: () => progress(),
    ofWeek: (week, timeZone) => between(week, weekBefore(week, timeZone), timeZone, sameWeekInUtc(week)),
    async asOfNow(timeZone) {
      const now = clock.now();
      // Quarters after the reading are not known yet; a window that held them could be compared with nothing.
      const read = (await usage.covered(await parts.source()))?.to ?? now;
      const end = Math.min(now.getTime(), read.getTime());
      const to = new Date(Math.floor(end / QUARTER) * QUARTER);
      const from = new Date(to.getTime() - 7 * DAY);
      const before = { from: new Date(from.getTime() - 7 * DAY), to: from };
      return between({ week: weekOf(now, timeZone).week, from, to }, before, timeZone, sevenDaysTo(to));
    },
    async bringUpToDate(maxAge, week) {
      const source = await parts.source();
      // A report without times leaves no history; reading it again would not bring one.
      const readAt =
        (await usage.covered(source))?.readAt ?? (await usage.latest(source, "D30", parts.readers))?.readAt;
      const isOutdated =
        week &&
        readAt &&
        (readAt < week.to || (isSettled(week.to, clock.now()) && !isSettled(week.to, readAt)));
      // One collection, so that people are counted with what is known of their tries.
      await parts.cohort.during(async () => {
        await collected(parts.readUsage, isOutdated ? undefined : readAt, maxAge);
        await collected(people, (await people.latest())?.readAt, maxAge);
      });
    },
  };
}
