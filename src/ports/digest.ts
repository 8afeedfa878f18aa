import type { TenantId, UserId } from "../kernel/ids.ts";
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
  readonly people?: { readonly readAt: string; readonly counts: RegistrationCounts };
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

export const DELIVERY_STATES = ["posting", "delivered", "failed", "unknown", "missed"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One row a place and week; extras that somebody asked for are rows of their own. */
export interface Delivery {
  readonly tenantId: TenantId;
  readonly conversationId: string;
  readonly week: string;
  readonly kind: "weekly" | "extra";
  readonly dueAt: Date;
  readonly startedAt: Date;
  /** Absent on a missed one. */
  readonly numbers?: DigestNumbers;
  readonly state: DeliveryState;
  readonly endedAt?: Date;
  readonly activityId?: string;
  /** Why it failed or was missed, as a code. */
  readonly reason?: string;
}

export interface SubscriptionStore {
  /** One a place: replaces the one that is there. */
  put(subscription: Subscription): Promise<void>;
  get(tenantId: TenantId, conversationId: string): Promise<Subscription | undefined>;
  /** All of a team, for events that name only the team. */
  ofTeam(tenantId: TenantId, teamId: string): Promise<readonly Subscription[]>;
  /**
   * Replaces it by what `change` makes of it, in one transaction, so that nobody's change is lost. Resolves with
   * what is stored then; undefined when there is none.
   */
  change(
    tenantId: TenantId,
    conversationId: string,
    change: (stored: Subscription) => Subscription,
  ): Promise<Subscription | undefined>;
  remove(tenantId: TenantId, conversationId: string): Promise<void>;
  /** Active ones that are due, and paused ones whose pause is over, the oldest first. */
  due(tenantId: TenantId, now: Date): Promise<readonly Subscription[]>;
}

export interface DeliveryLedger {
  /**
   * Writes a delivery before it is posted, or a missed one. False when the place has its weekly row for that
   * week already: then nothing may be posted.
   */
  begin(delivery: Delivery): Promise<boolean>;
  /** The outcome of a begun delivery. Rejects with INTERNAL when it was not begun or has its outcome already. */
  end(delivery: Delivery): Promise<void>;
  /** What a process that died left in `posting` becomes `unknown`. Returns how many. */
  giveUp(tenantId: TenantId, at: Date): Promise<number>;
  /** The newest first. */
  last(tenantId: TenantId, conversationId: string, count: number): Promise<readonly Delivery[]>;
  ofWeek(tenantId: TenantId, conversationId: string, week: string): Promise<readonly Delivery[]>;
}
