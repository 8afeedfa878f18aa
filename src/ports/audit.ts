import type { TenantId, UserId } from "../kernel/ids.ts";

/** What is written down: a look at names, an export, a change of a subscription, a refusal, a look at the audit itself. */
export const AUDIT_ACTS = ["names", "export", "subscription", "refused", "audit", "forgotten"] as const;
export type AuditAct = (typeof AUDIT_ACTS)[number];

export const AUDIT_PLACES = ["personal", "groupChat", "channel", "terminal"] as const;
export type AuditPlace = (typeof AUDIT_PLACES)[number];

/** `operator` is the terminal, `unknown` somebody whom Teams did not name, `forgotten` an id that had to go. */
export const NAMELESS = ["operator", "unknown", "forgotten"] as const;

/** One line of the audit: ids and words of the product, never a name. */
export interface AuditEntry {
  readonly at: Date;
  readonly tenantId: TenantId;
  readonly who: UserId | (typeof NAMELESS)[number];
  readonly what: AuditAct;
  /** Command id, for example "people" or "digest-pause". */
  readonly command: string;
  /** What of it: filter, report, kind of change. */
  readonly detail?: string;
  /** The person who was looked up. */
  readonly target?: UserId | "forgotten";
  readonly place: AuditPlace;
  readonly conversationId?: string;
  /** "answered", "refused", a problem code, or what became of a subscription. */
  readonly outcome: string;
  readonly correlationId: string;
}

/** Append-only: what was recorded changes in one way alone, by a person being forgotten. */
export interface AuditLog {
  /** Rejects for an entry that could not be read again, for example a target that is no object id. */
  record(entry: AuditEntry): Promise<void>;
  /** Newest first, from `from` on (included), at most `limit`. */
  since(tenantId: TenantId, from: Date, limit: number): Promise<readonly AuditEntry[]>;
  /** All from `from` (included) to `to` (not included), the oldest first, in pages: memory stays flat. */
  each(tenantId: TenantId, from: Date, to: Date): AsyncIterable<readonly AuditEntry[]>;
}
