import { rm } from "node:fs/promises";
// A start loads it late; here it is loaded with the test file, so that the first test does not wait for it.
import "../../src/answering.ts";
import { createApp } from "../../src/app.ts";
import { loadConfig, settingsReport } from "../../src/config.ts";
import { type Clock, systemClock } from "../../src/kernel/clock.ts";
import type { Log } from "../../src/kernel/log.ts";
import { TIMINGS, type Timings } from "../../src/kernel/timings.ts";
import type { SampleTenant, SampleTenantOptions } from "../../src/sample-tenant/options.ts";
import { startSampleTenant } from "../../src/sample-tenant/server.ts";
import type { TokenOptions } from "../../src/sample-tenant/tokens.ts";
import { createSeal } from "../../src/teams/seal.ts";
import { type CardButton, channelMessage, message, press, TENANT } from "./activities.ts";
import { type Connector, type Sent, startConnector } from "./connector.ts";
import { dataDirectory as temporaryDataDirectory } from "./data-directory.ts";

/** The same for every bot, so that a card outlives a restart, and a test can seal what no card has. */
const SEAL_KEY = new Uint8Array(32).fill(7);
const seal = createSeal(SEAL_KEY);

/** A button that a card of the bot could have carried in that conversation. */
export function sealed(button: CardButton, conversationId = "a:personal"): CardButton {
  const { data } = seal.sealCard({ type: "Action.Execute", ...button }, conversationId) as CardButton;
  return { ...button, data };
}

/**
 * Microsoft's pace, twenty times as fast; the sample tenant's quota window keeps step. The margin between the two does
 * not: a busy machine is late by as much, whatever the pace.
 */
const FAST: Timings = {
  ...TIMINGS,
  quotaWindow: 10_000 / 20 + 200,
  retryBase: TIMINGS.retryBase / 20,
  progressEvery: TIMINGS.progressEvery / 20,
};

interface BotOptions {
  readonly tenant?: SampleTenantOptions;
  readonly timings?: Partial<Timings>;
  readonly settings?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  readonly token?: TokenOptions & { readonly kind: "app" | "delegated" };
  /** To start again on what an earlier bot stored, */
  readonly dataDirectory?: string;
  /** and with the Graph that it read. */
  readonly graph?: SampleTenant;
  /** The Teams that it posts into; it outlasts a bot that is halted. */
  readonly connector?: Connector;
}

interface Logged {
  readonly level: string;
  readonly facts: object;
  readonly message: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface RunningBot {
  readonly url: string;
  readonly tenant: SampleTenant;
  readonly connector: Connector;
  /** What it has logged; a test may empty it. */
  readonly log: Logged[];
  readonly dataDirectory: string;
  /** POSTs an activity; a string is a body as it is. */
  post(activity: unknown, authorization?: string): Promise<HttpAnswer>;
  /** Writes in a personal chat; resolves with what the bot sent by the end of the turn. */
  say(text: string, fields?: object): Promise<readonly Sent[]>;
  sayInChannel(text: string, fields?: object): Promise<readonly Sent[]>;
  /** Presses a button; resolves with the body of the invoke's answer. */
  press(button: CardButton, fields?: object): Promise<InvokeBody>;
  /** Ends the bot alone, for another one to go on. */
  halt(): Promise<void>;
  /** Ends everything and removes what was stored. */
  stop(): Promise<void>;
}

export interface InvokeBody {
  readonly statusCode: number;
  readonly type: string;
  readonly value: unknown;
}

/** The whole bot over HTTP: a sample tenant as Graph, a loopback connector as Teams, a database of its own. */
export async function startBot(options: BotOptions = {}): Promise<RunningBot> {
  const dataDirectory = options.dataDirectory ?? (await temporaryDataDirectory()).path;
  const tenant =
    options.graph ??
    (await startSampleTenant({ quotaWindow: 10_000 / 20, tenantId: TENANT, ...options.tenant }));
  const connector = options.connector ?? (await startConnector());
  const log: Logged[] = [];
  const result = loadConfig(
    {
      PORT: "0",
      AZURE_TENANT_ID: TENANT,
      GRAPH_BASE_URL: tenant.url,
      GRAPH_ACCESS_TOKEN: tenant.token(options.token?.kind ?? "app", options.token),
      DATA_DIR: dataDirectory,
      // A collection by schedule would answer where a test wants a question to.
      COLLECT_EVERY: "0",
      ...options.settings,
    },
    "serve",
  );
  if ("problems" in result || !result.config.tenantId) {
    throw new Error(settingsReport("problems" in result ? result.problems : []));
  }
  const app = createApp(
    { ...result.config, tenantId: result.config.tenantId },
    {
      clock: options.clock ?? systemClock,
      elapsed: () => performance.now(),
      random: () => 0.5,
      timings: { ...FAST, ...options.timings },
      log: recorder(log, {}),
    },
    SEAL_KEY,
  );
  const url = `http://127.0.0.1:${await app.start()}`;

  async function post(activity: unknown, authorization?: string): Promise<HttpAnswer> {
    const response = await fetch(`${url}/api/messages`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(authorization && { authorization }) },
      body: typeof activity === "string" ? activity : JSON.stringify(activity),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : undefined };
  }

  async function sentBy(activity: object): Promise<readonly Sent[]> {
    const before = connector.sent.length;
    await post(activity);
    return connector.sent.slice(before);
  }

  return {
    url,
    tenant,
    connector,
    log,
    dataDirectory,
    post,
    say: (text, fields = {}) => sentBy(message(connector.serviceUrl, text, { ...fields })),
    sayInChannel: (text, fields = {}) => sentBy(channelMessage(connector.serviceUrl, text, { ...fields })),
    async press(button, fields = {}) {
      const { body } = await post(press(connector.serviceUrl, button, { ...fields }));
      return body as InvokeBody;
    },
    async halt() {
      await app.stop();
      if (!options.connector) {
        await connector.close();
      }
    },
    async stop() {
      await app.stop();
      await connector.close();
      await tenant.close();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

function recorder(lines: Logged[], bound: object): Log {
  const at = (level: string) => (facts: object, message: string) => {
    lines.push({ level, facts: { ...bound, ...facts }, message });
  };
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    child: (more) => recorder(lines, { ...bound, ...more }),
  };
}
