/** How many turns there may be. */
export interface TurnLimits {
  /** That are being answered at once. */
  readonly running: number;
  /** That wait for that; whatever comes then is refused. `QUEUE_LIMIT`. */
  readonly waiting: number;
  /** Answers that go on after their turn, numbers that are still being read for example. */
  readonly open: number;
  /** Refusals that are on their way to Teams at once. */
  readonly refusals: number;
}

/**
 * What a process takes on at once, beside the length of its queue. Microsoft allows 50 requests in a second for an app
 * and tenant (learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit), and a post takes half a second at
 * the most: with 32 at once more leaves than Teams takes. A refusal takes as much as an answer, from Teams' limit and of
 * the processor, so that only few of them leave at once.
 */
export const TURN_LIMITS: Omit<TurnLimits, "waiting"> = { running: 32, open: 1_000, refusals: 4 };

/** Lets so many turns in at once, first come first served, and those of a conversation one after another. */
export interface Admission {
  /** Whether there would be neither a place nor a refusal with a message for who came now. */
  isFull(): boolean;
  /**
   * Lets somebody come to the door, who is told of later whether there is a place; undefined where it is full. What
   * it gives is called when that is decided.
   */
  arrive(): (() => void) | undefined;
  /**
   * The result of the work, or undefined at once where there is no place. Turns of the same lane follow each other;
   * without a lane they wait for a place alone. The work may leave its place before it ends.
   */
  admit<T>(lane: string | undefined, work: (leave: () => void) => Promise<T>): Promise<T> | undefined;
  /** Does the work of a refusal, or resolves with false where too many are being refused. */
  refuse(work: () => Promise<boolean>): Promise<boolean>;
}

interface AdmissionParts {
  readonly limits: TurnLimits;
  /** How much goes on, that which outlives its turn included. */
  readonly open: () => number;
  /** Told whenever one of both has changed. */
  readonly onChange: (running: number, waiting: number) => void;
}

interface Waiting {
  readonly lane: string | undefined;
  readonly start: () => void;
}

export function createAdmission({ limits, open, onChange }: AdmissionParts): Admission {
  const waiting: Waiting[] = [];
  /** The lanes in which a turn runs. */
  const taken = new Set<string>();
  let arriving = 0;
  let running = 0;
  let refusals = 0;

  function enter(lane: string | undefined): void {
    running += 1;
    if (lane !== undefined) {
      taken.add(lane);
    }
    onChange(running, waiting.length);
  }

  /** One that leaves makes room for one: for the next in the queue whose lane is free. */
  function leave(lane: string | undefined): void {
    running -= 1;
    if (lane !== undefined) {
      taken.delete(lane);
    }
    const index = waiting.findIndex((one) => one.lane === undefined || !taken.has(one.lane));
    const [next] = index < 0 ? [] : waiting.splice(index, 1);
    if (next) {
      enter(next.lane);
      next.start();
    } else {
      onChange(running, waiting.length);
    }
  }

  /** Of what has entered. */
  async function run<T>(lane: string | undefined, work: (leave: () => void) => Promise<T>): Promise<T> {
    let isInside = true;
    const leaveOnce = (): void => {
      if (isInside) {
        isInside = false;
        leave(lane);
      }
    };
    try {
      return await work(leaveOnce);
    } finally {
      leaveOnce();
    }
  }

  const isBehind = (lane: string | undefined): boolean =>
    lane !== undefined && (taken.has(lane) || waiting.some((one) => one.lane === lane));
  const hasPlace = (): boolean => running < limits.running && open() < limits.open;
  const hasQueue = (): boolean => waiting.length < limits.waiting && open() < limits.open;

  /** How many may stand at the door: those who come while others are being looked at must not all be let through. */
  function room(): number {
    const places = limits.running - running + limits.waiting - waiting.length;
    return (open() < limits.open ? places : 0) + limits.refusals - refusals;
  }

  const isFull = (): boolean => arriving >= room();

  return {
    isFull,
    arrive() {
      if (isFull()) {
        return undefined;
      }
      let isArriving = true;
      arriving += 1;
      return () => {
        arriving -= isArriving ? 1 : 0;
        isArriving = false;
      };
    },
    admit(lane, work) {
      if (hasPlace() && !isBehind(lane)) {
        enter(lane);
        return run(lane, work);
      }
      if (!hasQueue()) {
        return undefined;
      }
      const entered = new Promise<void>((resolve) => waiting.push({ lane, start: resolve }));
      onChange(running, waiting.length);
      // Begun here and not by whoever leaves, whose correlation it would have.
      return entered.then(() => run(lane, work));
    },
    async refuse(work) {
      if (refusals >= limits.refusals) {
        return false;
      }
      refusals += 1;
      try {
        return await work();
      } finally {
        refusals -= 1;
      }
    },
  };
}
