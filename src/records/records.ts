import type { Clock } from "../kernel/clock.ts";
import type { TenantId, UserId } from "../kernel/ids.ts";
import type { AuditEntry, AuditLog } from "../ports/audit.ts";
import type { RetentionStore } from "../ports/retention.ts";

/** What is recorded about people who used the product, for whoever runs it. */
export interface Records {
  /** Takes a person's object id out of everything; resolves with how many rows named it. */
  forget(userId: UserId): Promise<Forgotten>;
  /** At most `ROWS_A_CALL` lines of the audit after the first `skip` ones, the oldest first. */
  audit(from: Date, to: Date, skip: number): Promise<readonly AuditEntry[]>;
}

export type Forgotten = Awaited<ReturnType<RetentionStore["forget"]>>;

/** A bound for what a call between two processes answers. */
export const ROWS_A_CALL = 5_000;

interface RecordParts {
  readonly audit: AuditLog;
  readonly retention: Pick<RetentionStore, "forget">;
  readonly tenantId: () => Promise<TenantId>;
  readonly clock: Clock;
}

export function createRecords({ audit, retention, tenantId, clock }: RecordParts): Records {
  return {
    async forget(userId) {
      const tenant = await tenantId();
      const forgotten = await retention.forget(tenant, userId);
      await audit.record({
        at: clock.now(),
        tenantId: tenant,
        who: "operator",
        what: "forgotten",
        command: "forget",
        place: "terminal",
        outcome: `subscriptions=${forgotten.subscriptions} audit=${forgotten.audit}`,
        correlationId: "forget",
      });
      return forgotten;
    },
    async audit(from, to, skip) {
      const rows: AuditEntry[] = [];
      let passed = 0;
      for await (const page of audit.each(await tenantId(), from, to)) {
        const wanted = page.slice(Math.max(0, skip - passed));
        passed += page.length;
        rows.push(...wanted);
        if (rows.length >= ROWS_A_CALL) {
          break;
        }
      }
      return rows.slice(0, ROWS_A_CALL);
    },
  };
}
