import { expect, test } from "vitest";
import { createUsageCollector } from "../../src/collect/usage-collector.ts";
import { READER_IDS, type UsageReading } from "../../src/ports/usage.ts";
import { NOW, recordingLog, testClock } from "../graph/setup.ts";
import { reading } from "../store/readings.ts";
import { loneSite } from "./site.ts";

test.each([
  ["as long as it took", 28_000, 28_000],
  ["no time where the clock was set back meanwhile", -60_000, 0],
])("a reading of usage took %s", async (_what, passed, took) => {
  const clock = testClock();
  const saved: UsageReading[] = [];
  const log = recordingLog();
  const collector = createUsageCollector({
    reader: {
      read: async () => {
        await clock.sleep(passed);
        return reading(1, { readAt: NOW });
      },
    },
    readers: READER_IDS,
    store: {
      save: async (_source, one) => {
        saved.push(one);
      },
      latest: async (_source, period) => {
        const [stored] = saved;
        const summary = stored?.summaries.find((one) => one.period === period);
        return stored && summary && { ...stored, ...summary };
      },
    },
    site: loneSite({ clock, log }),
  });

  const snapshot = await collector.collect("D1", NOW).done;

  expect(snapshot.took).toBe(took);
  expect(saved).toMatchObject([{ took }]);
});
