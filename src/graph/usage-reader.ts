import type { Log } from "../kernel/log.ts";
import { READER_IDS, type ReaderId, type UsageReader } from "../ports/usage.ts";
import { activityReader } from "./readers/activity.ts";
import { autoReader, createAutoChoice } from "./readers/auto.ts";
import { eventsReader } from "./readers/events.ts";
import { legacyReader } from "./readers/legacy.ts";
import type { ReaderParts } from "./readers/summary.ts";

/** Which report is read: a named one, or what the token allows. */
export type ReportMode = "auto" | ReaderId;

export interface UsageReaderParts extends ReaderParts {
  readonly mode: ReportMode;
  readonly log: Log;
}

export function createUsageReader({ mode, log, ...parts }: UsageReaderParts): UsageReader {
  const readers: Readonly<Record<ReaderId, UsageReader>> = {
    legacy: legacyReader(parts),
    activity: activityReader(parts),
    events: eventsReader(parts),
  };
  return mode === "auto" ? autoReader(createAutoChoice(parts.client, log), readers) : readers[mode];
}

/** The readers whose stored numbers answer for this mode. */
export function readersOf(mode: ReportMode): readonly ReaderId[] {
  return mode === "auto" ? READER_IDS : [mode];
}
