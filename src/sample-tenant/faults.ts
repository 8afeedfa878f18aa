/**
 * What can go wrong on purpose. The first group are the error rows that public threads report, with their documented
 * status, code and message; then refusals, outages, broken connections, broken bodies and broken paging.
 */
export type FaultKind =
  | "no-licence"
  | "unsupported-role"
  | "permission-missing"
  | "no-directory-read"
  | "no-audit-log-read"
  | "request-denied"
  | "roles-unknown"
  | "throttled"
  | "expired-skip-token"
  | "bad-request"
  | "expired-token"
  | "claims-challenge"
  | "server-error"
  | "bad-gateway"
  | "unavailable"
  | "gateway-timeout"
  | "cut-before-headers"
  | "cut-in-body"
  | "hang"
  | "slow"
  | "not-json"
  | "wrong-shape"
  | "wrong-row"
  | "empty"
  | "empty-page"
  | "repeated-link"
  | "endless-links"
  | "foreign-link";

export interface FaultRule {
  readonly kind: FaultKind;
  /** Only requests whose address contains this. An expired skip token strikes later pages only. */
  readonly path?: string;
  /** So many matching requests pass first. */
  readonly after?: number;
  /** So many matching requests are struck, then no more; without it, all. */
  readonly times?: number;
  /** `Retry-After` of `throttled` (10 by default) and of the 5xx (none by default). */
  readonly retryAfterSeconds?: number;
  /** How slow `slow` is. */
  readonly milliseconds?: number;
  /** Where `foreign-link` leads, as scheme and host. */
  readonly origin?: string;
}

/** The faults in force; they can be changed while the server runs. The earliest added that matches strikes. */
export interface Faults {
  add(rule: FaultRule): void;
  clear(): void;
}

interface Armed {
  readonly rule: FaultRule;
  seen: number;
}

export interface FaultTable extends Faults {
  /** The fault that strikes this request, if any. */
  take(address: string): FaultRule | undefined;
}

export function createFaults(rules: readonly FaultRule[]): FaultTable {
  let armed: readonly Armed[] = rules.map(arm);
  return {
    add(rule) {
      armed = [...armed, arm(rule)];
    },
    clear() {
      armed = [];
    },
    take(address) {
      const matching = armed.filter(({ rule }) => concerns(rule, address));
      for (const one of matching) one.seen += 1;
      return matching.find(isDue)?.rule;
    },
  };
}

function arm(rule: FaultRule): Armed {
  return { rule, seen: 0 };
}

function concerns(rule: FaultRule, address: string): boolean {
  if (rule.kind === "expired-skip-token" && !/(?:\$|%24)skiptoken=/.test(address)) return false;
  return rule.path === undefined || address.includes(rule.path);
}

function isDue({ rule, seen }: Armed): boolean {
  const after = rule.after ?? 0;
  return seen > after && seen <= after + (rule.times ?? Number.POSITIVE_INFINITY);
}
