import { describe, expect, it } from "vitest";
import type { SubscriptionState } from "../../src/ports/digest.ts";
import {
  digestChangedView,
  digestStatusView,
  digestWeekView,
  subscribedView,
} from "../../src/views/digest-status.ts";
import type { DigestStatusView } from "../../src/views/view.ts";
import { deliveryOf, SUBSCRIPTION } from "../digest/samples.ts";
import { AUDIENCE } from "./samples.ts";

const { schedule } = SUBSCRIPTION;
const RUNS = ["2026-11-24T12:00:00Z", "2026-12-01T12:00:00Z", "2026-12-08T12:00:00Z"].map(
  (run) => new Date(run),
);

function status(state: SubscriptionState): DigestStatusView {
  const subscription = { schedule, runs: RUNS, state, setByName: "Priya Nair" };
  return digestStatusView({ audience: AUDIENCE, subscription, deliveries: [] });
}

function titles({ buttons }: DigestStatusView): string[] {
  return buttons.map(({ title }) => title);
}

describe("subscribedView", () => {
  const view = subscribedView({
    schedule,
    state: { kind: "active" },
    runs: RUNS,
    setByName: "Priya Nair",
    placeName: "Identity Operations › General",
    audience: AUDIENCE,
  });

  it("says where, when and by whom", () => {
    expect(view.title).toBe("The digest is set up for Identity Operations › General");
    expect(view.lines).toEqual([
      "First: Tue 24 Nov 2026, 13:00 Europe/Berlin (12:00 UTC)",
      "Then: Tue 1 Dec and Tue 8 Dec, 13:00 (12:00 UTC)",
      "A new post each week, about Monday–Sunday. Set up by Priya Nair; anyone who may manage digests can change it.",
    ]);
  });

  it("offers a post, a change and the end", () => {
    expect(view.buttons.map((button) => "question" in button && button.question.command)).toEqual([
      "digest-send",
      "digest-edit",
      "digest-unsubscribe",
    ]);
  });

  it("names nobody without a name", () => {
    expect(
      subscribedView({ schedule, state: { kind: "active" }, runs: RUNS, audience: AUDIENCE }).lines.at(-1),
    ).toBe("A new post each week, about Monday–Sunday. Anyone who may manage digests can change it.");
  });
});

describe("the state of a digest", () => {
  it("is its schedule and its next runs while it is active", () => {
    const view = status({ kind: "active" });

    expect(view.facts.map(({ value }) => value)).toEqual(["Active", "Every Tuesday 13:00 (Europe/Berlin)."]);
    expect(view.lines[0]).toBe("Next: Tue 24 Nov 2026, 13:00 Europe/Berlin (12:00 UTC)");
    expect(titles(view)).toEqual(["Post one now", "Change", "Remove"]);
  });

  it.each<[SubscriptionState, string, string[]]>([
    [{ kind: "paused" }, "Paused until somebody resumes it", ["Resume", "Change", "Remove"]],
    [
      { kind: "paused", until: new Date("2026-12-07T23:00:00Z") },
      "Paused until Tue 8 Dec 00:00 (Europe/Berlin)",
      ["Resume", "Change", "Remove"],
    ],
    [
      { kind: "suspended", reason: "removed" },
      "Suspended: AuthPulse was removed here. It goes on when AuthPulse is added again.",
      ["Resume", "Change", "Remove"],
    ],
    [
      { kind: "suspended", reason: "blocked" },
      "Suspended: AuthPulse is blocked here. It goes on when AuthPulse is added again.",
      ["Resume", "Change", "Remove"],
    ],
    [
      { kind: "suspended", reason: "gone" },
      "Suspended: Teams no longer knows this conversation. Subscribe again where it should go.",
      ["Resume", "Change", "Remove"],
    ],
  ])("promises no run while it is %o", (state, told, buttons) => {
    const view = status(state);

    expect(view.facts[0]?.value).toBe(told);
    expect(view.lines.join()).not.toContain("Next");
    expect(titles(view)).toEqual(buttons);
  });

  it("offers to post a week again of which nobody knows whether it is there", () => {
    const subscription = { schedule, runs: RUNS, state: { kind: "active" } } as const;
    const [newest] = digestStatusView({
      audience: AUDIENCE,
      subscription,
      deliveries: [deliveryOf("unknown"), deliveryOf("delivered")],
    }).buttons;

    expect(newest).toMatchObject({
      title: "Post it again",
      question: { command: "digest-send", options: { week: 46 } },
    });
  });

  it("is an offer to subscribe where there is none", () => {
    const view = digestStatusView({ audience: AUDIENCE, deliveries: [] });

    expect(view.title).toBe("There is no digest here");
    expect(titles(view)).toEqual(["Subscribe"]);
  });

  it("leads back to the digest that it was opened from", () => {
    const base = { command: "digest-week", options: { week: 46 } } as const;
    const view = digestStatusView({ audience: AUDIENCE, deliveries: [], onlyYou: true, base });

    expect(view.onlyYou).toBe("Only you see this view");
    expect(view.buttons.at(-1)).toMatchObject({ verb: "back", question: base });
  });
});

describe("the last deliveries", () => {
  it("stand with their outcome and time; what leaves something to do is explained once", () => {
    const deliveries = [
      deliveryOf("unknown"),
      { ...deliveryOf("unknown"), week: "2026-W45" },
      { ...deliveryOf("missed"), week: "2026-W44", dueAt: new Date("2026-11-03T12:00:00Z") },
      { ...deliveryOf("delivered"), kind: "extra" as const, endedAt: new Date("2026-11-17T12:00:09Z") },
      { ...deliveryOf("failed"), reason: "403" },
    ];
    const view = digestStatusView({ audience: AUDIENCE, deliveries });

    expect(view.deliveries?.facts.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      "Week 46: Not known, Tue 17 Nov 13:00 (Europe/Berlin)",
      "Week 45: Not known, Tue 17 Nov 13:00 (Europe/Berlin)",
      "Week 44: Missed, due Tue 3 Nov 13:00 (Europe/Berlin)",
      "Week 46, extra: Posted Tue 17 Nov 13:00 (Europe/Berlin)",
      "Week 46: Failed Tue 17 Nov 13:00 (Europe/Berlin) · 403",
    ]);
    expect(view.remarks).toHaveLength(3);
    expect(view.remarks[0]).toContain("never posted twice");
  });

  it("of one week are shown alone, or said to be none", () => {
    expect(digestWeekView(46, [deliveryOf("missed")], AUDIENCE)).toMatchObject({
      title: "Adoption digest · week 46",
      headline: "Week 46: Missed, due Tue 17 Nov 13:00 (Europe/Berlin)",
      lines: [],
    });
    expect(digestWeekView(12, [], AUDIENCE).lines).toEqual(["Nothing was posted here for week 12."]);
  });
});

describe("a change that is done", () => {
  it("says what comes next", () => {
    const until = new Date("2026-12-07T23:00:00Z");

    expect(digestChangedView({ kind: "removed" }, schedule, AUDIENCE)).toMatchObject({
      title: "The digest is removed",
      buttons: [{ title: "Subscribe", verb: "ask" }],
    });
    expect(digestChangedView({ kind: "paused", until }, schedule, AUDIENCE).lines).toEqual([
      "Paused until Tue 8 Dec 00:00 (Europe/Berlin).",
      "“digest resume” starts it again.",
    ]);
    expect(digestChangedView({ kind: "paused" }, schedule, AUDIENCE).lines).toHaveLength(1);
    expect(digestChangedView({ kind: "resumed", runs: RUNS }, schedule, AUDIENCE).headline).toBe(
      "The digest goes on. Next: Tue 24 Nov 2026, 13:00 Europe/Berlin (12:00 UTC)",
    );
  });
});
