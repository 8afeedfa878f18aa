import { describe, expect, test } from "vitest";
import { createPace } from "../../src/digest/pace.ts";
import { newTenant } from "../store/readings.ts";
import { DUE } from "./subscriptions.ts";

/** A pace whose departures are so many milliseconds off; tells what was taken and slept, in order. */
function pacing(waits: Readonly<Record<string, number>> = {}) {
  const told: string[] = [];
  const pace = createPace({
    tenantId: newTenant(),
    timings: { requestSpacing: 25, conversationSpacing: 2_100 },
    store: {
      async take(_tenantId, lane, spacing) {
        told.push(`${lane} ${spacing}`);
        return waits[lane] ?? 0;
      },
    },
    elapsed: () => 1_000,
    clock: {
      now: () => DUE,
      async sleep(milliseconds) {
        told.push(`sleeps ${milliseconds}`);
      },
    },
  });
  return { pace, told };
}

describe("the pace of requests to Teams", () => {
  test("asks for a conversation's departure first, waits for it, and then for that of all", async () => {
    const { pace, told } = pacing({ "conversation 19:a": 1_500, tenant: 75 });

    await pace.enter("19:a");

    expect(told).toEqual(["conversation 19:a 2100", "sleeps 1500", "tenant 25", "sleeps 75"]);
  });

  test("asks for one departure where nothing is posted into a conversation", async () => {
    const { pace, told } = pacing();

    await pace.enter();

    expect(told).toEqual(["tenant 25"]);
  });

  test("lets those that are ready at once leave one after the other", async () => {
    const { pace, told } = pacing();

    await Promise.all([1, 2, 3].map(() => pace.leave()));

    expect(told).toEqual(["sleeps 25", "sleeps 50"]);
  });
});
