import { randomBytes, randomUUID } from "node:crypto";
import { createGate, type Gate } from "./access/gate.ts";
import { type Cohort, createCohort } from "./collect/cohort.ts";
import { createDaysCollector, type DaysCollector } from "./collect/days-collector.ts";
import type { Site } from "./collect/one-place.ts";
import { createPeopleCollector, type PeopleCollector } from "./collect/people-collector.ts";
import type { Scheduled } from "./collect/schedule.ts";
import type { CollectionOf } from "./collect/single-reading.ts";
import { createUsageCollector, type UsageCollector } from "./collect/usage-collector.ts";
import { type Continuations, createContinuations } from "./commands/people/continuations.ts";
import type { Listing } from "./commands/people/listing.ts";
import type { Config } from "./config.ts";
import { createDigestNumbers, type DigestNumbersSource } from "./digest/numbers.ts";
import { graphScopeOf } from "./graph/clouds.ts";
import { createCredential } from "./graph/credential.ts";
import { createDirectory } from "./graph/directory.ts";
import { createGraphClient } from "./graph/graph-client.ts";
import { type LastSignIn, rememberSignIn } from "./graph/last-sign-in.ts";
import { createPeopleLists } from "./graph/people-lists.ts";
import { createPeopleReader, peopleReadersOf } from "./graph/people-reader.ts";
import { createPersonIndex } from "./graph/person-index.ts";
import { createQuota } from "./graph/quota.ts";
import { daysReader } from "./graph/readers/days.ts";
import { tenantOfToken } from "./graph/token.ts";
import { createUsageReader, readersOf } from "./graph/usage-reader.ts";
import type { TenantId } from "./kernel/ids.ts";
import type { Outside } from "./kernel/outside.ts";
import { AppError } from "./kernel/problem.ts";
import type { CollectionState, CollectionStore } from "./ports/collections.ts";
import { DAILY_REPORTS, type DaysStore } from "./ports/days.ts";
import type { Directory } from "./ports/directory.ts";
import type { PeopleLists, PeopleStore } from "./ports/people.ts";
import type { QuotaLedger } from "./ports/quota.ts";
import type { PersonIndex, ReadOptions, SnapshotStore, UsageSource } from "./ports/usage.ts";

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

interface ReadStores {
  readonly collections: CollectionStore;
  readonly snapshots: SnapshotStore;
  readonly people: PeopleStore;
  readonly days: DaysStore;
  /** Where replicas share what Graph allows. */
  readonly quotaLedger?: (source: UsageSource) => QuotaLedger;
}

/** Wires what reads Graph and keeps its numbers. */
export function createReadings(config: Config, stores: ReadStores, outside: Outside): Readings {
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
