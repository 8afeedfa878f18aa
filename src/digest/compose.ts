import type { Clock } from "../kernel/clock.ts";
import { orLate } from "../kernel/deadline.ts";
import type { Log } from "../kernel/log.ts";
import type { Delivery, DeliveryLedger, DigestNumbers, Pace, Subscription } from "../ports/digest.ts";
import type { Roster } from "../ports/roster.ts";
import type { Words } from "../reference/words/words.ts";
import type { DigestAnswer, DigestKind, DigestSubscription } from "./answer.ts";
import { digestView } from "./digest-view.ts";
import type { DigestNumbersSource } from "./numbers.ts";
import type { Again, Composed, Slot } from "./slots.ts";

export interface ComposerParts {
  readonly numbers: DigestNumbersSource;
  readonly ledger: DeliveryLedger;
  readonly roster: Roster;
  readonly pace: Pace;
  readonly words: Words;
  /** Counts of people below it are not told exactly. */
  readonly smallGroupFloor: number;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Composer {
  /** The digest of a slot: numbers that are older than a day, or than the end of the week's lag, are read again first. */
  compose(subscription: Subscription, slot: Slot): Promise<Composed>;
  /** The card of a digest that was tried before, from the numbers of that try. */
  composeAgain(subscription: Subscription, slot: Slot, again: Again): Promise<Composed>;
  /** The same for a post that somebody asked for, or a look at what would be posted. */
  composeNow(
    subscription: Subscription,
    kind: "extra" | "preview",
    week: Slot["week"],
    back?: Pick<DigestAnswer, "base" | "values">,
  ): Promise<Composed>;
  /** Who set a digest up, resolved when it is shown; undefined when Teams does not say, or the person was forgotten. */
  setBy(subscription: Subscription): Promise<DigestSubscription["setBy"]>;
}

const DAY = 86_400_000;
const LOOK_BACK = 30;
/** Milliseconds; a digest without a name is better than one that does not come. */
const NAME_WITHIN = 2_000;

export function createComposer({
  numbers,
  ledger,
  roster,
  pace,
  words,
  smallGroupFloor,
  clock,
  log,
}: ComposerParts): Composer {
  async function setBy({ address, setBy: userId }: Subscription): Promise<DigestSubscription["setBy"]> {
    if (!userId) {
      return undefined;
    }
    try {
      await pace.enter();
      await pace.leave();
      const name = await orLate(clock, NAME_WITHIN, roster.nameOf(address, userId), undefined);
      return name === undefined ? undefined : { userId, name };
    } catch (thrown) {
      log.warn(
        { name: thrown instanceof Error ? thrown.name : typeof thrown },
        "Teams did not name who set up a digest",
      );
      return undefined;
    }
  }

  type Shown = Pick<Slot, "week" | "next"> & { readonly late?: Date };

  async function made(
    subscription: Subscription,
    kind: DigestKind,
    { week, next, late }: Shown,
    shown: Partial<DigestAnswer> = {},
  ): Promise<Composed> {
    await numbers.bringUpToDate(DAY, week);
    const { tenantId, address, schedule } = subscription;
    const ofWeek = await numbers.ofWeek(week, schedule.timeZone);
    const before = await ledger.last(tenantId, address.conversationId, LOOK_BACK);
    const all: DigestNumbers = {
      ...ofWeek,
      ...printed(before, week.week),
      ...(kind === "weekly" && missed(before)),
    };
    return shownAs(all, subscription, kind, { week, next, ...(late && { late }) }, shown);
  }

  async function shownAs(
    all: DigestNumbers,
    subscription: Subscription,
    kind: DigestKind,
    { next, late }: Shown,
    shown: Partial<DigestAnswer> = {},
  ): Promise<Composed> {
    const { schedule, locale, extras } = subscription;
    const who = await setBy(subscription);
    const view = digestView({
      numbers: all,
      kind,
      audience: { words, locale, timeZone: schedule.timeZone, now: clock.now(), smallGroupFloor },
      extras,
      subscription: { schedule, nextDue: next, ...(who && { setBy: who }) },
      ...(late && { due: late }),
      ...shown,
    });
    return { view, numbers: all };
  }

  return {
    setBy,
    compose: (subscription, { week, dueAt, next, late }) =>
      made(subscription, "weekly", { week, next, ...(late && { late: dueAt }) }),
    composeAgain: (subscription, { week, dueAt, next, late }, { kind, numbers: frozen }) =>
      shownAs(frozen, subscription, kind, { week, next, ...(late && { late: dueAt }) }),
    composeNow: (subscription, kind, week, back) =>
      made(
        subscription,
        kind,
        { week, next: subscription.nextDue },
        kind === "preview" ? { onlyYou: true, ...back } : {},
      ),
  };
}

/** "Was" is the figure that the place's last digest printed, not today's figure for that week. */
function printed(rows: readonly Delivery[], week: string): Pick<DigestNumbers, "printed"> {
  const last = rows.find(
    (row) => row.kind === "weekly" && row.state === "delivered" && row.week < week && row.numbers,
  );
  if (!last?.numbers) {
    return {};
  }
  const { tries, people } = last.numbers;
  return {
    printed: {
      week: last.week,
      ...(tries && { rows: tries.week.rows }),
      ...(people && { people: people.counts }),
    },
  };
}

/** Weeks after the place's last digest, whose own was missed; Teams' readers would not notice a gap. */
function missed(rows: readonly Delivery[]): Pick<DigestNumbers, "missed"> {
  const weekly = rows.filter(({ kind }) => kind === "weekly");
  const last = weekly.findIndex(({ state }) => state === "delivered");
  const weeks = weekly
    .slice(0, last === -1 ? undefined : last)
    .flatMap(({ state, week }) => (state === "missed" ? [week] : []))
    .reverse();
  return weeks.length > 0 ? { missed: weeks } : {};
}
