import { type Config, loadConfig, settingsReport } from "../config.ts";
import { type Clock, shifted } from "../kernel/clock.ts";
import type { Outside } from "../kernel/outside.ts";
import { claimDataDirectory } from "../local/data-directory.ts";
import { createReadings } from "../readings.ts";
import type { SampleTenantOptions } from "../sample-tenant/options.ts";
import { startSampleTenant } from "../sample-tenant/server.ts";
import { openConfiguredStore } from "../store/open.ts";

/** Half a year. */
const WEEKS = 26;

const WEEK = 7 * 24 * 60 * 60_000;
/** Weeks: a reading of events or daily sums covers 30 days, and tries may be in the reports as late as 36 hours. */
const EVERYTHING_EVERY = 4;
/** Thursday noon in UTC, 1 January 1970: in every time zone the middle of a week, whatever its daylight saving. */
const MIDWEEK = 12 * 60 * 60_000;
/** Requests that the tenant answers at once: half a year at Microsoft's pace would take half an hour. */
const QUOTA = 1e6;
const QUOTA_WINDOW = 1;

interface HistoryParts {
  readonly tenant: SampleTenantOptions;
  /** What the demo's clock shows is where the history ends. */
  readonly outside: Outside;
  readonly dataDirectory: string;
}

/**
 * Fills an empty data directory with the tries and the people of `WEEKS` weeks up to now: the product's own collectors
 * read a sample tenant whose clock goes through these weeks, the oldest first. Resolves with the port of that tenant,
 * which has ended, and until when it let people register: numbers belong to a host and port, so another tenant continues
 * the history only there.
 */
export async function prepareHistory({
  tenant,
  outside,
  dataDirectory,
}: HistoryParts): Promise<Required<Pick<SampleTenantOptions, "port" | "registeredBy">>> {
  const { clock } = outside;
  const registeredBy = tenant.registeredBy ?? clock.now();
  const present = clock.now().getTime();
  const sinceMidweek = (present - MIDWEEK) % WEEK;
  let ago = WEEKS * WEEK;
  const past: Clock = { now: () => shifted(clock, -ago).now(), sleep: clock.sleep };
  const sample = await startSampleTenant({
    ...tenant,
    registeredBy,
    now: past.now,
    quota: QUOTA,
  });
  try {
    const config = configOf({
      AZURE_TENANT_ID: sample.tenantId,
      GRAPH_BASE_URL: sample.url,
      GRAPH_ACCESS_TOKEN: sample.token("app", { lifetimeSeconds: (2 * ago) / 1000 }),
      DATA_DIR: dataDirectory,
    });
    const timings = { ...outside.timings, quotaWindow: QUOTA_WINDOW };
    await withReadings(config, { ...outside, clock: past, timings }, async ({ collections, cohort }) => {
      const read = async (all: boolean): Promise<void> => {
        const askedAt = past.now();
        const due = collections.filter(({ name }) => all || name === "people");
        // One after the other, as the schedule does: people are counted with what is known of their tries.
        await cohort.during(async () => {
          for (const { collect } of due) {
            await collect(askedAt).done;
          }
        });
      };
      for (let weeks = WEEKS - 1; weeks >= 0; weeks -= 1) {
        ago = sinceMidweek + weeks * WEEK;
        await read(weeks % EVERYTHING_EVERY === EVERYTHING_EVERY - 1);
      }
      ago = 0;
      await read(true);
    });
  } finally {
    await sample.close();
  }
  return { port: Number(new URL(sample.url).port), registeredBy };
}

async function withReadings(
  config: Config,
  outside: Outside,
  work: (readings: ReturnType<typeof createReadings>) => Promise<void>,
): Promise<void> {
  const claim = await claimDataDirectory(config.dataDirectory);
  if (!claim.held) {
    throw new Error(`Process ${claim.holder.pid} uses the demo's own folder ${config.dataDirectory}.`);
  }
  try {
    const store = await openConfiguredStore(config);
    const readings = createReadings(config, store, outside);
    try {
      await work(readings);
    } finally {
      await readings.stop();
      await store.close();
    }
  } finally {
    await claim.release();
  }
}

function configOf(settings: Readonly<Record<string, string>>): Config {
  const result = loadConfig(settings, "terminal");
  if ("problems" in result) {
    throw new Error(settingsReport(result.problems));
  }
  return result.config;
}
