import type { Audience } from "../../views/audience.ts";
import { createDays } from "../../views/days.ts";

/** Times of a table, short for a narrow column: the zone is said once, below. */
export interface Times {
  /** "21 Nov 14:32". */
  readonly at: (date: Date) => string;
  readonly remark: string;
}

export function createTimes(audience: Audience): Times {
  const { dates, reports } = audience.words;
  const days = createDays(audience);
  return {
    at: (date) => dates.moment(days.day(date), days.time(date)),
    remark: reports.people.times(days.zone),
  };
}
