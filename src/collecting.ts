import { everyMinute } from "./collect/every-minute.ts";
import { type CollectSchedule, createCollectSchedule } from "./collect/schedule.ts";
import type { Config } from "./config.ts";
import type { Outside } from "./kernel/outside.ts";
import type { CollectionStore } from "./ports/collections.ts";
import type { Readings } from "./readings.ts";

/** Wires the collections by schedule; undefined where `COLLECT_EVERY` asks for none. */
export async function createCollecting(
  { collectEvery: every, databaseUrl }: Pick<Config, "collectEvery" | "databaseUrl">,
  store: { readonly collections: CollectionStore },
  { collections, source, cohort }: Pick<Readings, "collections" | "source" | "cohort">,
  { clock, log }: Outside,
): Promise<CollectSchedule | undefined> {
  if (every === 0) {
    return undefined;
  }
  const wakeUps =
    databaseUrl === undefined
      ? everyMinute(clock)
      : (await import("./store/job-wake-ups.ts")).jobWakeUps(databaseUrl, log);
  return createCollectSchedule({
    ...{ collections, store: store.collections, source, every, wakeUps, cohort, clock, log },
  });
}
