import type { People } from "./people.ts";
import { byWeight, mix, stream } from "./random.ts";
import { reasonsOf } from "./reasons.ts";
import { DAY, HOUR } from "./time.ts";

type Feature = "registration" | "reset";

/** A feature tried with a method: one row of userRegistrationActivity. */
export interface TryKind {
  readonly feature: Feature;
  readonly method: string;
}

/** One try, before it is put in words. */
export interface Try {
  /** Unix time in milliseconds, at a whole second. */
  readonly at: number;
  /** When the reports have it; Graph's numbers lag. */
  readonly visibleFrom: number;
  /** Index into TRY_KINDS. */
  readonly kind: number;
  /** Index of the person. */
  readonly person: number;
  /** Empty when the try succeeded. */
  readonly reason: string;
}

/** Feature, method, tries of 10,000 and share that succeeds. Voice calls and security questions fare badly. */
const PROFILE: readonly (readonly [Feature, string, number, number])[] = [
  ["registration", "windowsHelloForBusiness", 250, 0.95],
  ["registration", "microsoftAuthenticatorPush", 2_260, 0.81],
  ["registration", "email", 470, 0.9],
  ["registration", "mobilePhone", 850, 0.88],
  ["registration", "officePhone", 12, 0.7],
  ["registration", "alternateMobilePhone", 28, 0.85],
  ["registration", "securityQuestion", 40, 0.83],
  ["registration", "softwareOneTimePasscode", 330, 0.84],
  ["registration", "hardwareOneTimePasscode", 6, 0.75],
  ["registration", "fido2SecurityKey", 50, 0.8],
  ["registration", "temporaryAccessPass", 36, 0.98],
  ["registration", "microsoftAuthenticatorPasswordless", 70, 0.85],
  ["registration", "macOsSecureEnclaveKey", 14, 0.9],
  ["registration", "passKeyDeviceBound", 20, 0.78],
  ["registration", "passKeyDeviceBoundAuthenticator", 120, 0.72],
  ["registration", "passKeyDeviceBoundWindowsHello", 24, 0.86],
  ["registration", "externalAuthMethod", 0, 1],
  ["reset", "email", 990, 0.8],
  ["reset", "mobilePhone", 160, 0.54],
  ["reset", "officePhone", 0, 1],
  ["reset", "alternateMobilePhone", 20, 0.6],
  ["reset", "securityQuestion", 50, 0.57],
  ["reset", "microsoftAuthenticatorPush", 2_630, 0.93],
  ["reset", "sms", 1_540, 0.81],
  ["reset", "oneTimePasscode", 30, 0.88],
];

/** The rows of userRegistrationActivity in the order of its documented sample, those without tries included. */
export const TRY_KINDS: readonly TryKind[] = PROFILE.map(([feature, method]) => ({ feature, method }));

const pickKind = byWeight(PROFILE.map(([, , weight]) => weight));
const SUCCESS_SHARES = PROFILE.map(([, , , share]) => share);
const REASONS = PROFILE.map(([feature, method]) => reasonsOf(feature, method));

/** Tries in an average 30 days: so many per person, and a few even where there is one person only. */
const PER_PERSON = 1.6;
const AT_LEAST = 6;

/** The company works in central Europe's winter time, Monday to Friday. */
const OFFSET_HOURS = 1;
const BY_HOUR = [1, 1, 1, 1, 2, 6, 22, 70, 120, 110, 95, 85, 60, 85, 90, 75, 60, 40, 25, 20, 16, 12, 7, 3];
const BY_WEEKDAY = [18, 125, 122, 118, 115, 105, 25];
const HOUR_SHARE = shares(BY_HOUR);
const WEEKDAY_SHARE = shares(BY_WEEKDAY);

const COUNT_SALT = 31;
const DAY_SALT = 32;
const TRY_SALT = 33;
/** Rooms and service accounts reset nothing: draw again, a few times at most. */
const PERSON_DRAWS = 4;

/** The tries of the hour that begins at `hour`, newest first; always the same for a seed and a number of people. */
export function triesOfHour(people: People, hour: number, lag: number): readonly Try[] {
  const index = Math.floor(hour / HOUR);
  const draw = stream(mix(people.seed, index, TRY_SALT));
  const tries = Array.from({ length: countOf(people, hour) }, () => oneTry(people, hour, lag, draw));
  return tries.sort((one, other) => other.at - one.at);
}

function oneTry(people: People, hour: number, lag: number, draw: () => number): Try {
  const at = hour + Math.floor(draw() * 3600) * 1000;
  const kind = pickKind(draw());
  const failed = draw() >= (SUCCESS_SHARES[kind] ?? 1);
  const reason = REASONS[kind]?.(draw()) ?? "";
  // Squared: most rows arrive within hours, the last ones only after the whole lag.
  const visibleFrom = at + draw() ** 2 * lag;
  return { at, visibleFrom, kind, person: somebody(people, draw), reason: failed ? reason : "" };
}

function somebody(people: People, draw: () => number): number {
  let person = 0;
  for (let round = 0; round < PERSON_DRAWS; round++) {
    person = Math.floor(draw() * people.count);
    if (people.kindAt(person) !== "service") return person;
  }
  return person;
}

function countOf(people: People, hour: number): number {
  if (people.count === 0) return 0;
  const local = hour + OFFSET_HOURS * HOUR;
  const date = new Date(local);
  const dayFactor = 0.85 + (0.3 * mix(people.seed, Math.floor(local / DAY), DAY_SALT)) / 2 ** 32;
  const rhythm = (HOUR_SHARE[date.getUTCHours()] ?? 0) * (WEEKDAY_SHARE[date.getUTCDay()] ?? 0) * dayFactor;
  const expected = ((people.count * PER_PERSON + AT_LEAST) / 720) * rhythm;
  return Math.floor(expected + mix(people.seed, Math.floor(hour / HOUR), COUNT_SALT) / 2 ** 32);
}

/** Scaled so that they average to one. */
function shares(weights: readonly number[]): readonly number[] {
  const average = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  return weights.map((weight) => weight / average);
}
