import { randomUUID } from "node:crypto";
import { nextDue } from "../../src/digest/calendar.ts";
import { createScheduler, type Scheduler } from "../../src/digest/scheduler.ts";
import type { Compose, Slot } from "../../src/digest/slots.ts";
import type { Log } from "../../src/kernel/log.ts";
import { TIMINGS } from "../../src/kernel/timings.ts";
import type { Delivery, DeliveryLedger, Subscription, SubscriptionStore } from "../../src/ports/digest.ts";
import type { Messenger, PostOutcome } from "../../src/ports/messenger.ts";
import type { Store } from "../../src/store/store.ts";
import type { View } from "../../src/views/view.ts";
import { recordingLog } from "../graph/setup.ts";
import { NO_PACE } from "./ledger.ts";
import { type MovableClock, movableClock } from "./movable-clock.ts";
import { DUE, NUMBERS, newSubscription } from "./subscriptions.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

/** `DUE`, moved by milliseconds. */
export function afterDue(milliseconds: number): Date {
  return new Date(DUE.getTime() + milliseconds);
}

interface Posted {
  readonly at: Date;
  readonly conversationId: string;
  /** Of the view; the week that it was composed for. */
  readonly title: string;
}

interface Options {
  readonly store: Store;
  readonly clock?: MovableClock;
  readonly subscription?: Partial<Subscription>;
  readonly compose?: Compose;
  readonly post?: () => Promise<PostOutcome>;
  readonly subscriptions?: Partial<SubscriptionStore>;
  readonly ledger?: Partial<DeliveryLedger>;
}

export interface Running {
  readonly scheduler: Scheduler;
  readonly clock: MovableClock;
  readonly subscription: Subscription;
  readonly posts: readonly Posted[];
  readonly composed: readonly Slot[];
  readonly log: Log & { readonly text: () => string };
  /** As it is stored now. */
  stored(): Promise<Subscription | undefined>;
  /** The newest first. */
  rows(): Promise<readonly Delivery[]>;
  /** Sets the clock, then posts what is due. */
  runAt(at: Date): Promise<void>;
}

export function notice(title: string): View {
  return { kind: "notice", headline: title, title, buttons: [], lines: [] };
}

/** One subscribed place with a scheduler on a store, as a process has it; the posts are recorded. */
export async function running(options: Options): Promise<Running> {
  const { store } = options;
  const clock = options.clock ?? movableClock(DUE);
  const subscription = newSubscription(options.subscription);
  await store.subscriptions.put(subscription);
  return { ...processOn(options, subscription, clock), clock, subscription };
}

/** Another process on the same store, after the first has died. */
export function restarted(before: Running, options: Options): Running {
  const { subscription } = before;
  const clock = movableClock(before.clock.now());
  return { ...processOn(options, subscription, clock), clock, subscription };
}

function processOn(
  options: Options,
  subscription: Subscription,
  clock: MovableClock,
): Omit<Running, "clock" | "subscription"> {
  const { store } = options;
  const { tenantId, address } = subscription;
  const posts: Posted[] = [];
  const composed: Slot[] = [];
  const log = recordingLog();
  const messenger: Messenger = {
    async post({ conversationId }, { title }) {
      posts.push({ at: clock.now(), conversationId, title });
      return options.post ? options.post() : { kind: "delivered", activityId: `activity-${posts.length}` };
    },
  };
  const compose: Compose = async (place, slot) => {
    composed.push(slot);
    return options.compose
      ? options.compose(place, slot)
      : { view: notice(slot.week.week), numbers: { ...NUMBERS, week: slot.week.week } };
  };
  const scheduler = createScheduler({
    tenantId,
    holder: randomUUID(),
    subscriptions: { ...store.subscriptions, ...options.subscriptions },
    ledger: { ...store.deliveries, ...options.ledger },
    places: store.places,
    compose,
    messenger,
    pace: NO_PACE,
    timings: TIMINGS,
    clock,
    random: () => 0.5,
    log,
    catchUp: DAY,
  });
  return {
    scheduler,
    posts,
    composed,
    log,
    stored: () => store.subscriptions.get(tenantId, address.conversationId),
    rows: () => store.deliveries.last(tenantId, address.conversationId, 100),
    runAt(at) {
      clock.set(at);
      return scheduler.runDue();
    },
  };
}

/** Subscribed anew, first due after this moment. */
export function scheduled(schedule: Subscription["schedule"], after: Date): Partial<Subscription> {
  return { schedule, nextDue: nextDue(schedule, after) };
}
