import type { Period, ReadOptions, UsageSource } from "./usage.ts";

/** Who is counted. Members are the default; what is left out of each is told with the numbers. */
export const PEOPLE_SCOPES = ["members", "guests", "admins", "everyone"] as const;
export type PeopleScope = (typeof PEOPLE_SCOPES)[number];

/**
 * Why an account of the report is not counted in a scope. `serviceAccounts` are directory synchronisation and
 * `package_<guid>` accounts, `excludedGroups` the members of `EXCLUDE_GROUP_IDS`: both are left out of every scope.
 */
export const LEFT_OUT_RULES = [
  "serviceAccounts",
  "excludedGroups",
  "guests",
  "members",
  "notAdmins",
  "otherTypes",
] as const;
export type LeftOutRule = (typeof LEFT_OUT_RULES)[number];

/**
 * By period, `people` who succeeded with a phone in a reset or a registration, and those of them `withStrong`: who have
 * registered something better (`isBetterThanPhone`). Sign-ins are in no report that is read here.
 */
export type PhoneUsers = Readonly<Record<Period, { readonly people: number; readonly withStrong: number }>>;

/** Figures of one scope. An absent figure is not in the API that was read; it is never zero. */
export interface PeopleCounts {
  /** Everybody who is counted: the denominator. Counts above it are Graph's own and are kept. */
  readonly people: number;
  readonly ssprRegistered?: number;
  /** In scope of self-service password reset. */
  readonly ssprEnabled?: number;
  /** Registered and enabled. */
  readonly ssprCapable?: number;
  readonly mfaRegistered?: number;
  readonly mfaCapable?: number;
  readonly passwordlessCapable?: number;
  /** A phone is the only registered method that can be a second factor. */
  readonly phoneOnly?: number;
  /** People per registered method, in Graph's own words. */
  readonly methods?: Readonly<Record<string, number>>;
  /** Only where the same collection read all events. */
  readonly phoneUsers?: PhoneUsers;
  /** Accounts that are not counted, each under the first rule that leaves it out. Absent rules left nobody out. */
  readonly leftOut: Readonly<Partial<Record<LeftOutRule, number>>>;
}

/** The figures of people, in the order in which they are shown and exported. */
export const PEOPLE_FIGURES = [
  "ssprRegistered",
  "ssprEnabled",
  "ssprCapable",
  "mfaRegistered",
  "mfaCapable",
  "passwordlessCapable",
  "phoneOnly",
] as const satisfies readonly (keyof PeopleCounts)[];
export type PeopleFigure = (typeof PEOPLE_FIGURES)[number];

/**
 * Where the numbers come from: counted from `userRegistrationDetails` (an application), the two summaries
 * `usersRegisteredByFeature` and `usersRegisteredByMethod` (a signed-in person), or the retired
 * `getCredentialUserRegistrationCount` with `credentialUserRegistrationDetails`, which know only everyone.
 */
export const PEOPLE_READERS = ["details", "summaries", "legacy"] as const;
export type PeopleReaderId = (typeof PEOPLE_READERS)[number];

/** Something a person should know about how the counts came to be. */
export type PeopleNote =
  /** The retired API was read for want of this permission of the current one. */
  | { readonly kind: "legacy-instead"; readonly permission?: string }
  /** Groups of `EXCLUDE_GROUP_IDS` whose members are counted: this API gives sums, not rows to leave out. */
  | { readonly kind: "groups-not-left-out"; readonly groups: number };

/** One complete reading; a scope that the API does not know is absent. No row about a person is kept. */
export interface PeopleReading {
  readonly reader: PeopleReaderId;
  readonly readAt: Date;
  /** Milliseconds that the reading took. */
  readonly took: number;
  readonly pages: number;
  readonly rowsRead: number;
  readonly scopes: Readonly<Partial<Record<PeopleScope, PeopleCounts>>>;
  /** Object ids of the groups whose members were left out, in order; absent when there are none. */
  readonly excludeGroups?: readonly string[];
  /** Absent when there is nothing to say. */
  readonly notes?: readonly PeopleNote[];
}

export interface PeopleCountReader {
  /** Rejects with an AppError; never partial. */
  read(options: ReadOptions): Promise<PeopleReading>;
}

export interface PeopleStore {
  /** Replaces the older reading of the same reader; an older one never replaces a newer one. */
  save(source: UsageSource, reading: PeopleReading): Promise<void>;
  /** The newest among these readers. */
  latest(source: UsageSource, readers: readonly PeopleReaderId[]): Promise<PeopleReading | undefined>;
}

/** What `people …` lists. */
export const PEOPLE_FILTERS = ["not-registered", "without-mfa", "phone-only", "failing"] as const;
export type PeopleFilter = (typeof PEOPLE_FILTERS)[number];

/** A row about a person. It lives for one answer in a personal chat and is never stored or logged. */
export interface ReportedPerson {
  /** Object id; the retired API does not name it. */
  readonly id?: string;
  readonly name: string;
  readonly userPrincipalName: string;
  readonly userType?: "member" | "guest" | "other";
  readonly isAdmin?: boolean;
  readonly ssprRegistered?: boolean;
  readonly ssprEnabled?: boolean;
  readonly ssprCapable?: boolean;
  readonly mfaRegistered?: boolean;
  readonly mfaCapable?: boolean;
  readonly passwordlessCapable?: boolean;
  readonly phoneOnly?: boolean;
  /** Graph's own words; absent where the API does not tell. */
  readonly methods?: readonly string[];
  /** When Graph refreshed this row, not when the person registered. */
  readonly rowUpdatedAt?: Date;
}

/** One try of one person. */
export interface PersonTry {
  readonly at?: Date;
  readonly feature: string;
  readonly method: string;
  readonly isSuccess: boolean;
  /** Known reason's id, or Graph's text masked; "" for a success, even where Graph gives a text. */
  readonly reason: string;
}

/** A person with failed tries. */
export interface FailingPerson {
  readonly name: string;
  readonly userPrincipalName: string;
  readonly failures: number;
  readonly lastAt?: Date;
  /** Of the last failure. */
  readonly reason: string;
  readonly method: string;
  readonly feature: string;
}

/**
 * Reads people live, page by page, with a filter on the server where one is documented and on the client where
 * not. What one page of Graph brings is given on at once; it may be empty. Rejects with an AppError.
 */
export interface PeopleLists {
  /** Whom the API that is read can tell apart; the retired one knows only everyone. */
  readonly scopes: readonly PeopleScope[];
  /** Rejects with GRAPH-RETIRED for a scope or a filter that the retired API does not know. */
  registered(
    filter: Exclude<PeopleFilter, "failing">,
    scope: PeopleScope,
    options: ReadOptions,
  ): AsyncIterable<readonly ReportedPerson[]>;
  /**
   * Events from `from` (included) to `to` (not included) with a failure of this feature (both without one), as they
   * come; not grouped. Tries carry no user type, so nobody is left out.
   */
  failing(
    query: { readonly from: Date; readonly to: Date; readonly feature?: string },
    options: ReadOptions,
  ): AsyncIterable<readonly (PersonTry & { readonly name: string; readonly userPrincipalName: string })[]>;
  /**
   * One person by user principal name or object id, with what they tried, newest first; undefined when the report does
   * not have them. Nobody is left out here. Rejects with GRAPH-RETIRED for an object id where the retired API is read.
   */
  person(
    user: string,
    options: ReadOptions,
  ): Promise<{ readonly person: ReportedPerson; readonly tries: readonly PersonTry[] } | undefined>;
}
