import { lastWholeWeek, plusWeeks } from "../../digest/calendar.ts";
import type { Delivery, Subscription } from "../../ports/digest.ts";
import { digestChangedView, digestStatusView } from "../../views/digest-status.ts";
import type { View } from "../../views/view.ts";
import type { Acted, Answer, Handler, Turn } from "../answer.ts";
import { inTime } from "../in-time.ts";
import { inTeams } from "./in-teams.ts";
import type { DigestParts } from "./parts.ts";
import { firstRun, runsOf } from "./runs.ts";
import { uncertainOf } from "./uncertain.ts";

const DELIVERIES_SHOWN = 5;

/** `digest`: what this place has set up, and what became of the last ones. */
export function statusHandler(parts: DigestParts): Handler {
  return inTeams(async (_question, turn) => status(parts, turn));
}

/** `digest pause [N weeks]`, `digest resume`, `digest unsubscribe`. */
export function pauseHandler(parts: DigestParts): Handler {
  return changing(parts, async (stored, { weeks }) => {
    if (stored.state.kind === "suspended") {
      return undefined;
    }
    const { timeZone } = stored.schedule;
    const until = weeks === undefined ? undefined : plusWeeks(parts.clock.now(), weeks, timeZone);
    await change(parts, stored, { state: { kind: "paused", ...(until && { until }) } });
    return { kind: "paused", ...(until && { until }) };
  });
}

export function resumeHandler(parts: DigestParts): Handler {
  return changing(parts, async (stored) => {
    if (stored.state.kind === "active") {
      return undefined;
    }
    const nextDue = await firstRun(parts, stored.address, stored.schedule);
    await change(parts, stored, { state: { kind: "active" }, nextDue });
    return { kind: "resumed", runs: runsOf({ ...stored, nextDue }) };
  });
}

export function unsubscribeHandler(parts: DigestParts): Handler {
  return changing(parts, async ({ tenantId, address }) => {
    await parts.subscriptions.remove(tenantId, address.conversationId);
    return { kind: "removed" };
  });
}

/**
 * `digest send`: an extra for the last whole week, never the week's delivery. "Post it again" names a week, and posts
 * the card of that week once.
 */
export function sendHandler(parts: DigestParts): Handler {
  return inTeams(async (question, turn, asking, address) => {
    const stored = await parts.subscriptions.get(parts.tenantId, address.conversationId);
    let acted: Acted | undefined;

    async function sent(): Promise<View> {
      if (stored) {
        const { week } = question.options;
        const delivery = await (week === undefined ? sendNow(parts, stored) : sendAgain(parts, stored, week));
        acted = delivery && { what: "subscription", outcome: outcomeOf(delivery) };
      }
      return (await status(parts, turn)).view;
    }

    const answer = await inTime(
      { view: sent(), progress: parts.numbers.progress },
      question,
      turn,
      asking,
      parts,
    );
    return { ...answer, ...(acted && { acted }), actedLater: () => acted };
  });
}

async function sendNow(parts: DigestParts, stored: Subscription): Promise<Delivery | undefined> {
  const week = lastWholeWeek(parts.clock.now(), stored.schedule.timeZone);
  const composed = await parts.composer.composeNow(stored, "extra", week);
  return parts.deliverExtra(stored, week.week, composed);
}

/** The row bears the time of what it repeats, so that of two people who press at once one posts. */
async function sendAgain(
  parts: DigestParts,
  stored: Subscription,
  number: number,
): Promise<Delivery | undefined> {
  const again = await uncertainOf(parts, stored.address.conversationId, number);
  if (!again) {
    return undefined;
  }
  const { week, numbers, endedAt } = again;
  const slot = {
    week: { week, from: new Date(numbers.from), to: new Date(numbers.to) },
    ...{ dueAt: parts.clock.now(), next: stored.nextDue, late: false },
  };
  const composed = await parts.composer.composeAgain(stored, slot, { kind: "extra", numbers });
  return parts.deliverExtra(stored, week, composed, endedAt);
}

/** Only what Teams took is an extra; else what the ledger says. */
function outcomeOf({ state }: Delivery): string {
  return state === "delivered" ? "extra" : `extra-${state}`;
}

type Change = Parameters<typeof digestChangedView>[0];

function changing(
  parts: DigestParts,
  work: (stored: Subscription, options: { readonly weeks?: number }) => Promise<Change | undefined>,
): Handler {
  return inTeams(async ({ options }, turn, _asking, address) => {
    const stored = await parts.subscriptions.get(parts.tenantId, address.conversationId);
    if (!stored) {
      return status(parts, turn);
    }
    const change = await work(stored, options);
    if (change === undefined) {
      return status(parts, turn);
    }
    const view = digestChangedView(change, stored.schedule, turn.audience);
    return { kind: "answered", view, acted: { what: "subscription", outcome: change.kind } };
  });
}

async function change(
  { subscriptions }: DigestParts,
  { tenantId, address }: Subscription,
  to: Partial<Subscription>,
): Promise<void> {
  await subscriptions.change(tenantId, address.conversationId, (stored) => ({ ...stored, ...to }));
}

async function status(
  { subscriptions, ledger, tenantId, composer }: DigestParts,
  turn: Turn,
): Promise<Answer> {
  const conversationId = turn.address?.conversationId ?? "";
  const stored = await subscriptions.get(tenantId, conversationId);
  const setBy = stored && (await composer.setBy(stored));
  const view = digestStatusView({
    audience: turn.audience,
    deliveries: await ledger.last(tenantId, conversationId, DELIVERIES_SHOWN),
    ...(stored && {
      subscription: {
        schedule: stored.schedule,
        state: stored.state,
        runs: runsOf(stored),
        ...(setBy && { setByName: setBy.name }),
      },
    }),
  });
  return { kind: "answered", view };
}
