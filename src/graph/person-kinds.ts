import type { PersonAttempt } from "../ports/usage.ts";
import { groupOf } from "../reference/reasons.ts";
import { createByNames } from "./by-names.ts";

/** What people are counted under: all failures of a feature, those of a group of reasons, or those of one kind. */
export interface Subject {
  readonly level: "feature" | "group" | "failure";
  readonly feature: string;
  readonly method: string;
  readonly reason: string;
  readonly group: string;
}

/** What a number in a chain stands for: a failure, counted under its subjects, or a success of a feature. */
export type ChainKind = { readonly subjects: readonly number[] } | { readonly successOf: string };

export interface PersonKinds {
  failure(attempt: PersonAttempt): number;
  success(feature: string): number;
  of(kind: number): ChainKind | undefined;
  readonly subjects: readonly Subject[];
}

/** Numbers for everything that a person's chain names; each name is kept once. */
export function createPersonKinds(): PersonKinds {
  const kinds: ChainKind[] = [];
  const subjects: Subject[] = [];
  const kindOfSuccess = new Map<string, number>();
  const subjectNumbers = new Map<string, number>();
  const kindOfFailure = createByNames((feature, method, reason) => {
    const counted = [
      subject("feature", feature),
      subject("group", feature, { group: groupOf(reason) }),
      subject("failure", feature, { method, reason }),
    ];
    return kinds.push({ subjects: counted }) - 1;
  });

  function subject(level: Subject["level"], feature: string, more: Partial<Subject> = {}): number {
    const whole = { level, feature, method: "", reason: "", group: "", ...more };
    const key = JSON.stringify(Object.values(whole));
    const number = subjectNumbers.get(key) ?? subjects.push(whole) - 1;
    subjectNumbers.set(key, number);
    return number;
  }

  return {
    failure: ({ feature, method, reason }) => kindOfFailure(feature, method, reason),
    success(feature) {
      const kind = kindOfSuccess.get(feature) ?? kinds.push({ successOf: feature }) - 1;
      kindOfSuccess.set(feature, kind);
      return kind;
    },
    of: (kind) => kinds[kind],
    subjects,
  };
}
