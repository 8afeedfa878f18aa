import type { PeopleFilter, PeopleScope } from "../../ports/people.ts";

export interface PeopleListWords {
  readonly titles: Readonly<Record<PeopleFilter, string>>;
  /** So many people of a filter: "1,619 members are not registered for password reset". */
  readonly count: Readonly<Record<PeopleFilter, (people: string, one: boolean) => string>>;
  readonly headline: (title: string, page: string) => string;
  readonly page: (page: string) => string;
  readonly subtitle: (scope: string, page: string) => string;
  /** The first and the last of this page, and how many there are, where that is known. */
  readonly range: (from: string, to: string, total: string | undefined) => string;
  readonly none: (title: string, scope: string) => string;
  readonly noMore: string;
  readonly columns: Readonly<Record<"person" | "methods" | "failed" | "last", string>>;
  readonly person: (name: string, userPrincipalName: string) => string;
  readonly methods: (names: readonly string[]) => string;
  readonly noMethods: string;
  readonly last: (at: string | undefined, reason: string) => string;
  readonly meaning: Readonly<Record<PeopleFilter, string>>;
  /** Whom a list leaves out. */
  readonly notListed: string;
  /** In which zone the times of a table are. */
  readonly times: (zone: string) => string;
  readonly live: (read: string) => string;
  readonly total: string;
  readonly namesElsewhere: string;
  readonly inTheScope: Readonly<Record<PeopleScope, string>>;
  /** More people failed than are counted. */
  readonly countedAt: (people: string) => string;
  /** The end of what is kept, not of the list. */
  readonly keptAt: (people: string) => string;
  /** There are more, where nobody can press a button. */
  readonly firstOnly: string;
  /** `words` ask for the whole list. */
  readonly exported: (words: string) => string;
  /** Asked for people without saying which. */
  readonly which: PeopleNotice;
  /** The pages of a list were turned too late, or by somebody else. */
  readonly gone: PeopleNotice & { readonly button: string };
  readonly phoneOnlyNotTold: PeopleNotice;
}

interface PeopleNotice {
  readonly title: string;
  readonly line: string;
}

export interface PersonWords {
  readonly title: string;
  readonly titleOf: (name: string) => string;
  readonly notFound: string;
  readonly notFoundWho: (user: string) => string;
  readonly notFoundWhy: string;
  readonly canReset: (name: string) => string;
  readonly cannotReset: (name: string) => string;
  readonly notKnown: (name: string) => string;
  readonly facts: Readonly<Record<PersonFact, string>>;
  readonly yes: string;
  readonly no: string;
  readonly types: Readonly<Record<"member" | "guest" | "other", string>>;
  readonly tries: (shown: string, one: boolean) => string;
  /** `all` comes from `tries`. */
  readonly newest: (shown: string, all: string) => string;
  readonly noTries: string;
  readonly columns: Readonly<Record<"when" | "what" | "outcome", string>>;
  readonly what: (feature: string, method: string) => string;
  readonly features: Readonly<Record<"reset" | "registration", string>>;
  readonly worked: string;
  readonly noTime: string;
  readonly rowUpdated: string;
  readonly footer: (reader: string, read: string) => string;
  /** Asked for a person without saying whom. */
  readonly whom: PeopleNotice;
  readonly idsNotTold: PeopleNotice;
}

export type PersonFact =
  | "userPrincipalName"
  | "userType"
  | "isAdmin"
  | "ssprRegistered"
  | "ssprEnabled"
  | "ssprCapable"
  | "mfaRegistered"
  | "mfaCapable"
  | "passwordlessCapable"
  | "phoneOnly"
  | "methods"
  | "rowUpdatedAt";
