import { randomUUID } from "node:crypto";
import type { Clock } from "../kernel/clock.ts";
import type { TenantId, UserId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { AuditEntry, AuditLog } from "../ports/audit.ts";
import type { RetentionStore } from "../ports/retention.ts";

/** What is recorded about people who used the product, for whoever runs it. What is done here is recorded too. */
export interface Records {
  /** Takes a person's object id out of everything; resolves with how many rows named it. */
  forget(userId: UserId): Promise<Forgotten>;
  /** At most `LINES_A_CALL` lines of the audit, the oldest first; fewer of them are the last ones. */
  audit(range: AuditRange): Promise<readonly AuditLine[]>;
}

export type Forgotten = Awaited<ReturnType<RetentionStore["forget"]>>;

/** All that is kept where neither end is named. */
export interface AuditRange {
  /** Included. */
  readonly from?: Date;
  /** Not included. */
  readonly to?: Date;
  /** Where the call before ended; without it a look begins, which is recorded before anything is shown. */
  readonly after?: AuditMark;
}

/** A place between two lines: so many lines of this time were given already. */
interface AuditMark {
  readonly at: Date;
  readonly lines: number;
}

/** Plain data, since it may come from a bot in another process. */
export type AuditLine = Omit<AuditEntry, "at"> & { /** ISO 8601, in UTC. */ readonly at: string };

/** A bound for what a call between two processes answers. */
export const LINES_A_CALL = 5_000;

const BEGINNING = new Date(0);
/** Later than any clock shows that can be believed. */
const END = new Date("9999-12-31T23:59:59.999Z");

interface RecordParts {
  readonly audit: AuditLog;
  readonly retention: Pick<RetentionStore, "forget">;
  readonly tenantId: () => Promise<TenantId>;
  readonly clock: Clock;
  readonly log: Log;
}

export function createRecords({ audit, retention, tenantId, clock, log }: RecordParts): Records {
  async function record(act: Pick<AuditEntry, "what" | "command" | "detail" | "outcome">): Promise<void> {
    const entry: AuditEntry = {
      at: clock.now(),
      tenantId: await tenantId(),
      who: "operator",
      ...act,
      place: "terminal",
      correlationId: randomUUID().slice(0, 8),
    };
    log.info({ audit: entry }, "audit");
    await audit.record(entry);
  }

  async function lines(from: Date, to: Date, skip: number): Promise<readonly AuditLine[]> {
    const found: AuditEntry[] = [];
    for await (const page of audit.each(await tenantId(), from, to)) {
      found.push(...page);
      if (found.length >= skip + LINES_A_CALL) {
        break;
      }
    }
    return found.slice(skip, skip + LINES_A_CALL).map((entry) => ({ ...entry, at: entry.at.toISOString() }));
  }

  return {
    async forget(userId) {
      const forgotten = await retention.forget(await tenantId(), userId);
      const outcome = `subscriptions=${forgotten.subscriptions} audit=${forgotten.audit}`;
      await record({ what: "forgotten", command: "forget", outcome });
      return forgotten;
    },
    async audit({ from, to, after }) {
      if (after) {
        return lines(after.at, to ?? END, after.lines);
      }
      const since = from ? ` since=${from.toISOString()}` : "";
      const until = to ? ` until=${to.toISOString()}` : "";
      await record({ what: "audit", command: "audit", detail: `csv${since}${until}`, outcome: "answered" });
      return lines(from ?? BEGINNING, to ?? END, 0);
    },
  };
}

/** Where the next call goes on after these lines; `before` is where they began. */
export function markAfter(lines: readonly AuditLine[], before: AuditMark | undefined): AuditMark | undefined {
  const last = lines.at(-1);
  if (!last) {
    return before;
  }
  const at = new Date(last.at);
  const ofThatTime = lines.filter((line) => line.at === last.at).length;
  const given = before?.at.getTime() === at.getTime() ? before.lines : 0;
  return { at, lines: given + ofThatTime };
}
