import type { Clock } from "../kernel/clock.ts";
import type { TenantId, UserId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { asAppError } from "../kernel/problem.ts";
import type { Timings } from "../kernel/timings.ts";
import { type AuditAct, type AuditEntry, type AuditLog, NAMELESS } from "../ports/audit.ts";
import type { Directory, DirectoryAccount } from "../ports/directory.ts";
import type { Period } from "../ports/usage.ts";
import { auditView } from "../reports/audit/audit-view.ts";
import type { Handler } from "./answer.ts";

interface AuditParts {
  readonly audit: AuditLog;
  readonly directory: Pick<Directory, "account">;
  readonly tenantId: () => Promise<TenantId>;
  /** Calendar months that a line is kept. */
  readonly keepAudit: number;
  readonly clock: Clock;
  readonly timings: Pick<Timings, "accessDeadline">;
}

const LINES_SHOWN = 40;
const PEOPLE_NAMED = 20;
const DAY = 24 * 60 * 60_000;
const DAYS: Readonly<Record<Period, number>> = { D1: 1, D7: 7, D30: 30 };

/** "audit [period]": who looked at names, exported, changed or was refused. */
export function auditHandler(parts: AuditParts): Handler {
  const { audit, clock, keepAudit } = parts;
  return async (question, turn, { onlyYou, base, corrected, refined }) => {
    const { period = "D30" } = question.options;
    const { now } = turn.audience;
    const from = new Date(now.getTime() - DAYS[period] * DAY);
    const tenantId = await parts.tenantId();
    const entries = await audit.since(tenantId, from, LINES_SHOWN);
    // Counted up to a later moment than the lines were read at, so that no line is shown and not counted.
    const counts = await countActs(audit.each(tenantId, from, new Date(clock.now().getTime() + 1)));
    const { accounts, ...names } = await named(entries, parts, turn.log);
    const view = auditView({
      ...{ period, from, to: now, entries, counts, accounts, names, keptMonths: keepAudit, question },
      audience: turn.audience,
      ...(onlyYou && { onlyYou }),
      ...(base && { base }),
      ...(corrected && { corrections: corrected }),
      ...(refined && { refined }),
    });
    return { kind: "answered", view };
  };
}

async function countActs(
  pages: AsyncIterable<readonly AuditEntry[]>,
): Promise<ReadonlyMap<AuditAct, number>> {
  const counts = new Map<AuditAct, number>();
  for await (const page of pages) {
    for (const { what } of page) {
      counts.set(what, (counts.get(what) ?? 0) + 1);
    }
  }
  return counts;
}

/** Names of people are a help and not the record: where Graph does not give them, the ids stand for them. */
async function named(
  entries: readonly AuditEntry[],
  { directory, timings }: AuditParts,
  log: Log,
): Promise<{
  readonly accounts: ReadonlyMap<UserId, DirectoryAccount>;
  readonly someMissing: boolean;
  readonly limitedTo?: number;
}> {
  const ids = peopleOf(entries);
  const asked = ids.slice(0, PEOPLE_NAMED);
  const accounts = new Map<UserId, DirectoryAccount>();
  const failed = new Set<string>();
  await Promise.all(
    asked.map(async (id) => {
      try {
        accounts.set(id, await directory.account(id, AbortSignal.timeout(timings.accessDeadline)));
      } catch (thrown) {
        failed.add(asAppError(thrown).code);
      }
    }),
  );
  if (failed.size > 0) {
    log.warn({ codes: [...failed], asked: asked.length, named: accounts.size }, "the audit lacks names");
  }
  return {
    accounts,
    someMissing: failed.size > 0,
    ...(ids.length > asked.length && { limitedTo: PEOPLE_NAMED }),
  };
}

/** Each once: those who did something, in the order of the lines, then those who were looked up. */
function peopleOf(entries: readonly AuditEntry[]): readonly UserId[] {
  const all = [...entries.map(({ who }) => who), ...entries.map(({ target }) => target)];
  return [...new Set(all.filter(isPerson))];
}

function isPerson(who: AuditEntry["who"] | undefined): who is UserId {
  return who !== undefined && !NAMELESS.some((nameless) => nameless === who);
}
