/** Figures that a change at Microsoft may bend: tries, or counts of registered people. */
export const BENT_FIGURES = ["usage", "registration"] as const;
export type BentFigure = (typeof BENT_FIGURES)[number];

/** Changes that every installation knows; their sentences stand in the words. An id is never given up. */
export const SERVICE_CHANGE_IDS = [
  "sspr-registered-methods",
  "phone-delivery-ends",
  "phone-delivery-ends-for-admins",
  "legacy-reports-retired",
] as const;
export type ServiceChangeId = (typeof SERVICE_CHANGE_IDS)[number];

/** The ends of Microsoft's own delivery of codes by phone: no concern of a tenant with its own telephony provider. */
export const PHONE_ENDS: readonly ServiceChangeId[] = [
  "phone-delivery-ends",
  "phone-delivery-ends-for-admins",
];

/** Who delivers SMS and voice codes: Microsoft, or a telephony provider of the tenant's own. */
export const PHONE_PROVIDERS = ["microsoft", "own"] as const;
export type PhoneProvider = (typeof PHONE_PROVIDERS)[number];

/** Something that Microsoft announced for a day. It is told as announced, never as the cause of a figure. */
export interface ServiceChange {
  readonly id: string;
  /** "2026-11-09". */
  readonly date: string;
  /** For which day it was announced before that. */
  readonly announcedFirstFor?: string;
  /** Microsoft's message id, where it has one. */
  readonly message?: string;
  /** Clouds that it was announced for; absent where the announcement names none. */
  readonly clouds?: readonly string[];
  readonly bends: readonly BentFigure[];
  /** One sentence without its full stop, of an operator's own entry; absent on those of every installation. */
  readonly text?: string;
}

/**
 * Sources: message center posts MC1325414 and MC1426371; the deprecation notices of credentialUsageSummary and
 * userCredentialUsageDetails (learn.microsoft.com/graph/api/resources/credentialusagesummary, beta).
 */
export const SERVICE_CHANGES: readonly (ServiceChange & { readonly id: ServiceChangeId })[] = [
  { id: "legacy-reports-retired", date: "2025-08-01", clouds: ["global"], bends: ["usage"] },
  {
    id: "sspr-registered-methods",
    date: "2026-11-09",
    announcedFirstFor: "2026-09-07",
    message: "MC1325414",
    bends: ["usage"],
  },
  {
    id: "phone-delivery-ends",
    date: "2027-02-01",
    message: "MC1426371",
    clouds: ["global"],
    bends: ["usage", "registration"],
  },
  {
    id: "phone-delivery-ends-for-admins",
    date: "2027-07-01",
    message: "MC1426371",
    clouds: ["global"],
    bends: ["usage", "registration"],
  },
];

/**
 * What was announced for a cloud, the oldest first. An entry of `own` takes the place of the one with its id, or is
 * added.
 */
export function serviceChangesFor(
  cloud: string,
  own: readonly ServiceChange[] = [],
): readonly ServiceChange[] {
  const changes = new Map([...SERVICE_CHANGES, ...own].map((change) => [change.id, change]));
  return [...changes.values()]
    .filter(({ clouds }) => clouds === undefined || clouds.includes(cloud))
    .sort((one, other) => (one.date < other.date ? -1 : Number(one.date > other.date)));
}

const WEEK = 7 * 86_400_000;
const YOUNGER_THAN = 4 * WEEK;
const CLOSER_THAN = 8 * WEEK;

/** The day as an instant: midnight UTC. Announcements name no hour and no time zone. */
export function dayOf({ date }: Pick<ServiceChange, "date">): Date {
  return new Date(`${date}T00:00:00Z`);
}

/** Younger than four weeks, or closer than eight. */
export function isNear(change: ServiceChange, now: Date): boolean {
  const ahead = dayOf(change).getTime() - now.getTime();
  return ahead > -YOUNGER_THAN && ahead < CLOSER_THAN;
}

/** The one to be told now: of those that are near the nearest, and of equally near ones the one that comes. */
export function nearestChange(changes: readonly ServiceChange[], now: Date): ServiceChange | undefined {
  const distance = (change: ServiceChange): number => Math.abs(dayOf(change).getTime() - now.getTime());
  return changes
    .filter((change) => isNear(change, now))
    .toSorted((one, other) => distance(one) - distance(other) || (one.date > other.date ? -1 : 1))[0];
}
