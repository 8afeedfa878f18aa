import { DIGEST_EXTRAS, type DigestExtra, type Schedule, type Weekday } from "../../ports/digest.ts";
import type { FormProblem } from "../../views/digest-form.ts";
import type { FormValues } from "../../views/view.ts";

/** What a form held, as far as it can be taken. */
export interface Chosen {
  readonly schedule: Schedule;
  readonly extras: readonly DigestExtra[];
  /** Fields that cannot be taken; then `schedule` has the value before in their place. */
  readonly problems: readonly FormProblem[];
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Checks what came back from a client; what was not sent keeps its value. */
export function chosenIn(values: FormValues, before: Omit<Chosen, "problems">): Chosen {
  const { schedule } = before;
  const day = values.day === undefined ? schedule.day : weekdayOf(values.day);
  const time = values.time ?? schedule.time;
  const zone = timeZoneOf(values.otherZone?.trim() || values.zone || schedule.timeZone);
  const problems: FormProblem[] = [
    ...(day === undefined ? (["day"] as const) : []),
    ...(TIME.test(time) ? [] : (["time"] as const)),
    ...(zone === undefined ? (["zone"] as const) : []),
  ];
  return {
    schedule: {
      day: day ?? schedule.day,
      time: TIME.test(time) ? time : schedule.time,
      timeZone: zone ?? schedule.timeZone,
    },
    extras:
      values.extras === undefined
        ? before.extras
        : DIGEST_EXTRAS.filter((extra) => values.extras?.split(",").includes(extra)),
    problems,
  };
}

function weekdayOf(text: string): Weekday | undefined {
  return /^[1-7]$/.test(text) ? (Number(text) as Weekday) : undefined;
}

/**
 * The zone's own spelling; people type "europe/berlin". A name that `Intl` has another one for stays: it calls
 * Asia/Kolkata by the old name Asia/Calcutta. An offset such as +05:30, which newer versions of Node take, is none.
 */
function timeZoneOf(name: string): string | undefined {
  if (!/^[A-Z]/i.test(name)) {
    return undefined;
  }
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    return timeZone.toLowerCase() === name.toLowerCase() ? timeZone : name;
  } catch (thrown) {
    if (thrown instanceof RangeError) {
      return undefined;
    }
    throw thrown;
  }
}
