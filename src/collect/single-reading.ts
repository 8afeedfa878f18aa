import { since } from "../kernel/clock.ts";
import type { Metrics } from "../kernel/metrics.ts";
import { AppError, asAppError } from "../kernel/problem.ts";
import type { Collected, CollectionEnd, CollectionName, CollectionState } from "../ports/collections.ts";
import type { ReadOptions, ReadProgress } from "../ports/usage.ts";
import { inOnePlace, type Site } from "./one-place.ts";
import { type Suspicion, suspicionOf } from "./suspicion.ts";

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

export interface SingleReading<Asked, Reading> {
  running(): Run<Asked, Reading> | undefined;
  /** Begins a run; the caller has seen that none is under way here. One elsewhere that ends after `since` is as good. */
  start(asked: Asked, since: Date): Run<Asked, Reading>;
  /** Starts a run, or joins the one that is under way, whatever that one was asked for. One that ended since is enough. */
  collect(asked: Asked, since: Date): CollectionOf<Reading>;
  /** What was read last, if that ended at this moment or later. */
  endedSince(moment: Date): Reading | undefined;
  /** Ends the run that is under way; its waiters are rejected. */
  stop(): Promise<void>;
}

interface SingleReadingParts<Asked, Fresh extends Collected, Reading extends Pick<Collected, "readAt">> {
  readonly name: CollectionName;
  /** Reads all of it from Graph. */
  readonly read: (asked: Asked, options: ReadOptions) => Promise<Fresh>;
  /** Saves it whole, or rejects. */
  readonly save: (fresh: Fresh) => Promise<void>;
  /** What is stored and answers the same question. */
  readonly stored: (asked: Asked) => Promise<Reading | undefined>;
  readonly site: Site;
}

/** The process ends: nobody is to blame, and whoever asked may ask again after the start. */
export class CollectionStopped extends Error {
  override readonly name = "CollectionStopped";
}

export const NOTHING_YET: ReadProgress = { pages: 0, rows: 0 };

/** Runs one reading at a time, of all processes on one store, and remembers the last complete one. */
export function createSingleReading<
  Asked,
  Fresh extends Collected,
  Reading extends Pick<Collected, "readAt">,
>(parts: SingleReadingParts<Asked, Fresh, Reading>): SingleReading<Asked, Reading> {
  const { name, site } = parts;
  const { collections, source, holder, clock, log, metrics } = site;
  const stopped = new AbortController();
  let running: Run<Asked, Reading> | undefined;
  let last: { readonly reading: Reading; readonly endedAt: Date } | undefined;

  async function collect(run: Run<Asked, Reading>, askedAt: Date): Promise<Reading> {
    const onProgress = (progress: ReadProgress) => {
      run.progress = progress;
    };
    try {
      const reading = await inOnePlace<Reading>(site, {
        ...{ name, since: askedAt, signal: stopped.signal, onProgress, progress: () => run.progress },
        work: (before, signal) => work(run.asked, before, { signal, onProgress }),
        stored: () => parts.stored(run.asked),
      });
      last = { reading, endedAt: clock.now() };
      return reading;
    } catch (thrown) {
      throw stopped.signal.aborted ? new CollectionStopped() : asAppError(thrown);
    } finally {
      running = undefined;
    }
  }

  /** Whatever comes of it is written down, so that other processes and `health` know it too. */
  async function work(
    asked: Asked,
    before: CollectionState | undefined,
    options: ReadOptions,
  ): Promise<Reading> {
    const began = clock.now();
    const tell = (outcome: Parameters<Metrics["collection"]>[1]): void =>
      metrics?.collection(name, outcome, since(began, clock));
    let suspicion: Suspicion | undefined;
    const judge = (read: Pick<Collected, "reader" | "rowsRead">): void => {
      suspicion = suspicionOf(read, before, clock.now());
      if (suspicion) {
        throw tooFew(read.rowsRead, suspicion);
      }
    };
    try {
      const fresh = await restartingOnce(asked, options).catch((thrown: unknown) => {
        if (isEmpty(thrown) && before?.complete) {
          judge({ reader: before.complete.reader, rowsRead: 0 });
        }
        throw thrown;
      });
      judge(fresh);
      await parts.save(fresh);
      const { reader, readAt, pages, rowsRead } = fresh;
      await end({ kind: "complete", collected: { reader, readAt, pages, rowsRead } });
      log.info({ reader, pages, rows: rowsRead }, `${name} collected`);
      tell("complete");
    } catch (thrown) {
      tell(options.signal.aborted ? "stopped" : asAppError(thrown).code);
      await failed(thrown, suspicion, options.signal);
      throw thrown;
    }
    const reading = await parts.stored(asked);
    if (!reading) {
      throw new AppError("INTERNAL", { detail: `A complete reading of ${name} left nothing in the store.` });
    }
    return reading;
  }

  /** A link to a page that has expired says nothing against the report: it is read once more from its beginning. */
  async function restartingOnce(asked: Asked, options: ReadOptions): Promise<Fresh> {
    try {
      return await parts.read(asked, options);
    } catch (thrown) {
      if (!isExpiredLink(thrown)) {
        throw thrown;
      }
      log.warn({ facts: thrown.facts }, `${name} is read again: a link to a page has expired`);
      return parts.read(asked, options);
    }
  }

  async function failed(
    thrown: unknown,
    suspicion: Suspicion | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    if (signal.aborted) {
      await letGo(collections.release(await source(), name, holder));
      return;
    }
    const { code, facts, cause } = asAppError(thrown);
    log.warn({ code, facts, err: cause }, `collecting ${name} failed`);
    const suspect = suspicion && { suspect: suspicion.suspect };
    await letGo(end({ kind: "failed", fault: { code, facts }, ...suspect }));
  }

  /** What went wrong before matters more; the lease ends by itself. */
  async function letGo(writing: Promise<void>): Promise<void> {
    try {
      await writing;
    } catch (thrown) {
      log.warn({ code: asAppError(thrown).code }, `the outcome of collecting ${name} could not be stored`);
    }
  }

  async function end(outcome: CollectionEnd): Promise<void> {
    await collections.end(await source(), name, holder, clock.now(), outcome);
  }

  function start(asked: Asked, askedAt: Date): Run<Asked, Reading> {
    const run: Run<Asked, Reading> = {
      asked,
      progress: NOTHING_YET,
      reading: Promise.resolve().then(() => collect(run, askedAt)),
    };
    running = run;
    return run;
  }

  function endedSince(moment: Date): Reading | undefined {
    // An end in the future was before the clock was set back: it says nothing of what ended since.
    const isSince = last && last.endedAt >= moment && last.endedAt <= clock.now();
    return isSince ? last?.reading : undefined;
  }

  return {
    running: () => running,
    start,
    endedSince,
    collect(asked, askedAt) {
      const ended = endedSince(askedAt);
      if (ended) {
        return { progress: () => NOTHING_YET, done: Promise.resolve(ended) };
      }
      const run = running ?? start(asked, askedAt);
      return { progress: () => run.progress, done: run.reading };
    },
    async stop() {
      stopped.abort();
      await running?.reading.catch(() => log.info({}, `collecting ${name} was stopped`));
    },
  };
}

/** Graph no longer took a link of its own; see `graph/pages.ts`. */
function isExpiredLink(thrown: unknown): thrown is AppError {
  return thrown instanceof AppError && thrown.code === "GRAPH-PAGING" && thrown.facts.status !== undefined;
}

/** Where there were rows before, "not collected yet" would be the wrong advice. */
function isEmpty(thrown: unknown): boolean {
  return thrown instanceof AppError && thrown.code === "GRAPH-NOT-COLLECTED";
}

function tooFew(rows: number, { rowsBefore }: Suspicion): AppError {
  return new AppError("GRAPH-SUSPICIOUS", {
    detail: `Graph answered with ${rows} rows, and with ${rowsBefore} the last time.`,
  });
}
