import type { CollectionState } from "../../ports/collections.ts";
import { printable } from "../../views/plain-text.ts";
import type { Fact } from "../../views/view.ts";
import { groupBy } from "../usage/count.ts";
import type { Telling } from "../usage/section.ts";

/** How numbers come in: by which schedule, what is under way, and what Graph said last. */
export interface Collecting {
  /** Milliseconds; 0 where numbers are read on request alone. */
  readonly every: number;
  /** When something is due next; absent without a schedule. */
  readonly next?: Date;
  readonly states: readonly CollectionState[];
}

const MINUTE = 60_000;
/** Characters of a permission's name; one word, which a narrow card cannot break. */
const LONGEST = 40;

export function collectingFacts({ every, next, states }: Collecting, telling: Telling): Fact[] {
  const { words, format } = telling;
  const told = words.history.health.collecting;
  const fact = (name: keyof typeof told.names, value: string): Fact => ({ name: told.names[name], value });
  const running = states.flatMap(({ name, running: run }) => {
    const { since, progress } = run ?? {};
    return since && progress
      ? [
          told.running(
            told.reports[name],
            format.moment(since),
            format.number(progress.pages),
            format.number(progress.rows),
          ),
        ]
      : [];
  });
  return [
    fact(
      "schedule",
      every > 0 ? told.every(everyText(every, telling), next && format.moment(next)) : told.off,
    ),
    ...(running.length > 0 ? [fact("running", running.join("; "))] : []),
    fact("access", accessText(states, telling)),
    fact("problem", problemText(states, telling)),
  ];
}

function everyText(every: number, { words, format }: Telling): string {
  const { hours, minutes } = words.history.health.collecting;
  const count = Math.round(every / MINUTE);
  return count % 60 === 0
    ? hours(format.number(count / 60), count === 60)
    : minutes(format.number(count), count === 1);
}

/** Permissions and licence as Graph showed them last: an answer shows that both are there. */
function accessText(states: readonly CollectionState[], { words, format }: Telling): string {
  const told = words.history.health.collecting;
  const seen = states.flatMap(({ name, access }) => {
    if (!access) {
      return [];
    }
    const { at, refusal } = access;
    const missing = refusal && told.refusals(refusal.code, printable(refusal.permission ?? "", LONGEST));
    return [{ report: told.reports[name], at, text: missing ?? told.allowed }];
  });
  const lines = [...groupBy(seen, ({ text }) => text)].map(([text, same]) => {
    const least = new Date(Math.min(...same.map(({ at }) => at.getTime())));
    const reports = same.map(({ report }) => report);
    return told.access(reports, text, format.moment(least));
  });
  return lines.length > 0 ? lines.join("; ") : told.notSeen;
}

/** Of collections that have failed since the last complete one. */
function problemText(states: readonly CollectionState[], { words, format }: Telling): string {
  const told = words.history.health.collecting;
  const problems = states.flatMap(({ name, last }) =>
    last?.fault ? [told.problem(told.reports[name], last.fault.code, format.moment(last.at))] : [],
  );
  return problems.length > 0 ? problems.join("; ") : told.noProblem;
}
