import type { Clock } from "../kernel/clock.ts";
import type { TenantId } from "../kernel/ids.ts";
import type { Messenger as DigestMessenger } from "../ports/messenger.ts";
import type { Renderer } from "../render/renderer.ts";
import type { Messenger } from "./messenger.ts";
import { outcomeOf } from "./post-outcome.ts";

/** Posts a digest into a place and tells what became of it. */
export function createDigestMessenger(
  messenger: Messenger,
  renderer: Renderer,
  tenantId: TenantId,
  clock: Clock,
): DigestMessenger {
  return {
    async post(address, view) {
      const message = { card: renderer.card(view), summary: renderer.summary(view) };
      try {
        const activityId = await messenger.post({ ...address, tenantId }, message);
        return { kind: "delivered", ...(activityId && { activityId }) };
      } catch (thrown) {
        return outcomeOf(thrown, clock.now());
      }
    },
  };
}
