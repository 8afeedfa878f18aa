import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { AuditEntry } from "../../src/ports/audit.ts";
import type { Database } from "../../src/store/database.ts";
import { openPglite } from "../../src/store/pglite.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import { createStore, type Store } from "../../src/store/store.ts";
import { describeOnPostgres, type PostgresServer, startPostgres } from "../support/postgres.ts";
import { auditEntry } from "./audit-contract.ts";
import { newTenant, READ_AT } from "./readings.ts";
import { limits } from "./retention-contract.ts";

describe("in the embedded database", () => {
  auditGuard(() => openPglite("memory"));
});

describeOnPostgres("in PostgreSQL", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.remove());

  auditGuard(async () => openPostgres(await server.database()));
});

function auditGuard(open: () => Promise<Database>): void {
  describe("the audit", () => {
    let database: Database;
    let store: Store;
    beforeAll(async () => {
      database = await open();
      store = await createStore(database);
    });
    afterAll(() => store.close());

    let entry: AuditEntry;
    beforeEach(async () => {
      entry = auditEntry({ place: "personal", conversationId: "a:1" });
      await store.audit.record(entry);
    });

    const lines = () => store.audit.since(entry.tenantId, new Date(0), 9);
    const refused = {
      code: "STORE-UNAVAILABLE",
      facts: { detail: expect.stringContaining("append-only") },
    };

    test.each([
      "UPDATE authpulse.audit SET outcome = 'answered'",
      "UPDATE authpulse.audit SET at = now()",
      "UPDATE authpulse.audit SET tenant_id = 'x'",
      "UPDATE authpulse.audit SET detail = 'x'",
      "UPDATE authpulse.audit SET who = 'operator'",
      "UPDATE authpulse.audit SET target = 'forgotten'",
      "UPDATE authpulse.audit SET conversation_id = NULL",
      "UPDATE authpulse.audit SET conversation_id = 'a:2', who = 'forgotten'",
      "UPDATE authpulse.audit SET who = 'forgotten', outcome = 'answered'",
      "DELETE FROM authpulse.audit",
      "TRUNCATE authpulse.audit",
    ])("is not changed by %s", async (statement) => {
      await expect(database.query(statement)).rejects.toMatchObject(refused);

      expect(await lines()).toStrictEqual([entry]);
    });

    test("keeps whom somebody looked up, and where in a channel", async () => {
      const looked = auditEntry({ target: "forgotten", conversationId: "19:place@thread.tacv2" });
      await store.audit.record(looked);
      const change = (columns: string) =>
        database.query(`UPDATE authpulse.audit SET ${columns} WHERE tenant_id = $1`, [looked.tenantId]);

      await expect(change("target = NULL")).rejects.toMatchObject(refused);
      await expect(change("who = 'forgotten', conversation_id = NULL")).rejects.toMatchObject(refused);
    });

    test("is guarded again after a purge", async () => {
      await store.retention.purge(limits(newTenant(), { auditBefore: READ_AT }));

      await expect(database.query("DELETE FROM authpulse.audit")).rejects.toMatchObject(refused);
    });

    test("takes no more room in the files after a purge", async () => {
      const tenantId = newTenant();
      const fill = () =>
        database.query(
          `INSERT INTO authpulse.audit (tenant_id, at, who, what, command, place, outcome, correlation_id)
         SELECT $1, $2, 'operator', 'names', 'people', 'terminal', 'answered', 'c' FROM generate_series(1, 3000)`,
          [tenantId, READ_AT],
        );
      const size = () => database.query("SELECT pg_relation_size('authpulse.audit')::integer AS bytes");
      await fill();
      const full = await size();

      for (let round = 0; round < 3; round++) {
        await store.retention.purge(limits(tenantId, { auditBefore: new Date(READ_AT.getTime() + 1) }));
        await fill();
      }

      expect(await size()).toEqual(full);
    });

    test("refuses a line that this version did not write, and names what is wrong with it", async () => {
      const { tenantId } = entry;
      await database.query(
        `INSERT INTO authpulse.audit (tenant_id, at, who, what, command, place, outcome, correlation_id)
       VALUES ($1, now(), 'operator', 'burned', 'people', 'terminal', 'answered', 'c')`,
        [tenantId],
      );

      await expect(lines()).rejects.toMatchObject({
        code: "STORE-UNAVAILABLE",
        facts: { detail: expect.stringContaining("(what)") },
      });
    });

    test("shares its database with secrets that are refused when they are damaged", async () => {
      await store.secret(entry.tenantId, "links");
      await database.query("UPDATE authpulse.secrets SET value = 'short'");

      await expect(store.secret(entry.tenantId, "links")).rejects.toMatchObject({
        code: "STORE-UNAVAILABLE",
        facts: { detail: expect.not.stringContaining("short") },
      });
    });
  });
}
