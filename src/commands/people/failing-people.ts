import type { FailingPerson, PeopleLists } from "../../ports/people.ts";

/** People whose failures are counted at most: a bound for memory, however many fail. */
export const MOST_FAILING = 50_000;

type FailedTries = ReturnType<PeopleLists["failing"]>;

interface FailingPeople {
  /** Most failures first, then the latest. */
  readonly people: readonly FailingPerson[];
  /** More people failed than are counted. */
  readonly isPartial: boolean;
}

/** Failed tries as people. It needs all of them, since the last one may be the one that counts. */
export async function byPerson(tries: FailedTries, most = MOST_FAILING): Promise<FailingPeople> {
  const people = new Map<string, FailingPerson>();
  let isPartial = false;
  for await (const page of tries) {
    for (const { name, userPrincipalName, at, reason, method, feature } of page) {
      // Graph compares user principal names without regard to case.
      const key = userPrincipalName.toLowerCase();
      const before = people.get(key);
      if (!before && people.size >= most) {
        isPartial = true;
        continue;
      }
      const failures = (before?.failures ?? 0) + 1;
      const isLast = !before || timeOf(at) >= timeOf(before.lastAt);
      const last = { name, userPrincipalName, reason, method, feature, ...(at && { lastAt: at }) };
      people.set(key, { ...(isLast ? last : before), failures });
    }
  }
  return { people: [...people.values()].sort(byFailures), isPartial };
}

function byFailures(one: FailingPerson, other: FailingPerson): number {
  return other.failures - one.failures || timeOf(other.lastAt) - timeOf(one.lastAt);
}

function timeOf(at: Date | undefined): number {
  return at?.getTime() ?? 0;
}
