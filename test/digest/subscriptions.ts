import { randomUUID } from "node:crypto";
import { toUserId, type UserId } from "../../src/kernel/ids.ts";
import type { Delivery, DigestNumbers, Subscription } from "../../src/ports/digest.ts";
import { newTenant } from "../store/readings.ts";

/** Tuesday, 17 November 2026, 13:00 in Berlin: the first digest of the samples is due. */
export const DUE = new Date("2026-11-17T12:00:00.000Z");

export function newUser(): UserId {
  const userId = toUserId(randomUUID());
  if (!userId) {
    throw new Error("a random UUID is a GUID");
  }
  return userId;
}

/** The subscription of a place that no other test has. */
export function newSubscription(changes: Partial<Subscription> = {}): Subscription {
  return {
    tenantId: newTenant(),
    address: {
      serviceUrl: "https://smba.trafficmanager.net/teams/",
      conversationId: `19:${randomUUID()}@thread.tacv2`,
      botId: "28:bot",
      kind: "channel",
      teamId: "19:team@thread.tacv2",
    },
    schedule: { day: 2, time: "13:00", timeZone: "Europe/Berlin" },
    extras: ["advice"],
    locale: "en-GB",
    setBy: newUser(),
    setAt: new Date("2026-11-12T08:15:30.123Z"),
    state: { kind: "active" },
    nextDue: DUE,
    ...changes,
  };
}

export const NUMBERS: DigestNumbers = {
  week: "2026-W46",
  from: "2026-11-08T23:00:00.000Z",
  to: "2026-11-15T23:00:00.000Z",
  timeZone: "Europe/Berlin",
};

/** The week's delivery to a place as it is begun. */
export function weeklyOf(subscription: Subscription, changes: Partial<Delivery> = {}): Delivery {
  return {
    tenantId: subscription.tenantId,
    conversationId: subscription.address.conversationId,
    week: "2026-W46",
    kind: "weekly",
    dueAt: subscription.nextDue,
    startedAt: new Date(subscription.nextDue.getTime() + 250),
    numbers: NUMBERS,
    state: "posting",
    attempts: 1,
    ...changes,
  };
}
