import type { Call } from "./call.ts";
import { answerCollection, type CollectionReport } from "./collection.ts";
import { guidOfText } from "./guids.ts";
import { mix } from "./random.ts";
import { listed, type Row } from "./rows.ts";
import { DAY, PERIOD_HOURS, toSeconds } from "./time.ts";
import { toPeriod } from "./usage-reports.ts";

const MORE_THAN = { type: "number", operators: ["gt"] } as const;

const MFA: CollectionReport = {
  name: "userMfaSignInSummary",
  context: "$metadata#reports/authenticationMethods/userMfaSignInSummary",
  rules: {},
};
const PASSWORDS: CollectionReport = {
  name: "userPasswordResetsAndChangesSummary",
  context: "$metadata#reports/authenticationMethods/userPasswordResetsAndChangesSummary",
  rules: {
    filter: {
      passwordResetsByAdminCount: MORE_THAN,
      passwordResetsSelfServiceCount: MORE_THAN,
      changePasswordSelfServiceCount: MORE_THAN,
    },
  },
};
const SIGN_INS: CollectionReport = {
  name: "userSignInsByAuthMethodSummary",
  context: "$metadata#Collection(microsoft.graph.userSignInUsageByAuthMethodActivity)",
  rules: {},
};

const DAYS = 30;
const SALT = 41;

/** Sign-ins of a person on a working day. */
const SIGN_INS_PER_PERSON = 3.2;
const SUNDAY_TO_SATURDAY = [0.2, 1, 1, 1, 1, 0.9, 0.25];
/** Many a reset asks for two methods, so there are fewer resets than tries that worked. */
const TRIES_PER_RESET = 1.25;

/** Successful sign-ins of a person and day, by method. */
const SIGN_INS_BY_METHOD: Readonly<Record<string, number>> = {
  password: 1.9,
  sms: 0.21,
  smsSignIn: 0,
  mobilePhone: 0.02,
  alternateMobilePhone: 0.001,
  officePhone: 0.001,
  microsoftAuthenticatorPush: 0.62,
  oneTimePasscode: 0.12,
  microsoftAuthenticatorPasswordless: 0.08,
  windowsHelloForBusiness: 0.55,
  fido2SecurityKey: 0.03,
  temporaryAccessPass: 0.002,
  macOsSecureEnclaveKey: 0.004,
  passKeyDeviceBound: 0.05,
  passKeySynced: 0.01,
  externalAuthMethod: 0,
};

export function userMfaSignInSummary(call: Call): object {
  const rows = days(call).map((day) => {
    const totalSignIns = signInsOf(call, day);
    const multiFactorSignIns = Math.round(totalSignIns * (0.62 + 0.08 * noise(call, day, 1)));
    return {
      "@odata.type": "#microsoft.graph.userMfaSignInSummary",
      id: guidOfText(`sign-ins ${day}`),
      createdDateTime: toSeconds(day),
      totalSignIns,
      singleFactorSignIns: totalSignIns - multiFactorSignIns,
      multiFactorSignIns,
    };
  });
  return answerCollection(call, MFA, listed(rows));
}

/** Self-service resets follow from the day's reset tries, so that the reports tell one story. */
export function userPasswordResetsAndChangesSummary(call: Call): object {
  const rows = days(call).map((day): Row => {
    const tallies = call.company.log.tally(call.now, day, day + DAY);
    const worked = tallies
      .filter(({ feature }) => feature === "reset")
      .reduce((sum, row) => sum + row.successes, 0);
    return {
      "@odata.type": "#microsoft.graph.userPasswordResetsAndChangesSummary",
      id: guidOfText(`passwords ${day}`),
      aggregatedDateTime: toSeconds(day),
      passwordResetsByAdminCount: Math.round(worked * 0.15 * noise(call, day, 2)),
      passwordResetsSelfServiceCount: Math.round(worked / TRIES_PER_RESET),
      changePasswordSelfServiceCount: Math.round(worked * (0.3 + 0.3 * noise(call, day, 3))),
    };
  });
  return answerCollection(call, PASSWORDS, listed(rows));
}

export function userSignInsByAuthMethodSummary(call: Call): object {
  const daysOfPeriod = PERIOD_HOURS[toPeriod(call.parameters[0] ?? "")] / 24;
  const rows = Object.entries(SIGN_INS_BY_METHOD).map(([authenticationMethod, perDay]) => ({
    authenticationMethod,
    successActivityCount: Math.round(call.company.people.count * perDay * daysOfPeriod * 0.75),
  }));
  return answerCollection(call, SIGN_INS, listed(rows));
}

/** Midnights in UTC: of today, and of the whole days before. */
function days(call: Call): readonly number[] {
  const today = Math.floor(call.now / DAY) * DAY;
  return Array.from({ length: DAYS }, (_, back) => today - back * DAY);
}

function signInsOf(call: Call, day: number): number {
  const rhythm = SUNDAY_TO_SATURDAY[new Date(day).getUTCDay()] ?? 1;
  const share = Math.min(1, (call.now - day) / DAY);
  return Math.round(
    call.company.people.count * SIGN_INS_PER_PERSON * rhythm * share * (0.9 + 0.2 * noise(call, day, 0)),
  );
}

/** From 0 to 1, the same for a day. */
function noise(call: Call, day: number, salt: number): number {
  return mix(call.company.people.seed, Math.floor(day / DAY), SALT + salt) / 2 ** 32;
}
