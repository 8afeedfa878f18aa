import type { Core } from "../core.ts";
import { type Clock, since } from "../kernel/clock.ts";
import type { Outside } from "../kernel/outside.ts";
import type { Collected, CollectionName } from "../ports/collections.ts";
import type { ReadProgress } from "../ports/usage.ts";
import { en } from "../reference/words/en.ts";
import { faultLine } from "./terminal.ts";

/** How far the reading of one report is, as plain data: it may come from a bot in another process. */
export interface ReportState {
  readonly name: string;
  readonly pages: number;
  readonly rows: number;
  /** Rows of the last stored reading; absent where there is none. */
  readonly expected?: number;
  /** Graph asked us to wait until then (ISO 8601). */
  readonly waitingUntil?: string;
  /** What a complete reading left in the store. */
  readonly stored?: StoredReport;
  /** Why nothing was stored, in one line. */
  readonly problem?: string;
}

interface StoredReport {
  /** Which of Graph's reports was read. */
  readonly reader: string;
  readonly pages: number;
  readonly rowsRead: number;
  /** ISO 8601. */
  readonly readAt: string;
  /** Milliseconds since then, by the clock of whoever read. */
  readonly age: number;
}

/**
 * With `begin` reads all reports, or joins the reading that is under way, and resolves at once; without it resolves when
 * a second is over or all have ended, whichever comes first.
 */
export type Collecting = (begin: boolean) => Promise<readonly ReportState[]>;

/** A report that is being read, will be or has been. */
interface Run {
  readonly name: CollectionName;
  readonly state: () => ReportState;
  /** Reads it; what it fails of stands in its state. */
  readonly read: () => Promise<void>;
}

/** Reads all reports; one that fails leaves the others alone. */
export function createCollecting(
  { collections, states, cohort }: Pick<Core, "collections" | "states" | "cohort">,
  { clock, timings }: Outside,
): Collecting {
  let runs: readonly Run[] = [];
  let over: Promise<unknown> = Promise.resolve();

  async function prepared({ name, collect }: Core["collections"][number]): Promise<Run> {
    const complete = async () => (await states()).find((state) => state.name === name)?.complete;
    let stored: Collected | undefined;
    let problem: string | undefined;
    let progress = (): ReadProgress => ({ pages: 0, rows: 0 });
    let expected: number | undefined;
    try {
      expected = (await complete())?.rowsRead;
    } catch (thrown) {
      problem = faultLine(thrown);
    }
    return {
      name,
      async read() {
        if (problem !== undefined) {
          return;
        }
        try {
          const collection = collect(clock.now());
          progress = () => collection.progress();
          await collection.done;
          stored = await complete();
        } catch (thrown) {
          problem = faultLine(thrown);
        }
      },
      state() {
        const { pages, rows, waitingUntil } = progress();
        return {
          ...{ name: en.history.health.collecting.reports[name], pages, rows },
          ...(expected !== undefined && { expected }),
          ...(waitingUntil && { waitingUntil: waitingUntil.toISOString() }),
          ...(stored && { stored: toStored(stored, clock) }),
          ...(problem !== undefined && { problem }),
        };
      },
    };
  }

  return async (begin) => {
    if (begin && runs.every(({ state }) => isOver(state()))) {
      runs = await Promise.all(collections.map(prepared));
      over = cohort.during(() => readAll(runs));
    } else if (!begin) {
      const second = clock.sleep(timings.progressEvery / 5);
      await Promise.race([over, second]);
    }
    return runs.map(({ state }) => state());
  };
}

/** People are counted with what is known of their tries, so they come last; the others at once. */
async function readAll(runs: readonly Run[]): Promise<void> {
  const isOfPeople = ({ name }: Run): boolean => name === "people";
  await Promise.all(runs.filter((run) => !isOfPeople(run)).map(({ read }) => read()));
  await Promise.all(runs.filter(isOfPeople).map(({ read }) => read()));
}

function toStored({ reader, pages, rowsRead, readAt }: Collected, clock: Clock): StoredReport {
  return { reader, pages, rowsRead, readAt: readAt.toISOString(), age: since(readAt, clock) };
}

export function isOver({ stored, problem }: ReportState): boolean {
  return stored !== undefined || problem !== undefined;
}
