import type { PeopleCollector } from "../../collect/people-collector.ts";
import { nextDue } from "../../collect/schedule.ts";
import type { UsageCollector } from "../../collect/usage-collector.ts";
import { VERSION } from "../../kernel/version.ts";
import { COLLECTIONS, type CollectionState } from "../../ports/collections.ts";
import type { StoreAbout } from "../../ports/health.ts";
import type { PeopleReaderId } from "../../ports/people.ts";
import type { PeopleHistory } from "../../ports/people-history.ts";
import {
  type HistorySpan,
  PERIODS,
  type SnapshotStore,
  type UsageSnapshot,
  type UsageSource,
} from "../../ports/usage.ts";
import { type Health, healthView } from "../../reports/health/health-view.ts";
import type { Handler, Turn } from "../answer.ts";
import type { DigestCommands } from "../digest/handlers.ts";

interface HealthParts {
  readonly usage: UsageCollector;
  readonly people: PeopleCollector;
  readonly snapshots: SnapshotStore;
  readonly history: PeopleHistory;
  readonly peopleReaders: readonly PeopleReaderId[];
  readonly source: () => Promise<UsageSource>;
  /** `GRAPH_REPORTS`. */
  readonly setting: string;
  /** How the collections stand. */
  readonly collections: () => Promise<readonly CollectionState[]>;
  /** Milliseconds between two of them by schedule; 0 without one. */
  readonly collectEvery: number;
  readonly about: () => Promise<StoreAbout>;
  /** Absent in the terminal. */
  readonly digests?: DigestCommands;
}

/** "health": source, age and completeness of the numbers, from what is stored; Graph is not asked. */
export function healthHandler(parts: HealthParts): Handler {
  return async (question, turn, { onlyYou, base }) => ({
    kind: "answered",
    view: healthView({
      health: await healthOf(parts, turn),
      question,
      audience: turn.audience,
      ...(onlyYou && { onlyYou }),
      ...(base && { base }),
    }),
  });
}

async function healthOf(parts: HealthParts, turn: Turn): Promise<Health> {
  const source = await parts.source();
  const usage = await newestUsage(parts.usage);
  const people = await parts.people.latest();
  const spans = await parts.snapshots.spans(source);
  const history = spans.at(-1);
  const kept = usage?.notes.find((note) => note.kind === "kept-quarters");
  const days = (await parts.history.daily(source, parts.peopleReaders, new Date(0), turn.audience.now))?.days;
  const [since] = days ?? [];
  const digest = await parts.digests?.next(turn);
  const states = await parts.collections();
  return {
    tenantId: source.tenantId,
    version: VERSION,
    graphHost: source.graphHost,
    setting: parts.setting,
    ...(usage && { usage }),
    ...(people && { people }),
    ...(history && { history, gaps: gapsBetween(spans) }),
    ...(kept && { kept }),
    ...(days && since && { days: { since: since.readAt, count: days.length } }),
    collecting: collectingOf(parts, states, turn.audience.now),
    store: await parts.about(),
    ...(parts.digests && {
      digest: { isSetUp: digest !== undefined, ...(digest?.at && { next: digest.at }) },
    }),
  };
}

function collectingOf(
  { collectEvery: every }: HealthParts,
  states: readonly CollectionState[],
  now: Date,
): Health["collecting"] {
  if (every === 0) {
    return { every, states };
  }
  const due = COLLECTIONS.map((name) =>
    nextDue(
      states.find((state) => state.name === name),
      now,
      every,
    ).getTime(),
  );
  return { every, states, next: new Date(Math.max(now.getTime(), Math.min(...due))) };
}

/** What lies between two spans that follow each other. */
function gapsBetween(spans: readonly HistorySpan[]): NonNullable<Health["gaps"]> {
  return spans.slice(1).flatMap(({ from: to }, index) => {
    const before = spans[index];
    return before ? [{ from: before.to, to }] : [];
  });
}

async function newestUsage({ latest }: UsageCollector): Promise<UsageSnapshot | undefined> {
  let newest: UsageSnapshot | undefined;
  for (const period of PERIODS) {
    const snapshot = await latest(period);
    newest = snapshot && (!newest || snapshot.readAt > newest.readAt) ? snapshot : newest;
  }
  return newest;
}
