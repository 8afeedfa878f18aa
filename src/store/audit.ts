import { z } from "zod";
import type { TenantId } from "../kernel/ids.ts";
import { AUDIT_ACTS, AUDIT_PLACES, type AuditEntry, type AuditLog, NAMELESS } from "../ports/audit.ts";
import type { Database, Row } from "./database.ts";
import { userId } from "./schemas.ts";
import { storedRow } from "./stored-row.ts";

const rowSchema = z.object({
  at: z.date(),
  who: z.union([z.enum(NAMELESS), userId]),
  what: z.enum(AUDIT_ACTS),
  command: z.string(),
  detail: z.string().nullable(),
  target: z.union([z.literal("forgotten"), userId]).nullable(),
  place: z.enum(AUDIT_PLACES),
  conversation_id: z.string().nullable(),
  outcome: z.string(),
  correlation_id: z.string(),
});

/** The key as text: drivers disagree about a bigint. */
const keySchema = z.object({ at: z.date(), key: z.string() });

const COLUMNS = "at, who, what, command, detail, target, place, conversation_id, outcome, correlation_id";

const RECORD = `
  INSERT INTO authpulse.audit (tenant_id, ${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;

const SINCE = `
  SELECT ${COLUMNS} FROM authpulse.audit WHERE tenant_id = $1 AND at >= $2
  ORDER BY at DESC, id DESC LIMIT $3`;

const PAGE_SIZE = 500;

const PAGE = `
  SELECT ${COLUMNS}, id::text AS key FROM authpulse.audit
  WHERE tenant_id = $1 AND (at, id) > ($2, $3::bigint) AND at < $4
  ORDER BY at, id LIMIT ${PAGE_SIZE}`;

/** Keys begin with 1. */
const BEFORE_ALL = "0";

export function createAuditLog(database: Database): AuditLog {
  return {
    async record(entry) {
      // Checked as it will be when it is read: nothing is stored that could not be shown.
      const row = rowSchema.parse({
        at: entry.at,
        who: entry.who,
        what: entry.what,
        command: entry.command,
        detail: entry.detail ?? null,
        target: entry.target ?? null,
        place: entry.place,
        conversation_id: entry.conversationId ?? null,
        outcome: entry.outcome,
        correlation_id: entry.correlationId,
      });
      await database.query(RECORD, [
        entry.tenantId,
        row.at,
        row.who,
        row.what,
        row.command,
        row.detail,
        row.target,
        row.place,
        row.conversation_id,
        row.outcome,
        row.correlation_id,
      ]);
    },
    async since(tenantId, from, limit) {
      const rows = await database.query(SINCE, [tenantId, from, limit]);
      return rows.map((row) => toEntry(tenantId, row));
    },
    async *each(tenantId, from, to) {
      let after = { at: from, key: BEFORE_ALL };
      for (;;) {
        const rows = await database.query(PAGE, [tenantId, after.at, after.key, to]);
        const last = rows.at(-1);
        if (!last) {
          return;
        }
        yield rows.map((row) => toEntry(tenantId, row));
        after = keySchema.parse(last);
      }
    },
  };
}

function toEntry(tenantId: TenantId, row: Row): AuditEntry {
  const data = storedRow(rowSchema, row, "A stored line of the audit");
  return {
    at: data.at,
    tenantId,
    who: data.who,
    what: data.what,
    command: data.command,
    ...(data.detail !== null && { detail: data.detail }),
    ...(data.target !== null && { target: data.target }),
    place: data.place,
    ...(data.conversation_id !== null && { conversationId: data.conversation_id }),
    outcome: data.outcome,
    correlationId: data.correlation_id,
  };
}
