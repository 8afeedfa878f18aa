import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type App, createApp } from "../app.ts";
import { loadConfig, settingsReport } from "../config.ts";
import { type Clock, systemClock } from "../kernel/clock.ts";
import { createLog } from "../kernel/log.ts";
import { type Outside, realWorld } from "../kernel/outside.ts";
import type { SampleTenant, SampleTenantOptions } from "../sample-tenant/options.ts";
import { startSampleTenant } from "../sample-tenant/server.ts";
import { prepareHistory } from "./history.ts";
import { startPlayground } from "./playground.ts";
import { playgroundConfig } from "./playground-config.ts";

export interface Demo {
  readonly tenant: SampleTenant;
  /** The Playground's page. */
  readonly page: string;
  /** The bot's messaging endpoint. */
  readonly endpoint: string;
  /** Resolves when the Playground has ended by itself. */
  readonly ended: Promise<void>;
  /** Ends the Playground, the bot and the sample tenant, and removes what they wrote. */
  stop(): Promise<void>;
}

export interface DemoParts {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** First choices; where one is taken another is found. 0 takes any. */
  readonly ports: { readonly bot: number; readonly playground: number };
  readonly tenant?: SampleTenantOptions;
  /** Seconds, as the setting of that name. */
  readonly refreshAfter?: number;
  /** The time of the bot and the sample tenant; the machine's by default. */
  readonly clock?: Clock;
  /** Begins with nothing stored, where half a year of numbers would only cost time. */
  readonly withoutHistory?: boolean;
}

/** In a demo nobody waits a quarter of an hour to see what Refresh does. */
const REFRESH_AFTER = 10;

const LOG_LEVEL = "warn";

/** Seconds; a demo that is left running goes on answering. */
const TOKEN_LIFETIME = 90 * 86_400;

/**
 * The whole product with a sample tenant in Graph's place: the bot reads it over HTTP, and Microsoft's Agents
 * Playground is Teams. The bot runs with the same settings that anybody could give it, and begins with what half a
 * year of reading would have left.
 */
export async function startDemo(parts: DemoParts): Promise<Demo> {
  const folder = await mkdtemp(join(tmpdir(), "authpulse-demo-"));
  const stops: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0)) {
      await end();
    }
  };
  try {
    const clock = parts.clock ?? systemClock;
    const past = parts.withoutHistory
      ? {}
      : await prepareHistory({
          tenant: parts.tenant ?? {},
          outside: outsideOf(clock),
          dataDirectory: dataOf(folder),
        });
    const tenant = await startSampleTenant({ now: () => clock.now(), ...parts.tenant, ...past });
    stops.unshift(() => tenant.close());
    const { app, port } = await startBot(parts, tenant, folder);
    stops.unshift(() => app.stop());
    const endpoint = `http://127.0.0.1:${port}/api/messages`;
    const configPath = join(folder, "playground.yml");
    await writeFile(configPath, playgroundConfig(placesOf(tenant)));
    const playground = await startPlayground({
      endpoint,
      port: parts.ports.playground,
      configPath,
      logPath: join(folder, "playground.log"),
      environment: parts.environment,
    });
    stops.unshift(() => playground.stop());
    return { tenant, page: playground.url, endpoint, ended: playground.ended, stop };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

async function startBot(
  { ports, refreshAfter, withoutHistory, clock = systemClock }: DemoParts,
  tenant: SampleTenant,
  folder: string,
): Promise<{ readonly app: App; readonly port: number }> {
  const settings = {
    AZURE_TENANT_ID: tenant.tenantId,
    GRAPH_BASE_URL: tenant.url,
    GRAPH_ACCESS_TOKEN: tenant.token("app", { lifetimeSeconds: TOKEN_LIFETIME }),
    DATA_DIR: dataOf(folder),
    REFRESH_AFTER: String(refreshAfter ?? REFRESH_AFTER),
    LOG_LEVEL,
    // Collecting at the start would hold up whoever asks at once; with a history nothing is due.
    ...(withoutHistory && { COLLECT_EVERY: "0" }),
  };
  try {
    return await start({ ...settings, PORT: String(ports.bot) }, clock);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "EADDRINUSE") {
      throw thrown;
    }
    return start({ ...settings, PORT: "0" }, clock);
  }
}

async function start(
  settings: Readonly<Record<string, string>>,
  clock: Clock,
): Promise<{ readonly app: App; readonly port: number }> {
  const result = loadConfig(settings, "serve");
  if ("problems" in result || !result.config.tenantId) {
    throw new Error(settingsReport("problems" in result ? result.problems : []));
  }
  const { config } = result;
  const app = createApp({ ...config, tenantId: result.config.tenantId }, outsideOf(clock));
  return { app, port: await app.start() };
}

function outsideOf(clock: Clock): Outside {
  return { ...realWorld(createLog(LOG_LEVEL)), clock };
}

function dataOf(folder: string): string {
  return join(folder, "data");
}

/** Somebody whom the tenant's directory does not know. */
const STRANGER = {
  userId: "5ac1a36b-52b4-4fa6-8183-bf640a729306",
  name: "Sam Okafor",
  userPrincipalName: "sam.okafor@fabrikam.example",
};

function placesOf({ tenantId, viewers }: SampleTenant): Parameters<typeof playgroundConfig>[0] {
  const { reportsReader, globalAdministrator, noRole, groupMember, guest } = viewers;
  const person = ({ id, displayName, userPrincipalName }: (typeof viewers)[keyof typeof viewers]) => ({
    userId: id,
    name: displayName,
    userPrincipalName,
  });
  return {
    tenantId,
    currentUser: person(reportsReader),
    others: [...[globalAdministrator, noRole, groupMember, guest].map(person), STRANGER],
  };
}
