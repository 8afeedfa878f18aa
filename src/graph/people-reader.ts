import type { Log } from "../kernel/log.ts";
import { PEOPLE_READERS, type PeopleCountReader, type PeopleReaderId } from "../ports/people.ts";
import type { ReaderId } from "../ports/usage.ts";
import { createAutoChoice } from "./readers/auto.ts";
import { detailsReader } from "./readers/people-details.ts";
import { legacyPeopleReader } from "./readers/people-legacy.ts";
import type { PeopleReaderParts } from "./readers/people-parts.ts";
import { summariesReader } from "./readers/people-summaries.ts";
import type { ReportMode } from "./usage-reader.ts";

/** One setting chooses for all reports: rows with the events, sums with the activity. */
const READER_OF: Readonly<Record<ReaderId, PeopleReaderId>> = {
  events: "details",
  activity: "summaries",
  legacy: "legacy",
};

/** Counts people by the report of this mode; `auto` takes what the token allows, as for usage. */
export function createPeopleReader(
  parts: PeopleReaderParts & { readonly mode: ReportMode; readonly log: Log },
): PeopleCountReader {
  const { mode, log, client } = parts;
  const readers: Readonly<Record<PeopleReaderId, PeopleCountReader>> = {
    details: detailsReader(parts),
    summaries: summariesReader(parts),
    legacy: legacyPeopleReader(parts),
  };
  if (mode !== "auto") {
    return readers[READER_OF[mode]];
  }
  const choose = createAutoChoice(client, log);
  return {
    read: (options) =>
      choose({
        signal: options.signal,
        delegated: () => readers.summaries.read(options),
        application: () => readers.details.read(options),
        async legacy(lacking) {
          const { notes = [], ...reading } = await readers.legacy.read(options);
          return { ...reading, notes: [...notes, { kind: "legacy-instead", ...lacking }] };
        },
      }),
  };
}

/** The readers whose stored counts answer for this mode. */
export function peopleReadersOf(mode: ReportMode): readonly PeopleReaderId[] {
  return mode === "auto" ? PEOPLE_READERS : [READER_OF[mode]];
}
