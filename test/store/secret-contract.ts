import { describe, expect, test } from "vitest";
import type { Store } from "../../src/store/store.ts";
import { newTenant } from "./readings.ts";

/** What every store must do with secrets. */
export function secretContract(store: () => Store): void {
  describe("secrets", () => {
    test("are 32 bytes that stay the same, also for those who ask first at once", async () => {
      const tenant = newTenant();

      const asked = await Promise.all(Array.from({ length: 20 }, () => store().secret(tenant, "links")));

      const hex = new Set(asked.map((secret) => secret.toString("hex")));
      expect(hex.size).toBe(1);
      expect(asked[0]).toHaveLength(32);
      expect(await store().secret(tenant, "links")).toEqual(asked[0]);
    });

    test("are others for another name and another tenant", async () => {
      const tenant = newTenant();

      const secrets = await Promise.all([
        store().secret(tenant, "links"),
        store().secret(tenant, "pages"),
        store().secret(newTenant(), "links"),
      ]);

      expect(new Set(secrets.map((secret) => secret.toString("hex"))).size).toBe(3);
    });
  });
}
