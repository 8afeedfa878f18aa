import type { Delivery, DeliveryLedger, Holding, Pace } from "../../src/ports/digest.ts";

export const HOLDER = "this process";
export const LEASE = 180_000;

export function by(now: Date, holder = HOLDER): Holding {
  return { holder, now, lease: LEASE };
}

/** For tests that are not about how fast requests leave. */
export const NO_PACE: Pace = { enter: async () => undefined, leave: async () => undefined };

/** Brings a row to `posting`, or to `missed`; false when it is not to be had. */
export async function begin(ledger: DeliveryLedger, delivery: Delivery, holder = HOLDER): Promise<boolean> {
  const { kind, numbers, startedAt } = delivery;
  const holding = by(startedAt, holder);
  const isMine =
    kind === "extra"
      ? await ledger.claimExtra(delivery, holding)
      : (await ledger.claimSlot(delivery, holding)).kind === "claimed";
  if (isMine && numbers) {
    return ledger.post(delivery, numbers, holding);
  }
  if (isMine) {
    await ledger.end(delivery, holder);
  }
  return isMine;
}
