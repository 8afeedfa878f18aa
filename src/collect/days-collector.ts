import { since } from "../kernel/clock.ts";
import { AppError, isGraphProblem, type ProblemCode } from "../kernel/problem.ts";
import type { Collected } from "../ports/collections.ts";
import {
  DAILY_REPORTS,
  type DailyReport,
  type DaysReader,
  type DaysReading,
  type DaysStore,
} from "../ports/days.ts";
import type { ReadProgress } from "../ports/usage.ts";
import type { Site } from "./one-place.ts";
import { type CollectionOf, createSingleReading, type SingleReading } from "./single-reading.ts";

/** What is known of one report: when it was read last, and what its newest reading failed of, if it did. */
export interface ReportState {
  readonly readAt?: Date;
  readonly problem?: { readonly code: ProblemCode; readonly at: Date };
}

/** What is stored, and why what is not: `readAt` is that of the report that was read last. */
export interface DaysRead extends Readonly<Record<DailyReport, ReportState>> {
  readonly readAt: Date;
}

export interface DaysCollector {
  /** Undefined where nothing of either report is stored. */
  latest(): Promise<DaysRead | undefined>;
  /**
   * Starts a reading of both reports, or joins the one that is under way. One that ended after `askedAt` is not
   * repeated. Rejects only where neither report came.
   */
  collect(askedAt: Date): CollectionOf<DaysRead>;
  /** The same of one report; rejects where it did not come. */
  collectOne(report: DailyReport, askedAt: Date): CollectionOf<unknown>;
  /** Stops what is under way; its waiters are rejected. */
  stop(): Promise<void>;
}

interface CollectorParts {
  readonly readers: { readonly [Report in DailyReport]: DaysReader<Report> };
  readonly store: DaysStore;
  readonly site: Site;
}

/** What is read of Graph, and what is known of it afterwards. */
type Fresh<Report extends DailyReport> = DaysReading<Report> & Collected;
type Stored = Pick<Collected, "readAt">;

/** Reads the two daily reports once for all who ask meanwhile; what one of them gave is kept where the other fails. */
export function createDaysCollector({ readers, store, site }: CollectorParts): DaysCollector {
  const { collections, source, log } = site;

  async function latest(): Promise<DaysRead | undefined> {
    const ofSource = await source();
    const read = await store.lastRead(ofSource);
    const newest = Object.values(read).toSorted((one, other) => other.getTime() - one.getTime())[0];
    if (!newest) {
      return undefined;
    }
    const states = await collections.states(ofSource);
    return { readAt: newest, passwords: stateOf("passwords"), signIns: stateOf("signIns") };

    function stateOf(report: DailyReport): ReportState {
      const readAt = read[report];
      const last = states.find(({ name }) => name === report)?.last;
      return {
        ...(readAt && { readAt }),
        ...(last?.fault && { problem: { code: last.fault.code, at: last.at } }),
      };
    }
  }

  function single<Report extends DailyReport>(report: Report): SingleReading<void, Stored> {
    return createSingleReading<void, Fresh<Report>, Stored>({
      name: report,
      async read(_asked, options) {
        const reading = await readers[report].read(options);
        return { ...reading, took: since(reading.readAt, site.clock), reader: report };
      },
      async save(reading) {
        const { kept } = await store.save(await source(), reading);
        if (kept > 0) {
          log.warn({ report, kept }, "days for which Graph gave smaller counts than before were kept");
        }
      },
      async stored() {
        const readAt = (await store.lastRead(await source()))[report];
        return readAt && { readAt };
      },
      site,
    });
  }

  const singles = { passwords: single("passwords"), signIns: single("signIns") };

  function collectOne(report: DailyReport, askedAt: Date): CollectionOf<Stored> {
    return singles[report].collect(undefined, askedAt);
  }

  async function both(runs: readonly CollectionOf<Stored>[]): Promise<DaysRead> {
    const outcomes = await Promise.allSettled(runs.map(({ done }) => done));
    const faults = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    // A stop, the database or a fault of the product says nothing of the other report.
    const worse = faults.find((fault) => !isGraphProblem(fault));
    if (worse || faults.length === runs.length) {
      throw worse ?? faults[0];
    }
    const read = await latest();
    if (!read) {
      throw new AppError("INTERNAL", { detail: "A complete reading left nothing in the store." });
    }
    return read;
  }

  return {
    latest,
    collectOne,
    collect(askedAt) {
      const runs = DAILY_REPORTS.map((report) => collectOne(report, askedAt));
      return { progress: () => runs.map(({ progress }) => progress()).reduce(added), done: both(runs) };
    },
    async stop() {
      await Promise.all(DAILY_REPORTS.map((report) => singles[report].stop()));
    },
  };
}

function added(one: ReadProgress, other: ReadProgress): ReadProgress {
  const waitingUntil = one.waitingUntil ?? other.waitingUntil;
  return {
    pages: one.pages + other.pages,
    rows: one.rows + other.rows,
    ...(waitingUntil && { waitingUntil }),
  };
}
