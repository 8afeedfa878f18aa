import { LRUCache } from "lru-cache";
import type { UserId } from "../kernel/ids.ts";
import { AppError, asAppError } from "../kernel/problem.ts";
import type { Timings } from "../kernel/timings.ts";
import type { Directory } from "../ports/directory.ts";
import type { Permission } from "./permission.ts";
import {
  type AccessRules,
  asksForAccount,
  DENIED,
  type Decision,
  decideBy,
  type Holdings,
  idsOf,
} from "./rules.ts";
import type { Viewer } from "./viewer.ts";

/** For each permission whether the viewer holds it. */
export type Access = Readonly<Record<Permission, Decision>>;

export interface Gate {
  /** May this viewer do that? Rejects with ACCESS-UNDECIDED when Graph does not say; `fresh` asks Graph in any case. */
  decide(viewer: Viewer, permission: Permission, options?: { readonly fresh?: boolean }): Promise<Decision>;
  /** All permissions at once, to tell a person what they may do. Rejects as `decide` does. */
  access(viewer: Viewer, options?: { readonly fresh?: boolean }): Promise<Access>;
  /** Whether the viewer has an account in the reported tenant, as a member or a guest. Rejects as `decide` does. */
  belongs(viewer: Viewer): Promise<boolean>;
  /** Who holds what, for telling a person what to ask for. */
  readonly rules: AccessRules;
}

interface GateParts {
  readonly rules: AccessRules;
  readonly directory: Directory;
  readonly timings: Pick<Timings, "accessDeadline" | "rememberAccess">;
  /** Milliseconds; what the memory of grants measures its age by. */
  readonly elapsed: () => number;
}

const OPERATOR: Decision = { allowed: true, because: [] };
/** A bound for memory; whoever falls out is asked about again. */
const PEOPLE_REMEMBERED = 5_000;

/**
 * Asks Graph what the person holds now. What was found is remembered for minutes and believed only where it
 * grants: a person who has just been given a role is let in at once. Everything uncertain is refused.
 */
export function createGate({ rules, directory, timings, elapsed }: GateParts): Gate {
  const ids = idsOf(rules);
  const remembered = new LRUCache<UserId, Holdings>({
    max: PEOPLE_REMEMBERED,
    ttl: timings.rememberAccess,
    ttlResolution: 0,
    perf: { now: elapsed },
  });

  /** The newest question about each person. */
  const lastAsked = new LRUCache<UserId, symbol>({ max: PEOPLE_REMEMBERED });

  async function ask(userId: UserId, withAccount = asksForAccount(rules, userId)): Promise<Holdings> {
    const signal = AbortSignal.timeout(timings.accessDeadline);
    const asked = Symbol("asked");
    lastAsked.set(userId, asked);
    const start = elapsed();
    try {
      const [held, account] = await Promise.all([
        directory.held(userId, ids, signal),
        withAccount ? directory.account(userId, signal) : undefined,
      ]);
      const holdings: Holdings = {
        userId,
        ids: held,
        ...(account !== undefined && { account: account.kind }),
      };
      // An answer that was long on its way must not outlive what Graph has said since.
      if (lastAsked.get(userId) === asked) {
        remembered.set(userId, holdings, { start });
      }
      return holdings;
    } catch (thrown) {
      remembered.delete(userId);
      throw undecided(thrown);
    }
  }

  async function decide(viewer: Viewer, permission: Permission, fresh: boolean): Promise<Decision> {
    if (viewer.kind === "operator") {
      return OPERATOR;
    }
    if (viewer.kind === "unknown" || rules[permission].length === 0) {
      return DENIED;
    }
    const known = fresh ? undefined : remembered.get(viewer.userId);
    const decision = known ? decideBy(rules[permission], known) : DENIED;
    return decision.allowed ? decision : decideBy(rules[permission], await ask(viewer.userId));
  }

  return {
    rules,
    decide: (viewer, permission, { fresh = false } = {}) => decide(viewer, permission, fresh),
    async belongs(viewer) {
      if (viewer.kind !== "person") {
        return viewer.kind === "operator";
      }
      const known = remembered.get(viewer.userId)?.account;
      const account = known ?? (await ask(viewer.userId, true)).account;
      return account === "member" || account === "guest";
    },
    async access(viewer, { fresh = false } = {}) {
      const holdings = viewer.kind === "person" ? await knownOrAsked(viewer.userId, fresh) : undefined;
      const decided = (permission: Permission): Decision => {
        if (viewer.kind === "operator") {
          return OPERATOR;
        }
        return holdings ? decideBy(rules[permission], holdings) : DENIED;
      };
      return {
        reports: decided("reports"),
        person: decided("person"),
        people: decided("people"),
        manage: decided("manage"),
        audit: decided("audit"),
      };
    },
  };

  async function knownOrAsked(userId: UserId, fresh: boolean): Promise<Holdings> {
    return (fresh ? undefined : remembered.get(userId)) ?? ask(userId);
  }
}

function undecided(thrown: unknown): AppError {
  const isLate = thrown instanceof DOMException && thrown.name === "TimeoutError";
  const problem = isLate ? new AppError("GRAPH-UNREACHABLE", {}, thrown) : asAppError(thrown);
  return new AppError(
    "ACCESS-UNDECIDED",
    { ...problem.facts, detail: `access check: ${problem.code}` },
    problem,
  );
}
