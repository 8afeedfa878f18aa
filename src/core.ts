import type { Cohort } from "./collect/cohort.ts";
import { auditHandler } from "./commands/audit.ts";
import { createAuthorise } from "./commands/authorise.ts";
import { campaignHandler } from "./commands/campaign.ts";
import { createContext } from "./commands/context.ts";
import { allDigestsHandler } from "./commands/digest/all.ts";
import { type DigestCommands, digestHandlers } from "./commands/digest/handlers.ts";
import { createDispatcher, type Dispatcher, type Handlers, workingOf } from "./commands/dispatch.ts";
import { createExportDesk, type ExportDesk } from "./commands/export/desk.ts";
import type { Ordered } from "./commands/export/plan.ts";
import { helpHandler } from "./commands/help.ts";
import { overviewHandler } from "./commands/overview.ts";
import { peopleHandler } from "./commands/people/people.ts";
import { personHandler } from "./commands/people/person.ts";
import { countElsewhere } from "./commands/people/stored-count.ts";
import { createRecorder } from "./commands/recorder.ts";
import { bestMethodsHandler } from "./commands/reports/best-methods.ts";
import { compareHandler } from "./commands/reports/compare.ts";
import { healthHandler } from "./commands/reports/health.ts";
import { methodsHandler, registrationHandler } from "./commands/reports/people-counts.ts";
import { phoneRetirementHandler } from "./commands/reports/phone-retirement.ts";
import { trendHandler } from "./commands/reports/trend.ts";
import { failuresHandler, usageHandler } from "./commands/reports/usage.ts";
import { tellingReaders } from "./commands/shared-place.ts";
import { whoAmIHandler } from "./commands/whoami.ts";
import type { Config } from "./config.ts";
import type { Exports } from "./export/exports.ts";
import type { Upload } from "./export/upload.ts";
import { peopleReadersOf } from "./graph/people-reader.ts";
import { beginOf } from "./graph/periods.ts";
import type { Outside } from "./kernel/outside.ts";
import type { AuditLog } from "./ports/audit.ts";
import type { DaysStore } from "./ports/days.ts";
import type { SubscriptionStore } from "./ports/digest.ts";
import type { StoreAbout } from "./ports/health.ts";
import type { PeopleHistory } from "./ports/people-history.ts";
import type { PlaceStore } from "./ports/places.ts";
import type { Roster } from "./ports/roster.ts";
import type { SnapshotStore } from "./ports/usage.ts";
import type { Readings } from "./readings.ts";
import type { Records } from "./records/records.ts";

/** Milliseconds; where nothing is collected by schedule. */
const USUALLY_OLD = 6 * 3_600_000;

interface Stores {
  readonly snapshots: SnapshotStore;
  readonly peopleHistory: PeopleHistory;
  readonly days: DaysStore;
  readonly about: () => Promise<StoreAbout>;
  readonly audit: AuditLog;
  readonly places: PlaceStore;
  readonly subscriptions: Pick<SubscriptionStore, "standings">;
}

/** What answers questions, and the files that some answers are. */
interface Answering {
  readonly dispatcher: Dispatcher;
  readonly files: ExportDesk;
}

/** What the terminal works with. */
export interface Core extends Answering {
  readonly collections: Readings["collections"];
  readonly states: Readings["states"];
  readonly cohort: Pick<Cohort, "during">;
  readonly records: Records;
}

/** What a place of Teams adds: its digest, and who is in it. The terminal has neither. */
export interface InTeams {
  readonly digests: DigestCommands;
  readonly roster: Roster;
  /** Absent where Teams takes no files from a bot. */
  readonly upload?: Upload;
}

/** What answers questions, the same for Teams and for the terminal. */
export function createCore(
  { usage, people, days, lists, continuations, numbers, directory, gate, tenantId, source, states }: Readings,
  { audit, places, subscriptions, snapshots, peopleHistory: history, days: dayHistory, about }: Stores,
  exports: Exports<Ordered>,
  config: Config,
  { clock, elapsed, timings }: Outside,
  teams?: InTeams,
): Answering {
  const { collectEvery, refreshAfter, channelReports, smallGroupFloor, targets, keepAudit, graph } = config;
  const { serviceChanges: changes } = config;
  const { digest, "digest-subscribe": subscribe, ...more } = digestHandlers(teams?.digests);
  const oldAfter = 2 * (collectEvery || USUALLY_OLD);
  const reading = { clock, timings, refreshAfter, oldAfter, collections: states };
  const stored = { usage, people, snapshots, history, source, peopleReaders: peopleReadersOf(graph.reports) };
  const recorder = createRecorder({ audit, tenantId, clock });
  const files = createExportDesk({
    ...{ usage, people, lists, beginOf, source, exports, recorder, ...reading },
    ...(teams?.upload && { upload: teams.upload }),
  });
  // In this order help lists them, and the first ones are buttons.
  const handlers: Handlers = {
    usage: usageHandler({ collector: usage, ...reading }),
    overview: overviewHandler({ numbers, ...reading }),
    registration: registrationHandler({ people, targets, ...reading }),
    failures: failuresHandler({ collector: usage, snapshots, source, ...reading }),
    campaign: campaignHandler({ numbers, people, ...reading }),
    methods: methodsHandler({ people, ...reading }),
    trend: trendHandler({ ...stored, days, dayHistory, changes, ...reading }),
    compare: compareHandler({ ...stored, changes, ...reading }),
    "best-methods": bestMethodsHandler({ ...stored, changes, ...reading }),
    "phone-retirement": phoneRetirementHandler({
      ...stored,
      ...{ changes, isOwnProvider: config.phoneProvider === "own" },
      ...reading,
    }),
    digest,
    "digest-subscribe": subscribe,
    health: healthHandler({
      ...stored,
      ...{ about, collections: states, collectEvery },
      setting: graph.reports,
      ...(teams && { digests: teams.digests }),
    }),
    whoami: whoAmIHandler({ gate, tenantId }),
    help: helpHandler(gate, () => workingOf(handlers)),
    ...more,
    "digest-all": allDigestsHandler({ subscriptions, tenantId }),
    people: peopleHandler({ lists, people, continuations, beginOf, clock, timings }),
    person: personHandler({ lists, stopping: continuations.stopping, clock, timings }),
    export: files.handler,
    audit: auditHandler({ audit, directory, tenantId, keepAudit, clock, timings }),
  };
  const dispatcher = createDispatcher({
    handlers,
    rules: gate.rules,
    authorise: createAuthorise({
      gate,
      wasGiven: async (turn, figures) => (await teams?.digests.wasGiven(turn, figures)) ?? false,
      ...(teams && { roster: teams.roster }),
    }),
    recorder,
    files,
    channelReports,
    smallGroupFloor,
    context: createContext(timings.refineWithin, elapsed),
    clock,
    lastRead: async ({ command, options }) => {
      if (command === "usage" || command === "failures" || command === "best-methods") {
        return (await usage.latest(options.period ?? "D30"))?.readAt;
      }
      if (command === "trend" && options.report === "helpdesk") {
        return (await days.latest())?.readAt;
      }
      const isOfPeople = command === "trend" && options.report === "registration";
      if (command === "compare" || (command === "trend" && !isOfPeople)) {
        return (await snapshots.covered(await source()))?.readAt;
      }
      return isOfPeople || ["registration", "methods", "phone-retirement"].includes(command)
        ? (await people.latest())?.readAt
        : undefined;
    },
    tellingReaders: async (answer, turn) => tellingReaders(answer, turn, places, await tenantId()),
    countElsewhere: countElsewhere(people),
  });
  return { dispatcher, files };
}
