import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { TenantId } from "../kernel/ids.ts";
import type { Database } from "./database.ts";
import { storedRow } from "./stored-row.ts";

const LENGTH = 32;

const rowSchema = z.object({ value: z.hex().length(2 * LENGTH) });

const READ = "SELECT value FROM authpulse.secrets WHERE tenant_id = $1 AND name = $2";

/** Of several that are made at once the first one stays, for all who ask. */
const MAKE = `
  INSERT INTO authpulse.secrets (tenant_id, name, value) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`;

/** 32 random bytes that are made when they are first asked for, and are the same ever after. */
export async function secretOf(database: Database, tenantId: TenantId, name: string): Promise<Buffer> {
  let [row] = await database.query(READ, [tenantId, name]);
  if (!row) {
    await database.query(MAKE, [tenantId, name, randomBytes(LENGTH).toString("hex")]);
    [row] = await database.query(READ, [tenantId, name]);
  }
  const data = storedRow(rowSchema, row, "A stored secret");
  return Buffer.from(data.value, "hex");
}
