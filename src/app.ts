import type { BotConfig } from "./config.ts";
import { createMetrics, type ScrapedMetrics } from "./http/metrics.ts";
import { createMetricsServer } from "./http/metrics-server.ts";
import { createHttpServer, type HttpServer } from "./http/server.ts";
import { createBackground } from "./kernel/background.ts";
import { createClosing } from "./kernel/closing.ts";
import { correlatedLog } from "./kernel/correlation.ts";
import type { Outside } from "./kernel/outside.ts";
import { AppError } from "./kernel/problem.ts";
import { VERSION } from "./kernel/version.ts";
import { type Claim, claimDataDirectory } from "./local/data-directory.ts";
import type { Store } from "./store/store.ts";

/** What a stop waits for. */
export interface StillRunning {
  /** What is being closed right now. */
  readonly waitingFor?: string;
  /** Answers and posts that outlive their turns. */
  readonly work: number;
}

export interface App {
  /**
   * Claims the data directory, listens, checks the templates, and opens the store; resolves with the port when
   * questions are answered. Rejects with an AppError that names the remedy, or with the system's error for a port.
   */
  start(): Promise<number>;
  /** Takes no new turn, lets the running ones and their posts end, then closes the store. Also during a start. */
  stop(): Promise<void>;
  stillRunning(): StillRunning;
}

/**
 * The bot as a server: everything outside of it comes in through `config` and `world`. The key that marks the
 * buttons of its cards is the stored one, unless one is given.
 */
export function createApp(config: BotConfig, world: Outside, sealKey?: Uint8Array): App {
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

  async function openStore(): Promise<Store> {
    const { openConfiguredStore } = await import("./store/open.ts");
    const store = await openConfiguredStore(config);
    closing.add("the store", () => store.close());
    return store;
  }

  async function begin(): Promise<number> {
    const holding = await claim();
    const metrics = createMetrics(VERSION);
    closing.add("the measuring", async () => metrics.stop());
    const outside: Outside = { ...world, log, metrics };
    const { opened, port } = await listen(metrics);
    // To load what answers takes longer than all before it, and whoever started the process looks at the port. The
    // database opens meanwhile.
    const [store, { openAnswering }] = await Promise.all([openStore(), import("./answering.ts")]);
    const parts = { config, outside, store, holding, background, closing, sealKey };
    const { serving, goOn } = await openAnswering(parts);
    closing.add("running turns", () => opened.refuse());
    opened.serve(serving);
    await goOn();
    log.info({ host: config.host, port, version: VERSION, local: !config.bot }, "AuthPulse listens");
    return port;
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
