import { type Clock, sleepUntilAborted } from "../kernel/clock.ts";
import { type AppError, asAppError } from "../kernel/problem.ts";
import type { Spool, SpooledFile } from "./spool.ts";
import type { SpoolOptions } from "./table.ts";
import type { UploadOutcome } from "./upload.ts";

/** Who asked for an export, and where: nobody else, and no other chat, reaches it. */
export interface ExportOwner {
  readonly conversationId: string;
  readonly userId: string;
}

export interface ExportOrder<About> {
  readonly owner: ExportOwner;
  /** Of the file that the person gets. */
  readonly name: string;
  /** What whoever orders it wants to know of it later. */
  readonly about: About;
  /** Fills the file. Rejects with an AppError, or with the signal's reason. */
  readonly make: (spool: Spool, options: SpoolOptions) => Promise<SpooledFile>;
  /** Is told once how it ended; a close waits for it. */
  readonly onEnd?: (state: ExportState) => Promise<void>;
}

/** Ends that somebody chose: the person, the person where Teams asked, the access decision, whoever runs AuthPulse. */
export type ChosenEnd = "cancelled" | "declined" | "refused" | "stopped";

/** How far an export is. From `ready` on its size is known; only the first three hold a file. Sizes are bytes. */
export type ExportState =
  | { readonly kind: "spooling"; readonly rows: number }
  | { readonly kind: "ready"; readonly rows: number; readonly size: number; readonly until: Date }
  | { readonly kind: "uploading"; readonly rows: number; readonly size: number; readonly sent: number }
  | { readonly kind: "done"; readonly rows: number; readonly size: number }
  | { readonly kind: "not-uploaded"; readonly outcome: Exclude<UploadOutcome, { kind: "uploaded" }> }
  | { readonly kind: ChosenEnd }
  | { readonly kind: "failed"; readonly problem: AppError }
  | { readonly kind: "expired" };

export interface PendingExport<About> {
  readonly id: string;
  readonly name: string;
  readonly about: About;
  readonly state: ExportState;
}

export type StartOutcome =
  | {
      readonly kind: "started";
      readonly id: string;
      /** What became of spooling: `ready`, `failed` or a chosen end. Never rejects. */
      readonly spooled: Promise<ExportState>;
    }
  /** As many as are allowed at a time are going on or wait: of this person, or of all. */
  | { readonly kind: "busy"; readonly whose: "own" | "all"; readonly most: number };

/** Sends the file, as `Upload` does to an address. */
export type Put = (
  file: SpooledFile,
  options: { readonly signal: AbortSignal; readonly onSent: (bytes: number) => void },
) => Promise<UploadOutcome>;

export interface Exports<About> {
  start(order: ExportOrder<About>): StartOutcome;
  /** Undefined for an id that is not this owner's, or that ended long ago; both look alike. */
  get(id: string, owner: ExportOwner): PendingExport<About> | undefined;
  /** The file while it is ready; it goes on waiting for an upload or its end. */
  file(id: string, owner: ExportOwner): SpooledFile | undefined;
  /** Ends what has not ended yet. Resolves when the file is gone. */
  cancel(id: string, owner: ExportOwner, how?: ChosenEnd): Promise<PendingExport<About> | undefined>;
  /** Sends the file once, when it is ready; in any other state nothing happens. Never rejects. */
  upload(id: string, owner: ExportOwner, put: Put): Promise<PendingExport<About> | undefined>;
  /** Stops everything; resolves when no file is left. */
  close(): Promise<void>;
}

interface ExportsParts {
  readonly spool: Spool;
  readonly clock: Clock;
  /** Unpredictable bytes, as of node:crypto's `randomBytes`: an id travels through Teams and back. */
  readonly randomBytes: (size: number) => Buffer;
  /** Milliseconds that a ready file waits, and that an end is remembered. */
  readonly lifetime: number;
  /** Exports at a time, of all and of one person: each may fill the disk up to the spool's limit. */
  readonly most: { readonly all: number; readonly own: number };
  /** Is told when a file could not be removed, or an end not be told. */
  readonly onFault: (thrown: unknown) => void;
}

interface Entry<About> {
  readonly id: string;
  readonly order: ExportOrder<About>;
  readonly stop: AbortController;
  state: ExportState;
  /** Read so far. */
  rows: number;
  file?: SpooledFile;
  endedAt?: Date;
  /** What is going on for it and must be over before a close is. */
  work: Promise<unknown>;
}

/** Exports between the question and the upload. They live as long as the process. */
export function createExports<About>(parts: ExportsParts): Exports<About> {
  const { spool, clock, randomBytes, lifetime, most, onFault } = parts;
  const entries = new Map<string, Entry<About>>();

  function own(id: string, { conversationId, userId }: ExportOwner): Entry<About> | undefined {
    const entry = entries.get(id);
    const owner = entry?.order.owner;
    if (!entry || owner?.conversationId !== conversationId || owner.userId !== userId) {
      return undefined;
    }
    expireIfDue(entry);
    return entry;
  }

  function step(entry: Entry<About>, state: ExportState): void {
    if (!entry.endedAt) {
      entry.state = state;
    }
  }

  /** The first end stays: what is stopped because of it comes to an end of its own afterwards. */
  function end(entry: Entry<About>, state: ExportState): void {
    const told = entry.endedAt ? undefined : entry.order.onEnd?.(state).catch(onFault);
    step(entry, state);
    entry.endedAt ??= clock.now();
    entry.stop.abort();
    entry.work = Promise.all([entry.work, told, entry.file?.remove().catch(onFault)]);
  }

  async function run(entry: Entry<About>): Promise<void> {
    const { signal } = entry.stop;
    const onRows = (rows: number) => {
      entry.rows = rows;
      step(entry, { kind: "spooling", rows });
    };
    try {
      entry.file = await entry.order.make(spool, { signal, onRows });
    } catch (thrown) {
      end(entry, { kind: "failed", problem: asAppError(thrown) });
      return;
    }
    if (entry.endedAt) {
      end(entry, entry.state);
      return;
    }
    const until = new Date(clock.now().getTime() + lifetime);
    entry.state = { kind: "ready", rows: entry.rows, size: entry.file.size, until };
    entry.work = expireInTime(entry, until);
  }

  /** Looks again after each sleep: timers are no clocks, and clocks are set. */
  async function expireInTime(entry: Entry<About>, until: Date): Promise<void> {
    while (entry.state.kind === "ready") {
      const left = until.getTime() - clock.now().getTime();
      // It is aborted when the export has ended otherwise, which the condition sees.
      await sleepUntilAborted(clock, Math.max(left, 1), entry.stop.signal);
      expireIfDue(entry);
    }
  }

  /** Also asked before each look at it, because a timer stands still while the machine is suspended. */
  function expireIfDue(entry: Entry<About>): void {
    if (entry.state.kind === "ready" && entry.state.until <= clock.now()) {
      end(entry, { kind: "expired" });
    }
  }

  function forgetOld(): void {
    const before = clock.now().getTime() - lifetime;
    for (const { id, endedAt } of entries.values()) {
      if (endedAt && endedAt.getTime() <= before) {
        entries.delete(id);
      }
    }
  }

  function refusal({ userId }: ExportOwner): StartOutcome | undefined {
    const active = [...entries.values()].filter(({ endedAt }) => !endedAt);
    if (active.length >= most.all) {
      return { kind: "busy", whose: "all", most: most.all };
    }
    const isOwnFull = active.filter(({ order }) => order.owner.userId === userId).length >= most.own;
    return isOwnFull ? { kind: "busy", whose: "own", most: most.own } : undefined;
  }

  async function ended(entry: Entry<About>, kind: ChosenEnd): Promise<PendingExport<About>> {
    end(entry, { kind });
    return settled(entry);
  }

  async function sent(entry: Entry<About>, file: SpooledFile, put: Put): Promise<void> {
    const { rows } = entry;
    const { size } = file;
    const onSent = (bytes: number) => step(entry, { kind: "uploading", rows, size, sent: bytes });
    onSent(0);
    try {
      const outcome = await put(file, { signal: entry.stop.signal, onSent });
      end(
        entry,
        outcome.kind === "uploaded" ? { kind: "done", rows, size } : { kind: "not-uploaded", outcome },
      );
    } catch (thrown) {
      end(entry, { kind: "failed", problem: asAppError(thrown) });
    }
  }

  return {
    start(order) {
      forgetOld();
      const refused = refusal(order.owner);
      if (refused) {
        return refused;
      }
      const id = randomBytes(16).toString("hex");
      const entry: Entry<About> = {
        id,
        order,
        stop: new AbortController(),
        state: { kind: "spooling", rows: 0 },
        rows: 0,
        work: Promise.resolve(),
      };
      entries.set(id, entry);
      const running = run(entry);
      entry.work = running;
      return { kind: "started", id, spooled: running.then(() => entry.state) };
    },
    get(id, owner) {
      const entry = own(id, owner);
      return entry && seen(entry);
    },
    file(id, owner) {
      const entry = own(id, owner);
      return entry?.state.kind === "ready" ? entry.file : undefined;
    },
    async cancel(id, owner, how = "cancelled") {
      const entry = own(id, owner);
      return entry && ended(entry, how);
    },
    async upload(id, owner, put) {
      const entry = own(id, owner);
      if (entry?.file && entry.state.kind === "ready") {
        entry.work = sent(entry, entry.file, put);
        return settled(entry);
      }
      return entry && seen(entry);
    },
    async close() {
      await Promise.all([...entries.values()].map((entry) => ended(entry, "stopped")));
    },
  };
}

/** Resolves when nothing is going on for it any more. */
async function settled<About>(entry: Entry<About>): Promise<PendingExport<About>> {
  for (let work: Promise<unknown> | undefined; work !== entry.work; ) {
    work = entry.work;
    await work;
  }
  return seen(entry);
}

function seen<About>({ id, order: { name, about }, state }: Entry<About>): PendingExport<About> {
  return { id, name, about, state };
}
