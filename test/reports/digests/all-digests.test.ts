import { describe, expect, test } from "vitest";
import type { Delivery, Standing } from "../../../src/ports/digest.ts";
import { allDigestsView } from "../../../src/reports/digests/all-digests.ts";
import { DUE, newSubscription, weeklyOf } from "../../digest/subscriptions.ts";
import { AUDIENCE } from "../../views/samples.ts";

const HOUR = 3_600_000;
const now = new Date(DUE.getTime() + 3 * HOUR);
const next = new Date(DUE.getTime() + 7 * 24 * HOUR);

function placeOf(state: Delivery["state"], changes: Partial<Standing["subscription"]> = {}): Standing {
  const { address, ...subscription } = newSubscription({ nextDue: next, ...changes });
  const place = { ...subscription, address: { ...address, conversationId: `19:${state}@thread.tacv2` } };
  return { subscription: place, last: weeklyOf(place, { state }) };
}

function viewOf(places: readonly Standing[], unreadable = 0) {
  const question = { command: "digest-all", options: {} } as const;
  return allDigestsView({ places, unreadable, question, audience: { ...AUDIENCE, now } });
}

describe("digest all", () => {
  test("says for each place its state, its last outcome and its next run", () => {
    const view = viewOf([placeOf("delivered")]);

    expect(view.headline).toBe("1 place has a digest. Nothing needs a look.");
    expect(view.sections[0]?.table?.rows).toEqual([
      ["Channel …19:delivered", "Active", "Week 46: posted", expect.stringMatching(/24 Nov/)],
    ]);
  });

  test("shows those first that need a look, and how late one is", () => {
    const late = placeOf("delivered", { nextDue: DUE });
    const view = viewOf([
      placeOf("delivered"),
      placeOf("unknown"),
      late,
      placeOf("failed", { state: { kind: "suspended", reason: "blocked" } }),
    ]);

    const rows = view.sections[0]?.table?.rows ?? [];
    expect(view.headline).toBe("4 places have a digest. 3 of them need a look.");
    expect(rows.map(([, state, last]) => [state, last])).toEqual([
      ["Active", "Week 46: not known"],
      ["Late by 3 h", "Week 46: posted"],
      ["Suspended", "Week 46: failed"],
      ["Active", "Week 46: posted"],
    ]);
  });

  test("names what it cannot read, and leaves nothing out unsaid", () => {
    const places = Array.from({ length: 70 }, () => placeOf("delivered"));

    const view = viewOf(places, 2);

    expect(view.notices).toEqual([expect.stringContaining("2 stored digests cannot be read")]);
    expect(view.sections[0]?.table?.rows).toHaveLength(60);
    expect(view.sections[0]?.remarks).toEqual(["and 10 more"]);
  });

  test("says that there is none", () => {
    expect(viewOf([]).headline).toBe("No place has a digest.");
  });
});
