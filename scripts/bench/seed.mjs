/** Whose numbers, and who asks: one who may see the reports. */
export const TENANT_ID = "7f1e6f52-3c1b-4c8e-9a55-0d2f4f1c6a01";

export async function viewerId(load) {
  const { VIEWERS } = await load("sample-tenant/viewers.js");
  return VIEWERS.reportsReader.id;
}

/**
 * Fills an empty data directory with what the product's own collectors have read of the tenant so many milliseconds
 * ago, not at Microsoft's pace.
 */
export async function seed(load, settings, ago = 0) {
  const { createReadings } = await load("readings.js");
  const { shifted } = await load("kernel/clock.js");
  await withStore(load, settings, async (store, config, outside) => {
    const clock = shifted(outside.clock, -ago);
    const readings = createReadings(config, store, { ...outside, clock });
    try {
      await readings.cohort.during(async () => {
        for (const { collect } of readings.collections) {
          await collect(clock.now()).done;
        }
      });
    } finally {
      await readings.stop();
    }
  });
}

/** Opens the store of a data directory that no bot is on, and closes it. */
export async function withStore(load, settings, work) {
  const { loadConfig, settingsReport } = await load("config.js");
  const { openConfiguredStore } = await load("store/open.js");
  const { createLog } = await load("kernel/log.js");
  const { realWorld } = await load("kernel/outside.js");
  const result = loadConfig(settings, "terminal");
  if ("problems" in result) {
    throw new Error(settingsReport(result.problems));
  }
  const world = realWorld(createLog("silent"));
  const store = await openConfiguredStore(result.config);
  try {
    return await work(store, result.config, { ...world, timings: { ...world.timings, quotaWindow: 1 } });
  } finally {
    await store.close();
  }
}
