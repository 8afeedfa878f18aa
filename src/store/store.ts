import type { TenantId } from "../kernel/ids.ts";
import type { AuditLog } from "../ports/audit.ts";
import type { CollectionStore } from "../ports/collections.ts";
import type { DaysStore } from "../ports/days.ts";
import type { DeliveryLedger, PaceStore, SubscriptionStore } from "../ports/digest.ts";
import type { FoldingStore } from "../ports/folding.ts";
import type { StoreAbout } from "../ports/health.ts";
import type { PeopleStore } from "../ports/people.ts";
import type { PeopleHistory } from "../ports/people-history.ts";
import type { PlaceStore } from "../ports/places.ts";
import type { QuotaLedger } from "../ports/quota.ts";
import type { RetentionStore } from "../ports/retention.ts";
import type { SnapshotStore, UsageSource } from "../ports/usage.ts";
import { aboutOf } from "./about.ts";
import { createAuditLog } from "./audit.ts";
import { createCollectionStore } from "./collections.ts";
import type { Database } from "./database.ts";
import { createDaysStore } from "./days.ts";
import { createDeliveryLedger } from "./deliveries.ts";
import { createFoldingStore } from "./folding.ts";
import { createQuotaLedger } from "./graph-quota.ts";
import { migrate } from "./migrations.ts";
import { createPeopleStore } from "./people.ts";
import { createPeopleHistory } from "./people-history.ts";
import { createPlaceStore } from "./places.ts";
import { createPaceStore } from "./post-pace.ts";
import { createRetentionStore } from "./retention.ts";
import { secretOf } from "./secrets.ts";
import { createSnapshotStore } from "./snapshots.ts";
import { createSubscriptionStore } from "./subscriptions.ts";

/** What the product remembers. Aggregates only; every key begins with the tenant. */
export interface Store {
  readonly snapshots: SnapshotStore;
  readonly collections: CollectionStore;
  readonly people: PeopleStore;
  readonly peopleHistory: PeopleHistory;
  readonly days: DaysStore;
  readonly places: PlaceStore;
  readonly subscriptions: SubscriptionStore;
  readonly deliveries: DeliveryLedger;
  readonly pace: PaceStore;
  readonly audit: AuditLog;
  readonly retention: RetentionStore;
  /** On a server alone: the embedded database has one process, which counts in memory. */
  readonly quotaLedger?: (source: UsageSource) => QuotaLedger;
  readonly folding: FoldingStore;
  /** Which database it is, and its schema. */
  about(): Promise<StoreAbout>;
  /** 32 random bytes that are made when they are first asked for, and are the same ever after for all processes. */
  secret(tenantId: TenantId, name: string): Promise<Buffer>;
  /** Waits for what is being written; afterwards every call is rejected. A second close is the first. */
  close(): Promise<void>;
}

/** Takes over an open database: brings its schema up to date, and closes it when that is not possible. */
export async function createStore(database: Database): Promise<Store> {
  try {
    await migrate(database);
  } catch (thrown) {
    await database.close();
    throw thrown;
  }
  let closed: Promise<void> | undefined;
  return {
    snapshots: createSnapshotStore(database),
    collections: createCollectionStore(database, database.kind === "server"),
    people: createPeopleStore(database),
    peopleHistory: createPeopleHistory(database),
    days: createDaysStore(database),
    places: createPlaceStore(database),
    subscriptions: createSubscriptionStore(database),
    deliveries: createDeliveryLedger(database, database.kind === "server"),
    pace: createPaceStore(database),
    audit: createAuditLog(database),
    retention: createRetentionStore(database),
    ...(database.kind === "server" && { quotaLedger: (source) => createQuotaLedger(database, source) }),
    folding: createFoldingStore(database),
    about: () => aboutOf(database),
    secret: (tenantId, name) => secretOf(database, tenantId, name),
    close() {
      closed ??= database.close();
      return closed;
    },
  };
}
