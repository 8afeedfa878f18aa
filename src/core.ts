import { randomBytes, randomUUID } from "node:crypto";
import { createGate, type Gate } from "./access/gate.ts";
import { type Cohort, createCohort } from "./collect/cohort.ts";
import { createDaysCollector, type DaysCollector } from "./collect/days-collector.ts";
import type { Site } from "./collect/one-place.ts";
import { createPeopleCollector, type PeopleCollector } from "./collect/people-collector.ts";
import type { Scheduled } from "./collect/schedule.ts";
import type { CollectionOf } from "./collect/single-reading.ts";
import { createUsageCollector, type UsageCollector } from "./collect/usage-collector.ts";
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
import { type Continuations, createContinuations } from "./commands/people/continuations.ts";
import type { Listing } from "./commands/people/listing.ts";
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
import { createDigestNumbers, type DigestNumbersSource } from "./digest/numbers.ts";
import type { Exports } from "./export/exports.ts";
import type { Upload } from "./export/upload.ts";
import { graphScopeOf } from "./graph/clouds.ts";
import { createCredential } from "./graph/credential.ts";
import { createDirectory } from "./graph/directory.ts";
import { createGraphClient } from "./graph/graph-client.ts";
import { type LastSignIn, rememberSignIn } from "./graph/last-sign-in.ts";
import { createPeopleLists } from "./graph/people-lists.ts";
import { createPeopleReader, peopleReadersOf } from "./graph/people-reader.ts";
import { beginOf } from "./graph/periods.ts";
import { createPersonIndex } from "./graph/person-index.ts";
import { createQuota } from "./graph/quota.ts";
import { daysReader } from "./graph/readers/days.ts";
import { tenantOfToken } from "./graph/token.ts";
import { createUsageReader, readersOf } from "./graph/usage-reader.ts";
import type { TenantId } from "./kernel/ids.ts";
import type { Outside } from "./kernel/outside.ts";
import { AppError } from "./kernel/problem.ts";
import type { AuditLog } from "./ports/audit.ts";
import type { CollectionState, CollectionStore } from "./ports/collections.ts";
import { DAILY_REPORTS, type DaysStore } from "./ports/days.ts";
import type { SubscriptionStore } from "./ports/digest.ts";
import type { Directory } from "./ports/directory.ts";
import type { StoreAbout } from "./ports/health.ts";
import type { PeopleLists, PeopleStore } from "./ports/people.ts";
import type { PeopleHistory } from "./ports/people-history.ts";
import type { PlaceStore } from "./ports/places.ts";
import type { QuotaLedger } from "./ports/quota.ts";
import type { Roster } from "./ports/roster.ts";
import type { PersonIndex, ReadOptions, SnapshotStore, UsageSource } from "./ports/usage.ts";
import type { Records } from "./records/records.ts";

/** Everything that is read: Graph, the numbers kept of it, and who may see them. */
export interface Readings {
  readonly usage: UsageCollector;
  readonly people: PeopleCollector;
  /** Resets and sign-ins by day. */
  readonly days: DaysCollector;
  /** Live; nothing of it is kept. */
  readonly lists: PeopleLists;
  /** Lists whose pages are being turned, in memory. */
  readonly continuations: Continuations<Listing>;
  readonly numbers: DigestNumbersSource;
  readonly directory: Directory;
  readonly gate: Gate;
  readonly tenantId: () => Promise<TenantId>;
  /** Whose numbers. */
  readonly source: () => Promise<UsageSource>;
  /** All of them, in the order in which a schedule reads them. */
  readonly collections: readonly Scheduled[];
  /** How they stand. */
  readonly states: () => Promise<readonly CollectionState[]>;
  readonly cohort: Cohort;
  readonly lastSignIn: () => LastSignIn;
  /** Ends what is being read. */
  stop(): Promise<void>;
}

interface Stores {
  readonly collections: CollectionStore;
  readonly snapshots: SnapshotStore;
  readonly people: PeopleStore;
  readonly peopleHistory: PeopleHistory;
  readonly days: DaysStore;
  readonly about: () => Promise<StoreAbout>;
  readonly audit: AuditLog;
  readonly places: PlaceStore;
  readonly subscriptions: Pick<SubscriptionStore, "standings">;
  /** Where replicas share what Graph allows. */
  readonly quotaLedger?: (source: UsageSource) => QuotaLedger;
}

export function createReadings(
  config: Config,
  stores: Pick<Stores, "collections" | "snapshots" | "people" | "days" | "quotaLedger">,
  outside: Outside,
): Readings {
  const { clock, elapsed, random, timings, log, metrics } = outside;
  const { graph } = config;
  const { quotaLedger } = stores;
  const signIn = rememberSignIn(createCredential(graph.credential, graph.cloud, clock));
  const measured = metrics && { metrics };
  const client = createGraphClient({
    baseUrl: graph.baseUrl,
    credential: signIn.credential,
    credentialKind: graph.credential.kind,
    scope: graphScopeOf(graph.cloud),
    quota: createQuota({
      ...{ timings, clock },
      ...(quotaLedger && { ledger: { change: async (step) => quotaLedger(await source()).change(step) } }),
    }),
    timings,
    clock,
    random,
    log,
    ...measured,
  });

  /** A terminal that signs in as its user learns the tenant from the token. */
  async function tenantId(): Promise<TenantId> {
    const tenant =
      config.tenantId ?? tenantOfToken(await client.token(AbortSignal.timeout(timings.graphDeadline)));
    if (!tenant) {
      throw new AppError("GRAPH-SIGN-IN", {
        detail: "The token does not name its tenant. Set AZURE_TENANT_ID.",
      });
    }
    return tenant;
  }

  async function source(): Promise<UsageSource> {
    return { tenantId: await tenantId(), graphHost: new URL(graph.baseUrl).host };
  }

  const site: Site = {
    ...{ collections: stores.collections, source, holder: randomUUID(), timings, clock, log },
    ...measured,
  };
  const cohort = createCohort(() => createPersonIndex(clock.now(), randomBytes(16)));
  const events = createUsageReader({ client, clock, log, mode: graph.reports });
  const usage = createUsageCollector({
    reader: { read: (period, options) => events.read(period, withPersons(options, cohort.begin())) },
    readers: readersOf(graph.reports),
    store: stores.snapshots,
    site,
  });
  const { excludeGroups, reports: mode } = graph;
  const registrations = createPeopleReader({ client, clock, log, mode, excludeGroups });
  const people = createPeopleCollector({
    reader: { read: (options) => registrations.read(withPersons(options, cohort.current())) },
    readers: peopleReadersOf(mode),
    excludeGroups,
    store: stores.people,
    site,
  });
  const days = createDaysCollector({
    readers: {
      passwords: daysReader("passwords", { client, clock }),
      signIns: daysReader("signIns", { client, clock }),
    },
    store: stores.days,
    site,
  });
  const numbers = createDigestNumbers({
    usage: stores.snapshots,
    readers: readersOf(graph.reports),
    people,
    days: stores.days,
    source,
    readUsage: { collect: (askedAt) => usage.collect("D30", askedAt) },
    cohort,
    changes: config.serviceChanges,
    clock,
    log,
  });
  const continuations = createContinuations<Listing>(elapsed);
  const directory = createDirectory(client);
  const gate = createGate({ rules: config.access, directory, timings, elapsed });
  return {
    usage,
    people,
    days,
    lists: createPeopleLists({ client, mode, excludeGroups }),
    continuations,
    numbers,
    directory,
    gate,
    tenantId,
    source,
    lastSignIn: signIn.last,
    cohort,
    states: async () => stores.collections.states(await source()),
    collections: [
      { name: "usage", collect: (askedAt) => everyPeriod(usage, askedAt) },
      { name: "people", collect: (askedAt) => people.collect(askedAt) },
      ...DAILY_REPORTS.map((name) => ({
        name,
        collect: (askedAt: Date) => days.collectOne(name, askedAt),
      })),
    ],
    async stop() {
      await Promise.all([usage.stop(), people.stop(), days.stop(), continuations.stop()]);
    },
  };
}

/** Milliseconds; where nothing is collected by schedule. */
const USUALLY_OLD = 6 * 3_600_000;

function withPersons(options: ReadOptions, persons: PersonIndex | undefined): ReadOptions {
  return persons ? { ...options, persons } : options;
}

/** Reports that Graph counts itself are read period by period; events answer all of them at once. */
function everyPeriod(usage: UsageCollector, askedAt: Date): CollectionOf<unknown> {
  const { progress, done } = usage.collect("D30", askedAt);
  return { progress, done: others() };

  async function others(): Promise<void> {
    await done;
    await usage.collect("D7", askedAt).done;
    await usage.collect("D1", askedAt).done;
  }
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
