import type { PeopleCollector } from "../collect/people-collector.ts";
import type { DigestNumbers, WeekTries } from "../ports/digest.ts";
import { registrationsOf } from "../ports/registration.ts";
import type { SnapshotStore, UsageRow, UsageSource, UsageSum } from "../ports/usage.ts";
import type { Week } from "./calendar.ts";

type Span = Omit<Week, "week">;

interface WeekNumbersParts {
  readonly usage: SnapshotStore;
  readonly people: Pick<PeopleCollector, "latest">;
  readonly source: UsageSource;
  readonly week: Span;
  readonly before: Span;
}

/**
 * The figures of a week and the one before from what is stored. No `tries` where the stored history has nothing of the
 * week itself, no `people` where members were never counted: absent is not zero. A week is `covered` only when the
 * history has all of it.
 */
export async function weekNumbers(parts: WeekNumbersParts): Promise<Pick<DigestNumbers, "tries" | "people">> {
  const { usage, source, week, before } = parts;
  const spans = await usage.spans(source);
  const covered = spans.at(-1);
  const people = await parts.people.latest();
  const counts = people && registrationsOf(people);
  const phoneUsers = people?.scopes.members?.phoneUsers?.D30;

  async function triesOf({ from, to }: Span): Promise<WeekTries> {
    const sums = await usage.sums(source, from, to);
    return {
      rows: rowsOf(sums),
      resetFailures: resetFailuresOf(sums),
      covered: spans.some((span) => span.from <= from && to <= span.to),
    };
  }

  return {
    ...(covered &&
      covered.from < week.to &&
      week.from < covered.to && {
        tries: {
          // Only single events can be placed in time, so the history has no other source.
          reader: "events",
          readAt: covered.readAt.toISOString(),
          week: await triesOf(week),
          before: await triesOf(before),
        },
      }),
    ...(counts && {
      people: {
        readAt: people.readAt.toISOString(),
        counts,
        ...(phoneUsers && { phoneUsers }),
      },
    }),
  };
}

/** One row per feature and method, in the order of the sums. */
export function rowsOf(sums: readonly UsageSum[]): readonly UsageRow[] {
  const rows = new Map<string, UsageRow>();
  for (const { feature, method, isSuccess, count } of sums) {
    const key = JSON.stringify([feature, method]);
    const row = rows.get(key) ?? { feature, method, successes: 0, failures: 0 };
    rows.set(key, {
      ...row,
      successes: row.successes + (isSuccess ? count : 0),
      failures: row.failures + (isSuccess ? 0 : count),
    });
  }
  return [...rows.values()];
}

/** The most frequent first, and equal ones by their names. */
function resetFailuresOf(sums: readonly UsageSum[]): WeekTries["resetFailures"] {
  const counts = new Map<string, number>();
  for (const { feature, isSuccess, reason, count } of sums) {
    if (feature === "reset" && !isSuccess) {
      counts.set(reason, (counts.get(reason) ?? 0) + count);
    }
  }
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .sort((one, other) => other.count - one.count || (one.reason < other.reason ? -1 : 1));
}
