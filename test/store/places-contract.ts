import { describe, expect, test } from "vitest";
import type { Store } from "../../src/store/store.ts";
import { newTenant, READ_AT } from "./readings.ts";

/** What every store must do with places. Removed ones are looked at by what a purge does. */
export function placesContract(store: () => Store): void {
  describe("places", () => {
    test("are welcomed once, however many ask at once", async () => {
      const tenant = newTenant();

      const answers = await Promise.all(
        Array.from({ length: 20 }, () =>
          store().places.welcomeOnce(tenant, "19:place@thread.tacv2", READ_AT),
        ),
      );

      expect(answers.filter(Boolean)).toEqual([true]);
    });

    test("are welcomed again after the bot was removed", async () => {
      const { places } = store();
      const tenant = newTenant();
      await places.welcomeOnce(tenant, "a:1", READ_AT);
      await places.welcomeOnce(tenant, "a:2", READ_AT);

      await places.removed(tenant, "a:1", READ_AT);

      expect(await places.welcomeOnce(tenant, "a:1", READ_AT)).toBe(true);
      expect(await places.welcomeOnce(tenant, "a:2", READ_AT)).toBe(false);
    });

    test("of the same id in another tenant are other places", async () => {
      const { places } = store();
      const tenant = newTenant();
      await places.welcomeOnce(tenant, "a:1", READ_AT);

      await places.removed(newTenant(), "a:1", READ_AT);

      expect(await places.welcomeOnce(newTenant(), "a:1", READ_AT)).toBe(true);
      expect(await places.welcomeOnce(tenant, "a:1", READ_AT)).toBe(false);
    });

    test("that were never known are removed and come back without a fault", async () => {
      const { places } = store();

      await expect(places.removed(newTenant(), "a:1", READ_AT)).resolves.toBeUndefined();
      await expect(places.returned(newTenant(), "a:1")).resolves.toBeUndefined();
    });

    test("are told a thing once, however many tell it at once", async () => {
      const tenant = newTenant();
      const address = { conversationId: "19:place@thread.tacv2", teamId: "19:team@thread.tacv2" };

      const answers = await Promise.all(
        Array.from({ length: 20 }, () => store().places.tellOnce(tenant, address, "readers", READ_AT)),
      );

      expect(answers.filter(Boolean)).toEqual([true]);
    });

    test("are told another thing, and others the same, of their own", async () => {
      const { places } = store();
      const tenant = newTenant();
      const address = { conversationId: "a:1" };
      await places.tellOnce(tenant, address, "readers", READ_AT);

      expect(await places.tellOnce(tenant, address, "floor", READ_AT)).toBe(true);
      expect(await places.tellOnce(tenant, { conversationId: "a:2" }, "readers", READ_AT)).toBe(true);
      expect(await places.tellOnce(newTenant(), address, "readers", READ_AT)).toBe(true);
      expect(await places.tellOnce(tenant, address, "readers", READ_AT)).toBe(false);
    });
  });
}
