import { PERIODS, type Period, type Touched, type TouchedPeople } from "../ports/usage.ts";
import type { PersonKinds, Subject } from "./person-kinds.ts";

/** What one person did of late: numbers of kinds with the time when last. */
export interface Chain {
  readonly entries: Iterable<{ readonly kind: number; readonly time: number }>;
  /** The last success with a feature that is not among the entries; 0 for none. */
  lastSuccess(feature: string): number;
}

/**
 * Counts people under every subject, each once: in a period are those whose last failure of the subject is not before
 * its begin. Who succeeded later did so after that very failure, so a success between two failures is none.
 * @param begins when each period begins, in the unit of the entries
 */
export function countTouched(
  people: Iterable<Chain>,
  kinds: PersonKinds,
  begins: Readonly<Record<Period, number>>,
): Readonly<Record<Period, TouchedPeople>> {
  const counts = kinds.subjects.map((subject) => ({ subject, D1: none(), D7: none(), D30: none() }));
  for (const person of people) {
    const { failures, successes } = latestOf(person.entries, kinds);
    for (const [number, failedAt] of failures) {
      const count = counts[number];
      if (count) {
        const { feature } = count.subject;
        const succeeded = (successes.get(feature) ?? person.lastSuccess(feature)) > failedAt;
        for (const period of PERIODS.filter((one) => failedAt >= begins[one])) {
          count[period].people += 1;
          count[period].succeededLater += Number(succeeded);
        }
      }
    }
  }
  const sorted = counts.toSorted((one, other) => (keyOf(one.subject) < keyOf(other.subject) ? -1 : 1));
  const of = (period: Period): TouchedPeople =>
    byLevel(sorted.map((count) => ({ ...count.subject, ...count[period] })));
  return { D1: of("D1"), D7: of("D7"), D30: of("D30") };
}

/** The last time of each subject, and of each feature's success. */
function latestOf(entries: Chain["entries"], kinds: PersonKinds) {
  const failures = new Map<number, number>();
  const successes = new Map<string, number>();
  for (const { kind: number, time } of entries) {
    const kind = kinds.of(number);
    if (kind && "successOf" in kind) {
      successes.set(kind.successOf, time);
    }
    for (const subject of kind && "subjects" in kind ? kind.subjects : []) {
      failures.set(subject, Math.max(time, failures.get(subject) ?? 0));
    }
  }
  return { failures, successes };
}

function byLevel(counted: readonly (Subject & Touched)[]): TouchedPeople {
  const of = (level: Subject["level"]) => counted.filter((one) => one.level === level && one.people > 0);
  return {
    features: of("feature").map(({ feature, people, succeededLater }) => ({
      feature,
      people,
      succeededLater,
    })),
    groups: of("group").map(({ feature, group, people, succeededLater }) => ({
      ...{ feature, group, people, succeededLater },
    })),
    failures: of("failure").map(({ feature, method, reason, people, succeededLater }) => ({
      ...{ feature, method, reason, people, succeededLater },
    })),
  };
}

function none(): { people: number; succeededLater: number } {
  return { people: 0, succeededLater: 0 };
}

function keyOf(subject: Subject): string {
  return JSON.stringify(Object.values(subject));
}
