import { type Clock, since } from "../kernel/clock.ts";
import { orLate } from "../kernel/deadline.ts";
import { asAppError, type ProblemCode } from "../kernel/problem.ts";

/** What `/readyz` says: no secret, and of the tenant nothing but how old its numbers are. */
export interface ReadinessReport {
  readonly ready: boolean;
  readonly status: "ready" | "store" | "migrations";
  readonly store: { readonly state: "ok" | ProblemCode; readonly kind?: string };
  readonly graph: { readonly token: "ok" | "not-tried" | ProblemCode };
  readonly collections: Readonly<Record<string, CollectionReport>>;
}

interface CollectionReport {
  /** When the last complete one was read, in UTC; absent where there is none, or the store does not say. */
  readonly readAt?: string;
  readonly ageSeconds?: number;
  /** What the last one failed of, where it came after the last complete one. */
  readonly problem?: ProblemCode;
}

/** How a collection stands; the same for all processes on the store. */
interface Collection {
  readonly name: string;
  readonly last?: { readonly fault?: { readonly code: ProblemCode } };
  readonly complete?: { readonly readAt: Date };
}

export type Readiness = () => Promise<ReadinessReport>;

interface ReadinessParts {
  /** Asks the store itself. */
  readonly about: () => Promise<{ readonly kind: string; readonly schema: number }>;
  /** The schema that this process works with. */
  readonly schema: number;
  readonly token: () => "ok" | "not-tried" | ProblemCode;
  readonly collections: () => Promise<readonly Collection[]>;
  readonly clock: Clock;
  /** Milliseconds that the store has to answer. */
  readonly storeWithin: number;
}

type Stored = Pick<ReadinessReport, "store" | "status"> & { readonly states: readonly Collection[] };

/**
 * Whether turns can be answered. Only the store decides: with Graph away the bot still shows what it has, and says
 * what is wrong. Whoever asks meanwhile shares one question to the store, so that a store that hangs gets no queue.
 */
export function createReadiness(parts: ReadinessParts): Readiness {
  const { clock, token } = parts;
  let asking: Promise<Stored> | undefined;

  async function ask(): Promise<Stored> {
    const { kind, schema } = await parts.about();
    const states = await parts.collections();
    // A newer version has changed the tables under this one.
    return { status: schema === parts.schema ? "ready" : "migrations", store: { state: "ok", kind }, states };
  }

  async function stored(): Promise<Stored> {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    try {
      return await orLate(clock, parts.storeWithin, asking, unavailable("STORE-UNAVAILABLE"));
    } catch (thrown) {
      return unavailable(asAppError(thrown).code);
    }
  }

  function reportOf({ name, last, complete }: Collection): [string, CollectionReport] {
    const readAt = complete?.readAt;
    return [
      name,
      {
        ...(readAt && {
          readAt: readAt.toISOString(),
          ageSeconds: Math.round(since(readAt, clock) / 1000),
        }),
        ...(last?.fault && { problem: last.fault.code }),
      },
    ];
  }

  return async () => {
    const { status, store, states } = await stored();
    return {
      ready: status === "ready",
      status,
      store,
      graph: { token: token() },
      collections: Object.fromEntries(states.map(reportOf)),
    };
  };
}

function unavailable(code: ProblemCode): Stored {
  return { status: "store", store: { state: code }, states: [] };
}
