import type { Question } from "../../language/question.ts";
import type { Delivery, Standing as Place } from "../../ports/digest.ts";
import type { Audience } from "../../views/audience.ts";
import { createFormat } from "../../views/format.ts";
import { weekNumber } from "../../views/iso-week.ts";
import type { ReportSection, ReportView } from "../../views/view.ts";
import { standingOf } from "../answer.ts";
import { firstButton, menuRefresh } from "../buttons.ts";
import { createTimes, type Times } from "../people/times.ts";
import { type Heard, heardNotices } from "../usage/notices.ts";
import type { Telling } from "../usage/section.ts";

export interface AllDigestsAnswer extends Heard {
  readonly places: readonly Place[];
  /** Rows that are not as this version writes them. */
  readonly unreadable: number;
  readonly question: Question;
  readonly audience: Audience;
  readonly onlyYou?: boolean;
  readonly base?: Question;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A run is looked for every minute, so one that is a little behind its time is not late. */
const LATE_AFTER = 2 * MINUTE;
const SHOWN = 60;
/** Enough of an id to tell places apart, and short enough for a column. */
const ID_SHOWN = 12;

/** What an administrator looks after; a refused or uncertain post, a missed week. */
const AMISS: readonly Delivery["state"][] = ["failed", "unknown", "missed"];

/** Every place with its state, how late it is, what became of its last digest, and when the next one is due. */
export function allDigestsView(answer: AllDigestsAnswer): ReportView {
  const { places, unreadable, audience, onlyYou = false } = answer;
  const { words } = audience;
  const told = words.digest.all;
  const telling: Telling = { words, format: createFormat(audience) };
  const { format } = telling;
  const standing = standingOf(answer);
  const times = createTimes(audience);
  const headline = headlineOf(answer, telling);
  return {
    kind: "report",
    title: told.title,
    ...(onlyYou && { onlyYou: words.onlyYou }),
    headline,
    subtitle: told.footer(times.at(audience.now)),
    notices: [
      ...heardNotices(answer, words),
      ...(unreadable > 0 ? [told.unreadable(format.number(unreadable), unreadable === 1)] : []),
    ],
    sections: places.length > 0 ? [section(answer, headline, telling, times)] : [{ headline, remarks: [] }],
    explanations: places.length > 0 ? [told.idsRemark] : [],
    footer: times.remark,
    buttons: [firstButton(standing, words)],
    refresh: menuRefresh(standing, words),
    shortened: words.reports.counted.shortened,
  };
}

function headlineOf({ places, audience }: AllDigestsAnswer, { words, format }: Telling): string {
  const told = words.digest.all;
  if (places.length === 0) {
    return told.none;
  }
  const amiss = places.filter((place) => needsALook(place, audience.now)).length;
  return [
    told.places(format.number(places.length), places.length === 1),
    amiss > 0 ? told.attention(format.number(amiss)) : told.fine,
  ].join(" ");
}

function section(
  { places, audience }: AllDigestsAnswer,
  headline: string,
  telling: Telling,
  times: Times,
): ReportSection {
  const { words, format } = telling;
  const { columns, more } = words.digest.all;
  const { now } = audience;
  const amiss = (place: Place): number => (needsALook(place, now) ? 0 : 1);
  // Sorting is stable: within both, the next run decides, as the store has it.
  const shown = [...places].sort((one, other) => amiss(one) - amiss(other)).slice(0, SHOWN);
  const moreFrom = (index: number): string => more(format.number(places.length - index));
  return {
    headline,
    table: {
      columns: [columns.place, columns.state, columns.last, columns.next],
      wordColumns: [1, 2, 3],
      rows: shown.map((place) => rowOf(place, now, telling, times)),
      rests: shown.map((_place, index) => [moreFrom(index), "", "", ""]),
    },
    remarks: places.length > SHOWN ? [moreFrom(SHOWN)] : [],
  };
}

function rowOf({ subscription, last }: Place, now: Date, telling: Telling, times: Times): readonly string[] {
  const { address, state, nextDue } = subscription;
  const told = telling.words.digest.all;
  const late = latenessOf({ subscription }, now);
  return [
    told.place(told.kinds[address.kind], idShown(address.conversationId)),
    late > 0 ? told.late(spanText(late, telling)) : told.states[state.kind],
    last ? told.last(String(weekNumber(last.week)), told.outcomes[last.state]) : told.never,
    state.kind === "active" ? times.at(nextDue) : told.noNext,
  ];
}

function needsALook(place: Place, now: Date): boolean {
  const { last, subscription } = place;
  return (
    (last !== undefined && AMISS.includes(last.state)) ||
    subscription.state.kind === "suspended" ||
    latenessOf(place, now) > 0
  );
}

/** Milliseconds that an active one is behind its due time. */
function latenessOf({ subscription: { state, nextDue } }: Pick<Place, "subscription">, now: Date): number {
  const late = now.getTime() - nextDue.getTime();
  return state.kind === "active" && late > LATE_AFTER ? late : 0;
}

/** "25 min", "7 h", "3 d": rounded down. */
function spanText(milliseconds: number, { words, format }: Telling): string {
  const told = words.digest.all;
  const whole = (unit: number): string => format.number(Math.floor(milliseconds / unit));
  if (milliseconds < HOUR) {
    return told.minutes(whole(MINUTE));
  }
  return milliseconds < 2 * DAY ? told.hours(whole(HOUR)) : told.days(whole(DAY));
}

/** "19:6a8c…@thread.tacv2" ends alike for all; what stands before that tells them apart. */
function idShown(conversationId: string): string {
  const [own = ""] = conversationId.split("@");
  return own.slice(-ID_SHOWN);
}
