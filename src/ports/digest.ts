import type { TenantId, UserId } from "../kernel/ids.ts";
import type { AppError } from "../kernel/problem.ts";
import type { PhoneUsers } from "./people.ts";
import type { RegistrationCounts } from "./registration.ts";
import type { ReaderId, UsageRow } from "./usage.ts";

/** Parts of the card that a place can choose. What every digest has is not among them. */
export const DIGEST_EXTRAS = ["advice"] as const;
export type DigestExtra = (typeof DIGEST_EXTRAS)[number];

/** Monday is 1, as ISO 8601 has it. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** When a place gets its digest: wall-clock time in a time zone. */
export interface Schedule {
  readonly day: Weekday;
  /** "13:00". */
  readonly time: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** All that must be known of a conversation to post into it; nothing about people. */
export interface PlaceAddress {
  readonly serviceUrl: string;
  /** A channel's own id, without the message of a thread. */
  readonly conversationId: string;
  readonly botId: string;
  readonly kind: "personal" | "groupChat" | "channel";
  /** The team of a channel, by which Teams names it when the bot is removed. */
  readonly teamId?: string;
}

export type SubscriptionState =
  | { readonly kind: "active" }
  | { readonly kind: "paused"; readonly until?: Date }
  /** The bot was removed or blocked there; it comes back with a reinstallation. */
  | { readonly kind: "suspended"; readonly reason: "removed" | "blocked" | "gone" };

/** One place's digest. It belongs to the place, not to the person who set it up. */
export interface Subscription {
  readonly tenantId: TenantId;
  readonly address: PlaceAddress;
  readonly schedule: Schedule;
  readonly extras: readonly DigestExtra[];
  /** BCP 47 tag for figures. */
  readonly locale: string;
  /** Absent once the person was forgotten: the digest goes on, and nobody is named. */
  readonly setBy?: UserId;
  readonly setAt: Date;
  readonly state: SubscriptionState;
  /** When the next digest is due; kept, so that nothing is forgotten while the bot is down. */
  readonly nextDue: Date;
}

/** Tries of one week. */
export interface WeekTries {
  readonly rows: readonly UsageRow[];
  /** Failed reset tries by reason, most frequent first; reasons of `reference/reasons.ts` or Graph's own text. */
  readonly resetFailures: readonly { readonly reason: string; readonly count: number }[];
  /** What was read covers the whole week. */
  readonly covered: boolean;
}

/** Everything a digest prints, frozen before the first try to post it. Plain data: it is stored as JSON. */
export interface DigestNumbers {
  /** ISO week: "2026-W46". */
  readonly week: string;
  /** Begin and end of the week as instants (ISO 8601). */
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly tries?: {
    readonly reader: ReaderId;
    readonly readAt: string;
    readonly week: WeekTries;
    readonly before: WeekTries;
  };
  readonly people?: {
    readonly readAt: string;
    readonly counts: RegistrationCounts;
    /**
     * Members who used a phone within thirty days; absent where nobody could count them, and on digests of earlier
     * versions.
     */
    readonly phoneUsers?: PhoneUsers["D30"];
  };
  /** Password resets by who made them, of seven whole days (UTC); absent where not all of them are stored. */
  readonly resets?: {
    readonly selfService: number;
    readonly byAdmins: number;
    /** Read before Graph had all of them. */
    readonly mayGrow: boolean;
  };
  /**
   * Reset tries of thirty days by the group of what they failed of, for what is advised; `people` is absent where people
   * could not be told apart. Digests of earlier versions lack it, and advise by their own week.
   */
  readonly month?: {
    readonly tries: number;
    readonly failures: readonly {
      readonly group: string;
      readonly tries: number;
      readonly people?: number;
    }[];
  };
  /** ISO weeks since the place's last digest whose digest was missed. */
  readonly missed?: readonly string[];
  /** What the place's last digest printed for its own week, where there was one. */
  readonly printed?: {
    readonly week: string;
    readonly rows?: readonly UsageRow[];
    readonly people?: RegistrationCounts;
  };
  /** What Microsoft announced for a day near the digest's own; a sentence of its own where an operator wrote one. */
  readonly serviceChange?: {
    readonly id: string;
    /** "2026-11-09". */
    readonly date: string;
    readonly message?: string;
    readonly text?: string;
  };
}

/**
 * due: waits for its next try · claimed: a process works at it · posting: its request may have left ·
 * delivered, failed: Teams said so · unknown: nobody can say · missed: too late to be posted.
 */
export const DELIVERY_STATES = [
  "due",
  "claimed",
  "posting",
  "delivered",
  "failed",
  "unknown",
  "missed",
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One row a place and week; extras that somebody asked for are rows of their own. */
export interface Delivery {
  readonly tenantId: TenantId;
  readonly conversationId: string;
  readonly week: string;
  readonly kind: "weekly" | "extra";
  readonly dueAt: Date;
  readonly startedAt: Date;
  /** Frozen before the first post; absent on one that was missed or never composed. */
  readonly numbers?: DigestNumbers;
  readonly state: DeliveryState;
  /** Requests that left, or tried to. */
  readonly attempts: number;
  /** Of one that is due again: not before. */
  readonly nextTry?: Date;
  readonly endedAt?: Date;
  /** Absent where Teams accepted it without giving one. */
  readonly activityId?: string;
  /** Why it failed, was missed or has to be tried again, as a code. */
  readonly reason?: string;
}

/** Where a page of due subscriptions ended. */
export interface DueCursor {
  readonly nextDue: Date;
  readonly conversationId: string;
}

export interface DuePage {
  readonly subscriptions: readonly Subscription[];
  /** Rows that are not as this version writes them; each is left out alone. */
  readonly unreadable: readonly AppError[];
  /** Absent on the last page. */
  readonly after?: DueCursor;
}

/** A place with its digest, and what became of the last one. */
export interface Standing {
  readonly subscription: Subscription;
  /** Without its numbers. */
  readonly last?: Delivery;
}

export interface SubscriptionStore {
  /** One a place: replaces the one that is there. */
  put(subscription: Subscription): Promise<void>;
  get(tenantId: TenantId, conversationId: string): Promise<Subscription | undefined>;
  /** All of a team, for events that name only the team. */
  ofTeam(tenantId: TenantId, teamId: string): Promise<readonly Subscription[]>;
  /**
   * Replaces it by what `change` makes of it, in one transaction, so that nobody's change is lost; nothing is
   * written where that is the same object. Resolves with what is stored then; undefined when there is none.
   */
  change(
    tenantId: TenantId,
    conversationId: string,
    change: (stored: Subscription) => Subscription,
  ): Promise<Subscription | undefined>;
  /**
   * Gives a place its next run after `ran.nextDue`. Resolves with what is stored then; with undefined, and nothing
   * changed, where it has another schedule or next run than `ran`, or is gone.
   */
  moveOn(ran: Subscription, nextDue: Date): Promise<Subscription | undefined>;
  remove(tenantId: TenantId, conversationId: string): Promise<void>;
  /**
   * A page of the active ones that are due, and of paused ones whose pause is over, the oldest first; after them
   * active ones whose next run is later than `beyond`, where no schedule can have put it.
   */
  due(tenantId: TenantId, now: Date, beyond: Date, after?: DueCursor): Promise<DuePage>;
  /** Every place of the tenant. */
  standings(
    tenantId: TenantId,
  ): Promise<{ readonly places: readonly Standing[]; readonly unreadable: number }>;
}

/** Who works at a delivery, and how long it may be silent. */
export interface Holding {
  /** The name of a process, unlike any other's. */
  readonly holder: string;
  readonly now: Date;
  /** Milliseconds. */
  readonly lease: number;
}

/** Which row. */
export type DeliveryKey = Pick<Delivery, "tenantId" | "conversationId" | "week" | "kind" | "startedAt">;

export type SlotClaim =
  /** It is the caller's, and nothing of it has left. */
  | { readonly kind: "claimed"; readonly delivery: Delivery }
  /** Another one works at it. */
  | { readonly kind: "held" }
  /** Its request may have left, or never will: the row goes on by itself. */
  | { readonly kind: "settled" };

/**
 * Every change asks for the state that it comes from and for who holds the row, so that a process that was asleep
 * while its lease ended changes nothing any more.
 */
export interface DeliveryLedger {
  /** Takes the weekly one of a place and week before it is composed: the row is made, or was handed back. */
  claimSlot(
    slot: Pick<Delivery, "tenantId" | "conversationId" | "week" | "dueAt">,
    by: Holding,
  ): Promise<SlotClaim>;
  /** Takes the one that is due again and was due first; undefined when there is none. */
  claimWaiting(tenantId: TenantId, by: Holding): Promise<Delivery | undefined>;
  /** Makes the row of an extra, claimed, with its numbers. False where there is one of the same moment. */
  claimExtra(delivery: Delivery, by: Holding): Promise<boolean>;
  /** Keeps the leases of those that are being worked at. */
  beat(tenantId: TenantId, conversationIds: readonly string[], by: Holding): Promise<void>;
  /** Gives a claimed one back, to be taken at once. */
  release(key: DeliveryKey, holder: string): Promise<void>;
  /** Removes a claimed one of which nothing has left. */
  withdraw(key: DeliveryKey, holder: string): Promise<void>;
  /** The request leaves now, with these numbers. False when the row is the caller's no more: then it must not. */
  post(key: DeliveryKey, numbers: DigestNumbers, by: Holding): Promise<boolean>;
  /**
   * What became of a claimed or a posting one, with `state`, `endedAt`, `nextTry`, `activityId` and `reason`; also
   * of one that was given up meanwhile. Rejects with INTERNAL when the row is the caller's no more.
   */
  end(delivery: Delivery, holder: string): Promise<void>;
  /**
   * Where a lease has ended: what was being posted is unknown, what was claimed is due again. Resolves with the
   * kinds of those that are unknown now.
   */
  lapse(tenantId: TenantId, by: Holding): Promise<readonly Delivery["kind"][]>;
  /** Says that somebody runs. Resolves with the time since when clocks have said so without a leap. */
  steadySince(tenantId: TenantId, now: Date, leap: number): Promise<Date>;
  /** The newest first. */
  last(tenantId: TenantId, conversationId: string, count: number): Promise<readonly Delivery[]>;
  ofWeek(tenantId: TenantId, conversationId: string, week: string): Promise<readonly Delivery[]>;
}

/** Says when the next request to Teams may leave. */
export interface Pace {
  /** Resolves when all processes together may. Posts into one conversation have a pace of their own, too. */
  enter(conversationId?: string): Promise<void>;
  /** Resolves when this process may, right before the request: a store that was slow must let no crowd out at once. */
  leave(): Promise<void>;
}

/** Takes departures; the clock is that of who keeps them. */
export interface PaceStore {
  /** Milliseconds until the departure that is the caller's now; the next one is `spacing` later. */
  take(tenantId: TenantId, lane: string, spacing: number): Promise<number>;
}
