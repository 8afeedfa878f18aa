import type { Question } from "../language/question.ts";
import { DIGEST_EXTRAS, type DigestExtra, type Schedule } from "../ports/digest.ts";
import type { Readers } from "../ports/roster.ts";
import type { Words } from "../reference/words/words.ts";
import type { Audience } from "./audience.ts";
import { offsetOf } from "./days.ts";
import { createFormat, knownZone } from "./format.ts";
import { printable } from "./plain-text.ts";
import type { ActionButton, Choice, FormInput, FormValues, FormView } from "./view.ts";

export interface FormAnswer {
  /** `digest-subscribe` or `digest-edit`: what the buttons send their choices to. */
  readonly question: Question;
  /** Values that the inputs show: those stored, those just sent, or the defaults. */
  readonly schedule: Schedule;
  readonly extras: readonly DigestExtra[];
  /** Its `timeZone` is the asker's and stands first. */
  readonly audience: Audience;
  readonly place: DigestPlace;
  /** What was sent and cannot be taken; it stands at its field. */
  readonly problems?: readonly FormProblem[];
  /** What was typed as another zone, to be corrected. */
  readonly otherZone?: string;
  /** Somebody has paused it, and saving does not change that. */
  readonly isPaused?: boolean;
  readonly onlyYou?: boolean;
  readonly base?: Question;
}

/** Where the digest goes and who reads it there. */
export interface DigestPlace {
  /** "Identity Operations › General"; absent in a personal chat. */
  readonly name?: string;
  /** Absent in a personal chat. */
  readonly readers?: Readers;
}

export type FormProblem = "day" | "time" | "zone";

/** Zones with many of the world's offices; any other one can be typed. */
const COMMON_ZONES = [
  "America/Los_Angeles",
  "America/New_York",
  "America/Sao_Paulo",
  "Europe/London",
  "Europe/Berlin",
  "Asia/Kolkata",
  "Asia/Singapore",
  "Asia/Tokyo",
  "Australia/Sydney",
] as const;
const FIRST_HOUR = 6;
const LAST_HOUR = 20;
/** More readers than this are named before anything is posted. */
const MANY_READERS = 100;

/** Day, time, zone and extras of a place's digest. What is sent comes from a client and is checked again. */
export function digestForm(answer: FormAnswer): FormView {
  const { question, audience, place, isPaused = false, onlyYou = false } = answer;
  const { words } = audience;
  const { form } = words.digest;
  const readers = readersLine(place, audience);
  return {
    kind: "form",
    title: form.title,
    headline: form.headline,
    ...(onlyYou && { onlyYou: words.onlyYou }),
    ...(readers !== undefined && { readers }),
    inputs: inputs(answer),
    notes: [...(isPaused ? [form.isPaused] : []), form.lag],
    buttons: [
      {
        title:
          question.command === "digest-edit" ? words.digest.buttons.save : words.digest.buttons.subscribe,
        verb: "digest-set",
        question,
        ...baseOf(answer),
      },
      {
        title: words.digest.buttons.preview,
        verb: "digest-preview",
        question,
        base: answer.base ?? question,
      },
      cancelButton(answer),
    ],
  };
}

/** Whether a second press is needed: guests, people of another tenant, or more than a hundred readers. */
export function needsConfirmation({ people, guests, fromElsewhere }: Readers): boolean {
  return guests > 0 || fromElsewhere > 0 || people > MANY_READERS;
}

export interface ConfirmAnswer extends Pick<FormAnswer, "question" | "audience" | "onlyYou" | "base"> {
  readonly readers: Readers;
  /** What was chosen; it travels with the second press. */
  readonly values: FormValues;
}

/** Names those who will see the numbers, and asks once more. */
export function confirmView(answer: ConfirmAnswer): FormView {
  const { question, audience, readers, values, onlyYou = false } = answer;
  const { words } = audience;
  const { number } = createFormat(audience);
  const { form, buttons } = words.digest;
  const { people, guests, fromElsewhere } = readers;
  const who = form.willSee([
    ...(guests > 0 ? [form.guests(number(guests), guests === 1)] : []),
    ...(fromElsewhere > 0 ? [form.foreign(number(fromElsewhere), fromElsewhere === 1)] : []),
    ...(guests === 0 && fromElsewhere === 0 ? [form.many(number(people))] : []),
  ]);
  return {
    kind: "form",
    title: form.title,
    headline: who,
    ...(onlyYou && { onlyYou: words.onlyYou }),
    readers: who,
    inputs: [],
    notes: [],
    buttons: [
      { title: buttons.subscribeAnyway, verb: "digest-confirm", question, values, ...baseOf(answer) },
      cancelButton(answer),
    ],
  };
}

function readersLine({ name, readers }: DigestPlace, audience: Audience): string | undefined {
  const { form } = audience.words.digest;
  const { number } = createFormat(audience);
  const place = name === undefined ? undefined : printable(name, 100);
  if (readers === undefined) {
    return place;
  }
  const line = form.readers(
    number(readers.people),
    readers.guests > 0 ? number(readers.guests) : undefined,
    readers.fromElsewhere > 0 ? number(readers.fromElsewhere) : undefined,
    readers.people === 1,
  );
  return place === undefined ? line : form.inPlace(place, line);
}

function inputs({ schedule, extras, audience, problems = [], otherZone = "" }: FormAnswer): FormInput[] {
  const { words } = audience;
  const { form } = words.digest;
  const problem = (field: FormProblem): { readonly problem?: string } =>
    problems.includes(field) ? { problem: form.problems[field] } : {};
  return [
    {
      kind: "choice",
      id: "day",
      label: form.day,
      value: String(schedule.day),
      choices: words.dates.weekdays.map((title, index) => ({ title, value: String(index + 1) })),
      ...problem("day"),
    },
    {
      kind: "choice",
      id: "time",
      label: form.time,
      value: schedule.time,
      choices: times(schedule.time).map((time) => ({ title: time, value: time })),
      ...problem("time"),
    },
    {
      kind: "choice",
      id: "zone",
      label: form.zone,
      value: schedule.timeZone,
      choices: zones(audience, schedule.timeZone),
    },
    {
      kind: "text",
      id: "otherZone",
      label: form.otherZone,
      value: printable(otherZone),
      placeholder: form.otherZoneExample,
      ...problem("zone"),
    },
    {
      kind: "choices",
      id: "extras",
      label: form.extras,
      values: extras,
      choices: DIGEST_EXTRAS.map((value) => ({ title: form.extra[value], value })),
    },
  ];
}

/** Every full hour of a working day, and what is set. */
function times(set: string): string[] {
  const hours = Array.from(
    { length: LAST_HOUR - FIRST_HOUR + 1 },
    (_unused, index) => `${String(FIRST_HOUR + index).padStart(2, "0")}:00`,
  );
  return [...new Set([...hours, set])].sort();
}

function zones({ timeZone, words, now }: Audience, set: string): Choice[] {
  const offered = [...new Set([knownZone(timeZone), set, ...COMMON_ZONES, "UTC"])];
  return offered.map((zone) => ({ title: zoneTitle(zone, now, words), value: zone }));
}

function zoneTitle(zone: string, now: Date, { digest: { form } }: Words): string {
  return zone === "UTC" ? zone : form.zoneNow(zone, offsetOf(zone, now));
}

/** In a message of its own the form gives way to the state of the digest, for all who see it. */
function cancelButton({ audience: { words }, base }: Pick<FormAnswer, "audience" | "base">): ActionButton {
  const title = words.digest.buttons.cancel;
  return base
    ? { title, verb: "back", question: base }
    : { title, verb: "refresh", question: { command: "digest", options: {} } };
}

function baseOf({ base }: Pick<FormAnswer, "base">): { readonly base?: Question } {
  return base ? { base } : {};
}
