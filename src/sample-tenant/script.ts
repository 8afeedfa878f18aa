import type { EventLog, EventRow, Tally } from "./event-log.ts";
import type { Row } from "./rows.ts";
import { TRY_KINDS } from "./tries.ts";

/** Names of the reports and of the list of a group, as they stand in the address. */
export type ReportName =
  | "getCredentialUserRegistrationCount"
  | "getCredentialUsageSummary"
  | "credentialUserRegistrationDetails"
  | "userCredentialUsageDetails"
  | "usersRegisteredByFeature"
  | "usersRegisteredByMethod"
  | "userRegistrationDetails"
  | "userRegistrationActivity"
  | "userEventsSummary"
  | "userMfaSignInSummary"
  | "userPasswordResetsAndChangesSummary"
  | "userSignInsByAuthMethodSummary"
  | "transitiveMembers";

export type ScriptedEvent = Pick<EventRow, "feature" | "authMethod" | "isSuccess" | "eventDateTime"> &
  Partial<EventRow>;

/** What a test wants to be answered instead of the generated company. */
export interface Script {
  /** Exactly these tries, in this order and without lag; every report of tries follows from them. */
  readonly events?: readonly ScriptedEvent[];
  /** Exactly these rows of a report; a report of one object takes the first. Filters and paging still apply. */
  readonly rows?: Partial<Readonly<Record<ReportName, readonly Row[]>>>;
}

const NOBODY = {
  id: "00000000-0000-4000-8000-000000000000",
  userPrincipalName: "somebody@contoso.example",
  userDisplayName: "Somebody",
  failureReason: "",
};

export function createScriptedLog(events: readonly ScriptedEvent[]): EventLog {
  return {
    *rows(_asOf, from) {
      for (let position = from; position < events.length; position++) {
        const event = events[position];
        if (event) yield [position, { ...NOBODY, ...event }];
      }
    },
    tally(asOf, begin, end) {
      const within = (at: number) => at >= begin && at < end && at <= asOf;
      return fold(events.filter((event) => within(Date.parse(event.eventDateTime))));
    },
  };
}

/** One row per kind of try, those without tries included, and unknown kinds behind the known ones. */
function fold(events: readonly ScriptedEvent[]): readonly Tally[] {
  const none = TRY_KINDS.map((kind): [string, Tally] => [
    keyOf(kind),
    { ...kind, successes: 0, failures: 0 },
  ]);
  const tallies = new Map(none);
  for (const event of events) {
    const kind = { feature: event.feature, method: event.authMethod };
    const tally = tallies.get(keyOf(kind)) ?? { ...kind, successes: 0, failures: 0 };
    const { successes, failures } = tally;
    const sums = event.isSuccess ? { successes: successes + 1 } : { failures: failures + 1 };
    tallies.set(keyOf(kind), { ...tally, ...sums });
  }
  return [...tallies.values()];
}

function keyOf(kind: { readonly feature: string; readonly method: string }): string {
  return JSON.stringify([kind.feature, kind.method]);
}
