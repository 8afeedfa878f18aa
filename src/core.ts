import { createGate } from "./access/gate.ts";
import { createUsageCollector, type UsageCollector } from "./collect/usage-collector.ts";
import { createContext } from "./commands/context.ts";
import { createDispatcher, type Dispatcher, type Handlers, workingOf } from "./commands/dispatch.ts";
import { helpHandler } from "./commands/help.ts";
import { usageHandler } from "./commands/usage.ts";
import { whoAmIHandler } from "./commands/whoami.ts";
import type { Config } from "./config.ts";
import { graphScopeOf } from "./graph/clouds.ts";
import { createCredential } from "./graph/credential.ts";
import { createDirectory } from "./graph/directory.ts";
import { createGraphClient } from "./graph/graph-client.ts";
import { createQuota } from "./graph/quota.ts";
import { tenantOfToken } from "./graph/token.ts";
import { createUsageReader, readersOf } from "./graph/usage-reader.ts";
import type { TenantId } from "./kernel/ids.ts";
import type { Outside } from "./kernel/outside.ts";
import { AppError } from "./kernel/problem.ts";
import type { SnapshotStore, UsageSource } from "./ports/usage.ts";

/** What answers questions, the same for Teams and for the terminal. */
export interface Core {
  readonly dispatcher: Dispatcher;
  readonly usage: UsageCollector;
  stop(): Promise<void>;
}

export function createCore(config: Config, snapshots: SnapshotStore, outside: Outside): Core {
  const { clock, elapsed, random, timings, log } = outside;
  const { graph, refreshAfter } = config;
  const client = createGraphClient({
    baseUrl: graph.baseUrl,
    credential: createCredential(graph.credential, graph.cloud, clock),
    credentialKind: graph.credential.kind,
    scope: graphScopeOf(graph.cloud),
    quota: createQuota({ timings, clock }),
    timings,
    clock,
    random,
    log,
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

  const usage = createUsageCollector({
    reader: createUsageReader({ client, clock, log, mode: graph.reports }),
    readers: readersOf(graph.reports),
    store: snapshots,
    source,
    clock,
    log,
  });
  const gate = createGate({ directory: createDirectory(client), timings, elapsed });
  const handlers: Handlers = {
    usage: usageHandler({ collector: usage, clock, timings, refreshAfter }),
    whoami: whoAmIHandler({ gate, tenantId }),
    help: helpHandler(gate, () => workingOf(handlers)),
  };
  const dispatcher = createDispatcher({
    handlers,
    gate,
    context: createContext(timings.refineWithin, elapsed),
    clock,
    lastRead: async ({ command, options }) =>
      command === "usage" ? (await usage.latest(options.period ?? "D30"))?.readAt : undefined,
  });
  return { dispatcher, usage, stop: () => usage.stop() };
}
