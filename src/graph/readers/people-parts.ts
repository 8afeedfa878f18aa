import type { PeopleReading } from "../../ports/people.ts";
import type { ReaderParts } from "./summary.ts";

export interface PeopleReaderParts extends ReaderParts {
  /** Object ids of the groups whose members are not counted. */
  readonly excludeGroups: readonly string[];
}

/** What a reading of Graph's own sums says where somebody should have been left out. */
export function groupsNotLeftOut(groups: readonly string[]): Pick<PeopleReading, "notes"> {
  return groups.length > 0 ? { notes: [{ kind: "groups-not-left-out", groups: groups.length }] } : {};
}
