import type { PeopleCollector } from "../../collect/people-collector.ts";
import type { UsageCollector } from "../../collect/usage-collector.ts";
import { VERSION } from "../../kernel/version.ts";
import type { StoreAbout } from "../../ports/health.ts";
import type { PeopleReaderId } from "../../ports/people.ts";
import type { PeopleHistory } from "../../ports/people-history.ts";
import { PERIODS, type SnapshotStore, type UsageSnapshot, type UsageSource } from "../../ports/usage.ts";
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
  const history = await parts.snapshots.covered(source);
  const days = (await parts.history.daily(source, parts.peopleReaders, new Date(0)))?.days;
  const [since] = days ?? [];
  const digest = await parts.digests?.next(turn);
  const problems = { usage: parts.usage.lastProblem(), people: parts.people.lastProblem() };
  return {
    tenantId: source.tenantId,
    version: VERSION,
    graphHost: source.graphHost,
    setting: parts.setting,
    ...(usage && { usage }),
    ...(people && { people }),
    ...(history && { history }),
    ...(days && since && { days: { since: since.readAt, count: days.length } }),
    problems: {
      ...(problems.usage && { usage: problems.usage }),
      ...(problems.people && { people: problems.people }),
    },
    store: await parts.about(),
    ...(parts.digests && {
      digest: { isSetUp: digest !== undefined, ...(digest?.at && { next: digest.at }) },
    }),
  };
}

async function newestUsage({ latest }: UsageCollector): Promise<UsageSnapshot | undefined> {
  let newest: UsageSnapshot | undefined;
  for (const period of PERIODS) {
    const snapshot = await latest(period);
    newest = snapshot && (!newest || snapshot.readAt > newest.readAt) ? snapshot : newest;
  }
  return newest;
}
