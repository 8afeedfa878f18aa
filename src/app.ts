import { createCollecting } from "./collecting.ts";
import type { BotConfig, Config } from "./config.ts";
import { createCore, createReadings } from "./core.ts";
import { createDigestLifecycle } from "./digest/lifecycle.ts";
import { createDigests } from "./digests.ts";
import { openExports, uploadFor } from "./exports.ts";
import { createCredential } from "./graph/credential.ts";
import { createHttpServer } from "./http/server.ts";
import { createBackground } from "./kernel/background.ts";
import type { Outside } from "./kernel/outside.ts";
import { AppError } from "./kernel/problem.ts";
import { VERSION } from "./kernel/version.ts";
import { claimDataDirectory } from "./local/data-directory.ts";
import { createRecords } from "./records/records.ts";
import { en } from "./reference/words/en.ts";
import { createRenderer } from "./render/renderer.ts";
import { createFolding } from "./retention/folding.ts";
import { createRetention } from "./retention/retention.ts";
import { openConfiguredStore } from "./store/open.ts";
import type { BotTokens } from "./teams/bot-credentials.ts";
import { createTeams } from "./teams/teams.ts";
import { answerLocalCalls } from "./terminal/local-calls.ts";

export interface App {
  /** Opens the store, then listens; resolves with the port. Rejects with an AppError that names the remedy. */
  start(): Promise<number>;
  /** Takes no new turn, lets the running ones end, then closes the store. */
  stop(): Promise<void>;
}

/**
 * The bot as a server: everything outside of it comes in through `config` and `outside`. The key that marks the
 * buttons of its cards is the stored one, unless one is given.
 */
export function createApp(config: BotConfig, outside: Outside, sealKey?: Uint8Array): App {
  const { clock, log } = outside;
  /** What has been opened, the latest first, so that it is closed in that order. */
  const opened: (() => Promise<void>)[] = [];

  async function start(): Promise<number> {
    const claim = await claimDataDirectory(config.dataDirectory);
    if (!claim.held) {
      throw new AppError("STORE-UNAVAILABLE", {
        detail: `Process ${claim.holder.pid} uses ${config.dataDirectory}. Stop it, or set another DATA_DIR.`,
      });
    }
    opened.unshift(() => claim.release());
    const store = await openConfiguredStore(config);
    opened.unshift(() => store.close());
    const background = createBackground((thrown) =>
      log.error({ err: thrown }, "work in the background failed"),
    );
    const renderer = createRenderer();
    const teams = createTeams({
      ...(config.bot && { bot: { ...config.bot, tokens: botTokens(config.bot.credential) } }),
      ...{ botCloud: config.botCloud, tenantId: config.tenantId, serviceHosts: config.serviceHosts },
      ...{ renderer, outside },
      sealKey: sealKey ?? (await store.secret(config.tenantId, "card-seal")),
    });
    const readings = createReadings(config, store, outside);
    const retention = createRetention({ ...config, store: store.retention, clock, log });
    opened.unshift(() => retention.stop());
    const folding = createFolding({ store: store.folding, tenantId: config.tenantId, clock, log });
    opened.unshift(() => folding.stop());
    const { commands, scheduler } = createDigests(config, store, teams, readings, outside);
    const collecting = createCollecting(config, store, readings, outside);
    const exports = await openExports(config, outside);
    opened.unshift(async () => {
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
    const { collections, states } = readings;
    claim.serve(answerLocalCalls({ dispatcher, files, collections, states, records }, outside));
    const lifecycle = createDigestLifecycle(store.subscriptions, clock);
    const receive = teams.receiver({
      ...{ dispatcher, places: store.places, lifecycle, words: en, background },
      isRecord: (address, messageId) => commands.isRecord(address, messageId),
    });
    await scheduler.start();
    const server = createHttpServer({ host: config.host, port: config.port, version: VERSION, receive, log });
    const port = await server.start();
    opened.unshift(() => server.stop());
    retention.start();
    await collecting?.start();
    folding.start();
    log.info({ host: config.host, port, version: VERSION, local: !config.bot }, "AuthPulse listens");
    return port;
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
    async start() {
      try {
        return await start();
      } catch (thrown) {
        await stop();
        throw thrown;
      }
    },
    stop,
  };

  async function stop(): Promise<void> {
    for (const close of opened.splice(0)) {
      await close();
    }
  }
}
