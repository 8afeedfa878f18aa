import { createCollecting } from "./collecting.ts";
import type { BotConfig, Config } from "./config.ts";
import { createCore, createReadings, type Readings } from "./core.ts";
import { createDigestLifecycle } from "./digest/lifecycle.ts";
import { createDigests } from "./digests.ts";
import { openExports, uploadFor } from "./exports.ts";
import { createCredential } from "./graph/credential.ts";
import { createMetrics, type ScrapedMetrics } from "./http/metrics.ts";
import { createMetricsServer } from "./http/metrics-server.ts";
import { createReadiness, type Readiness } from "./http/readiness.ts";
import { createHttpServer, type HttpServer } from "./http/server.ts";
import { createBackground } from "./kernel/background.ts";
import { createClosing } from "./kernel/closing.ts";
import { correlatedLog } from "./kernel/correlation.ts";
import type { Outside } from "./kernel/outside.ts";
import { AppError } from "./kernel/problem.ts";
import { VERSION } from "./kernel/version.ts";
import { type Claim, claimDataDirectory } from "./local/data-directory.ts";
import { createRecords } from "./records/records.ts";
import { en } from "./reference/words/en.ts";
import { createRenderer, type Renderer } from "./render/renderer.ts";
import { createFolding } from "./retention/folding.ts";
import { createRetention } from "./retention/retention.ts";
import { openConfiguredStore } from "./store/open.ts";
import type { Store } from "./store/store.ts";
import type { BotTokens } from "./teams/bot-credentials.ts";
import { createTeams } from "./teams/teams.ts";
import { answerLocalCalls } from "./terminal/local-calls.ts";

/** What a stop waits for. */
export interface StillRunning {
  /** What is being closed right now. */
  readonly waitingFor?: string;
  /** Answers and posts that outlive their turns. */
  readonly work: number;
}

export interface App {
  /**
   * Claims the data directory, checks the templates, listens, and opens the store; resolves with the port when
   * questions are answered. Rejects with an AppError that names the remedy, or with the system's error for a port.
   */
  start(): Promise<number>;
  /** Takes no new turn, lets the running ones and their posts end, then closes the store. Also during a start. */
  stop(): Promise<void>;
  stillRunning(): StillRunning;
}

/** Milliseconds that the store has for `/readyz`; those who probe give up soon after. */
const READY_WITHIN = 2_000;

/**
 * The bot as a server: everything outside of it comes in through `config` and `world`. The key that marks the
 * buttons of its cards is the stored one, unless one is given.
 */
export function createApp(config: BotConfig, world: Outside, sealKey?: Uint8Array): App {
  const { clock } = world;
  const log = correlatedLog(world.log);
  const closing = createClosing();
  const background = createBackground((thrown) =>
    log.error({ err: thrown }, "work in the background failed"),
  );
  let server: HttpServer | undefined;
  let starting: Promise<number> | undefined;

  async function claim(): Promise<Extract<Claim, { held: true }>> {
    const claimed = await claimDataDirectory(config.dataDirectory);
    if (!claimed.held) {
      throw new AppError("STORE-UNAVAILABLE", {
        detail: `Process ${claimed.holder.pid} uses ${config.dataDirectory}. Stop it, or set another DATA_DIR.`,
      });
    }
    closing.add("the data directory", () => claimed.release());
    return claimed;
  }

  /** Before the store is open, so that a long migration is seen as a start and not as a dead process. */
  async function listen(metrics: ScrapedMetrics): Promise<{ opened: HttpServer; port: number }> {
    const { host, port, bot, metricsAddress } = config;
    // In local mode nobody but this machine reaches the port.
    const opened = createHttpServer({ host, port, version: VERSION, log, ...(!bot && { metrics }) });
    server = opened;
    const listening = await opened.start();
    closing.add("the server", () => opened.stop());
    if (metricsAddress) {
      const scraped = createMetricsServer(metricsAddress, metrics);
      const metricsPort = await scraped.start();
      closing.add("the metrics", () => scraped.stop());
      log.info({ host: metricsAddress.host, port: metricsPort }, "metrics are served");
    }
    return { opened, port: listening };
  }

  async function begin(): Promise<number> {
    const holding = await claim();
    const renderer = checkedRenderer();
    const metrics = createMetrics(VERSION);
    closing.add("the measuring", async () => metrics.stop());
    const outside: Outside = { ...world, log, metrics };
    const { opened, port } = await listen(metrics);
    const store = await openConfiguredStore(config);
    closing.add("the store", () => store.close());
    const teams = createTeams({
      ...(config.bot && { bot: { ...config.bot, tokens: botTokens(config.bot.credential) } }),
      ...{ botCloud: config.botCloud, tenantId: config.tenantId, serviceHosts: config.serviceHosts },
      ...{ queueLimit: config.queueLimit, renderer, outside },
      sealKey: sealKey ?? (await store.secret(config.tenantId, "card-seal")),
    });
    const readings = createReadings(config, store, outside);
    const retention = createRetention({ ...config, store: store.retention, clock, log });
    closing.add("the daily purge", () => retention.stop());
    const folding = createFolding({ store: store.folding, tenantId: config.tenantId, clock, log });
    closing.add("the folding of the history", () => folding.stop());
    const { commands, scheduler } = createDigests(config, store, teams, readings, outside);
    const collecting = createCollecting(config, store, readings, outside);
    const exports = await openExports(config, outside);
    closing.add("readings, digests and posts", async () => {
      await exports.close();
      // A digest that is being composed waits for a reading, which ends with the readings.
      const stopped = [scheduler.stop(), collecting?.stop()];
      await readings.stop();
      await Promise.all([...stopped, background.settled()]);
    });
    const records = createRecords({ ...store, tenantId: readings.tenantId, clock, log });
    const upload = uploadFor(config, teams.isTrustedUpload, outside);
    const { dispatcher, files } = createCore(readings, store, exports, config, outside, {
      digests: commands,
      roster: teams.roster,
      ...(upload && { upload }),
    });
    const { collections, states, cohort } = readings;
    holding.serve(answerLocalCalls({ dispatcher, files, collections, states, cohort, records }, outside));
    const lifecycle = createDigestLifecycle(store.subscriptions, clock);
    const receive = teams.receiver({
      ...{ dispatcher, places: store.places, lifecycle, words: en, background },
      isRecord: (address, messageId) => commands.isRecord(address, messageId),
    });
    const readiness = await readinessOf(store, readings);
    await scheduler.start();
    closing.add("running turns", () => opened.refuse());
    opened.serve({ receive, readiness });
    retention.start();
    await collecting?.start();
    folding.start();
    log.info({ host: config.host, port, version: VERSION, local: !config.bot }, "AuthPulse listens");
    return port;
  }

  async function readinessOf({ about }: Pick<Store, "about">, readings: Readings): Promise<Readiness> {
    const { states: collections, lastSignIn: token } = readings;
    const { schema } = await about();
    return createReadiness({ about, schema, collections, token, clock, storeWithin: READY_WITHIN });
  }

  function botTokens(settings: NonNullable<Config["bot"]>["credential"]): BotTokens {
    const credential = createCredential(settings, config.graph.cloud, clock);
    return async (scope) => {
      const token = await credential.getToken(scope);
      if (!token) {
        throw new AppError("INTERNAL", { detail: "The bot's credential gave no token." });
      }
      return token.token;
    };
  }

  return {
    start() {
      starting = begin().catch(async (thrown: unknown) => {
        // Why it could not start matters more than what could not be closed after that.
        await closing
          .closeAll()
          .catch((fault: unknown) => log.error({ err: fault }, "what was opened could not be closed"));
        throw thrown;
      });
      return starting;
    },
    async stop() {
      const refused = server?.refuse();
      await starting?.catch(() => undefined);
      await refused;
      await closing.closeAll();
    },
    stillRunning: () => ({
      ...(closing.waitingFor() && { waitingFor: closing.waitingFor() ?? "" }),
      work: background.count(),
    }),
  };
}

/** The templates are files of the installation: what is wrong with them no setting can mend. */
function checkedRenderer(): Renderer {
  try {
    return createRenderer();
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    const detail = `The card templates are damaged: ${reason}. Install AuthPulse again; cards/ belongs to it.`;
    throw new AppError("INTERNAL", { detail }, thrown);
  }
}
