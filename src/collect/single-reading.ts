import type { Clock } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import { asAppError, type ProblemCode } from "../kernel/problem.ts";
import type { ReadOptions, ReadProgress } from "../ports/usage.ts";

/** A reading of Graph that is under way. */
export interface CollectionOf<Result> {
  /** How far it is now. */
  progress(): ReadProgress;
  /** Resolves when the reading is complete and saved; rejects with an AppError. */
  readonly done: Promise<Result>;
}

/** One run of a reading, and what was asked for when it began. */
export interface Run<Asked, Reading> {
  readonly asked: Asked;
  readonly reading: Promise<Reading>;
  progress: ReadProgress;
}

/** What the last reading that failed failed of, since the start. */
export interface ReadingProblem {
  readonly code: ProblemCode;
  readonly at: Date;
}

export interface SingleReading<Asked, Reading> {
  running(): Run<Asked, Reading> | undefined;
  /** Begins a run; the caller has seen that none is under way. */
  start(asked: Asked): Run<Asked, Reading>;
  /** What was read last, if that ended at this moment or later. */
  endedSince(moment: Date): Reading | undefined;
  lastProblem(): ReadingProblem | undefined;
  /** Ends the run that is under way; its waiters are rejected. */
  stop(): Promise<void>;
}

interface SingleReadingParts<Asked, Reading> {
  /** What is read, for the log. */
  readonly name: string;
  /** Reads all and saves it; what it resolves with is kept until the next one. */
  readonly readAndSave: (asked: Asked, options: ReadOptions) => Promise<Reading>;
  /** What the log says of a complete reading. */
  readonly facts: (reading: Reading) => object;
  readonly clock: Clock;
  readonly log: Log;
}

/** The process ends: nobody is to blame, and whoever asked may ask again after the start. */
export class CollectionStopped extends Error {
  override readonly name = "CollectionStopped";
}

export const NOTHING_YET: ReadProgress = { pages: 0, rows: 0 };

/** Runs one reading at a time, and remembers the last complete one. */
export function createSingleReading<Asked, Reading>(
  parts: SingleReadingParts<Asked, Reading>,
): SingleReading<Asked, Reading> {
  const { name, readAndSave, facts, clock, log } = parts;
  const stopped = new AbortController();
  let running: Run<Asked, Reading> | undefined;
  let lastProblem: ReadingProblem | undefined;
  let last: { readonly reading: Reading; readonly endedAt: Date } | undefined;

  async function collect(run: Run<Asked, Reading>): Promise<Reading> {
    try {
      const onProgress = (progress: ReadProgress) => {
        run.progress = progress;
      };
      const reading = await readAndSave(run.asked, { signal: stopped.signal, onProgress });
      last = { reading, endedAt: clock.now() };
      log.info(facts(reading), `${name} collected`);
      return reading;
    } catch (thrown) {
      if (stopped.signal.aborted) {
        throw new CollectionStopped();
      }
      const problem = asAppError(thrown);
      lastProblem = { code: problem.code, at: clock.now() };
      log.warn({ code: problem.code, facts: problem.facts }, `collecting ${name} failed`);
      throw problem;
    } finally {
      running = undefined;
    }
  }

  return {
    running: () => running,
    start(asked) {
      const run: Run<Asked, Reading> = {
        asked,
        progress: NOTHING_YET,
        reading: Promise.resolve().then(() => collect(run)),
      };
      running = run;
      return run;
    },
    endedSince: (moment) => (last && last.endedAt >= moment ? last.reading : undefined),
    lastProblem: () => lastProblem,
    async stop() {
      stopped.abort();
      await running?.reading.catch(() => log.info({}, `collecting ${name} was stopped`));
    },
  };
}
