import { LRUCache } from "lru-cache";
import type { TenantId, UserId } from "../kernel/ids.ts";
import { AppError, asAppError } from "../kernel/problem.ts";
import type { Timings } from "../kernel/timings.ts";
import type { Directory } from "../ports/directory.ts";
import { REPORT_READING_ROLES } from "../reference/roles.ts";

/**
 * Who asks. Unknown is somebody whom Teams did not name in Entra; they hold nothing. The terminal acts as the
 * operator: who holds the credentials holds the data.
 */
export type Viewer =
  | { readonly kind: "person"; readonly tenantId: TenantId; readonly userId: UserId; readonly name?: string }
  | { readonly kind: "unknown" }
  | { readonly kind: "operator" };

/** `roles` are template ids of the report-reading roles that the viewer holds. */
export type Decision =
  | { readonly allowed: true; readonly roles: readonly string[] }
  | { readonly allowed: false; readonly roles: readonly [] };

export interface Gate {
  /**
   * May this viewer see the reports? Rejects with ACCESS-UNDECIDED when Graph does not say.
   * `fresh` asks Graph even where a grant is remembered.
   */
  decide(viewer: Viewer, options?: { readonly fresh?: boolean }): Promise<Decision>;
}

const DENIED: Decision = { allowed: false, roles: [] };

interface GateParts {
  readonly directory: Directory;
  readonly timings: Pick<Timings, "accessDeadline" | "rememberAccess">;
  /** Milliseconds; what the memory of grants measures its age by. */
  readonly elapsed: () => number;
}

/**
 * Asks Graph which of the report-reading roles the person holds now. Only grants are remembered, for minutes:
 * a person who has just been given a role is let in at once. Everything uncertain is refused.
 */
export function createGate({ directory, timings, elapsed }: GateParts): Gate {
  const granted = new LRUCache<UserId, Decision>({
    max: 5_000,
    ttl: timings.rememberAccess,
    ttlResolution: 0,
    perf: { now: elapsed },
  });

  async function ask(userId: UserId): Promise<Decision> {
    const ids = REPORT_READING_ROLES.map((role) => role.templateId);
    const signal = AbortSignal.timeout(timings.accessDeadline);
    const held = await directory.held(userId, ids, signal).catch(undecided);
    const roles = ids.filter((id) => held.has(id));
    return roles.length > 0 ? { allowed: true, roles } : DENIED;
  }

  return {
    async decide(viewer, { fresh = false } = {}) {
      if (viewer.kind === "operator") {
        return { allowed: true, roles: [] };
      }
      if (viewer.kind === "unknown") {
        return DENIED;
      }
      const remembered = fresh ? undefined : granted.get(viewer.userId);
      const decision = remembered ?? (await ask(viewer.userId));
      if (decision.allowed && !remembered) {
        granted.set(viewer.userId, decision);
      } else if (!decision.allowed) {
        granted.delete(viewer.userId);
      }
      return decision;
    },
  };
}

function undecided(thrown: unknown): never {
  const problem = asAppError(thrown);
  throw new AppError(
    "ACCESS-UNDECIDED",
    { ...problem.facts, detail: `role check: ${problem.code}` },
    problem,
  );
}
