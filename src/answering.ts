import { createCollecting } from "./collecting.ts";
import type { BotConfig, Config } from "./config.ts";
import { createCore } from "./core.ts";
import { createDigestLifecycle } from "./digest/lifecycle.ts";
import { createDigests } from "./digests.ts";
import { openExports, uploadFor } from "./exports.ts";
import { createCredential } from "./graph/credential.ts";
import { createReadiness, type Readiness } from "./http/readiness.ts";
import type { Serving } from "./http/server.ts";
import type { Background } from "./kernel/background.ts";
import type { Clock } from "./kernel/clock.ts";
import type { Closing } from "./kernel/closing.ts";
import type { Outside } from "./kernel/outside.ts";
import { AppError } from "./kernel/problem.ts";
import type { Claim } from "./local/data-directory.ts";
import { createReadings, type Readings } from "./readings.ts";
import { createRecords } from "./records/records.ts";
import { en } from "./reference/words/en.ts";
import { createRenderer, type Renderer } from "./render/renderer.ts";
import { createFolding } from "./retention/folding.ts";
import { createRetention } from "./retention/retention.ts";
import type { Store } from "./store/store.ts";
import type { BotTokens } from "./teams/bot-credentials.ts";
import { createTeams } from "./teams/teams.ts";
import { answerLocalCalls } from "./terminal/local-calls.ts";

/** Milliseconds that the store has for `/readyz`; those who probe give up soon after. */
const READY_WITHIN = 2_000;

interface AnsweringParts {
  readonly config: BotConfig;
  readonly outside: Outside;
  readonly store: Store;
  readonly holding: Extract<Claim, { held: true }>;
  readonly background: Background;
  /** Told of all that is opened. */
  readonly closing: Closing;
  /** Marks the buttons of cards instead of the stored key. */
  readonly sealKey: Uint8Array | undefined;
}

interface Answering {
  readonly serving: Serving;
  /** What is done by the clock, beside answers. */
  goOn(): Promise<void>;
}

/** Checks the templates and wires all that answers. Rejects with an AppError that names the remedy. */
export async function openAnswering(parts: AnsweringParts): Promise<Answering> {
  const { config, outside, store, holding, background, closing, sealKey } = parts;
  const { clock, log } = outside;
  const renderer = checkedRenderer();
  const teams = createTeams({
    ...(config.bot && { bot: { ...config.bot, tokens: botTokens(config.bot.credential, config, clock) } }),
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
  const collecting = await createCollecting(config, store, readings, outside);
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
  const receiver = teams.receiver({
    ...{ dispatcher, places: store.places, lifecycle, words: en, background },
    isRecord: (address, messageId) => commands.isRecord(address, messageId),
  });
  const readiness = await readinessOf(store, readings, clock);
  await scheduler.start();
  return {
    serving: { ...receiver, readiness },
    async goOn() {
      retention.start();
      await collecting?.start();
      folding.start();
    },
  };
}

async function readinessOf(
  { about }: Pick<Store, "about">,
  { states: collections, lastSignIn: token }: Readings,
  clock: Clock,
): Promise<Readiness> {
  const { schema } = await about();
  return createReadiness({ about, schema, collections, token, clock, storeWithin: READY_WITHIN });
}

function botTokens(
  settings: NonNullable<Config["bot"]>["credential"],
  { graph }: Config,
  clock: Clock,
): BotTokens {
  const credential = createCredential(settings, graph.cloud, clock);
  return async (scope) => {
    const token = await credential.getToken(scope);
    if (!token) {
      throw new AppError("INTERNAL", { detail: "The bot's credential gave no token." });
    }
    return token.token;
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
