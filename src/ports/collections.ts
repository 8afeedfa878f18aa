import type { ProblemCode, ProblemFacts } from "../kernel/problem.ts";
import type { ReadProgress, UsageSource } from "./usage.ts";

/** What is collected; each has an age of its own. */
export const COLLECTIONS = ["usage", "people", "passwords", "signIns"] as const;
export type CollectionName = (typeof COLLECTIONS)[number];

/** What a complete collection brought. */
export interface Collected {
  /** Which report was read. */
  readonly reader: string;
  /** When the reading began. */
  readonly readAt: Date;
  readonly pages: number;
  readonly rowsRead: number;
}

/** How a collection ended that stored nothing. */
export interface CollectionFault {
  readonly code: ProblemCode;
  readonly facts: ProblemFacts;
}

/** What is known of one collection, the same for all processes on one store. */
export interface CollectionState {
  readonly name: CollectionName;
  /** Under way in one of the processes; one that died is there until its lease ends. */
  readonly running?: {
    readonly since: Date;
    readonly leaseUntil: Date;
    readonly progress: ReadProgress;
  };
  /** The last one that ended; without a fault it was complete. */
  readonly last?: { readonly at: Date; readonly fault?: CollectionFault };
  readonly complete?: Collected & { readonly at: Date };
  /** Since when Graph has answered with far fewer rows than before, and with how many at first. */
  readonly suspect?: { readonly since: Date; readonly rowsRead: number };
  /** Whether the report may be read, as Graph said last. */
  readonly access?: {
    readonly at: Date;
    readonly refusal?: { readonly code: ProblemCode; readonly permission?: string };
  };
}

export interface Claiming {
  /** Of this process. */
  readonly holder: string;
  readonly now: Date;
  /** Milliseconds until it is taken for dead, unless it beats. */
  readonly lease: number;
  /** One that ended at this moment or later is as good as one of one's own. */
  readonly since?: Date;
}

export type Claim =
  /** It is the caller's now; the state is that before. */
  | { readonly kind: "claimed"; readonly before: CollectionState | undefined }
  | { readonly kind: "running"; readonly running: NonNullable<CollectionState["running"]> }
  | { readonly kind: "ended"; readonly state: CollectionState };

/** How a collection of one's own ended. */
export type CollectionEnd =
  | { readonly kind: "complete"; readonly collected: Collected }
  | {
      readonly kind: "failed";
      readonly fault: CollectionFault;
      readonly suspect?: CollectionState["suspect"];
    };

/** Who collects what: one process at a time, and what came of it. Rejects with STORE-UNAVAILABLE. */
export interface CollectionStore {
  /** Takes a collection that nobody is at, or whose process has died. */
  claim(source: UsageSource, name: CollectionName, claiming: Claiming): Promise<Claim>;
  /** Tells that the process is alive and how far it is; false when the collection has been taken from it. */
  beat(
    source: UsageSource,
    name: CollectionName,
    claiming: Claiming,
    progress: ReadProgress,
  ): Promise<boolean>;
  /** Lets go of it. Does nothing when it has been taken from this process. */
  end(source: UsageSource, name: CollectionName, holder: string, at: Date, end: CollectionEnd): Promise<void>;
  /** Lets go of it without an outcome: the process ends. */
  release(source: UsageSource, name: CollectionName, holder: string): Promise<void>;
  /** What is known, in the order of the names; what was never tried is missing. */
  states(source: UsageSource): Promise<readonly CollectionState[]>;
}
