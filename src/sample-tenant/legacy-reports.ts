import type { Call } from "./call.ts";
import { answerCollection, type CollectionReport } from "./collection.ts";
import type { Tally } from "./event-log.ts";
import { guidOf, guidOfText } from "./guids.ts";
import { legacyRegistrationMethods, legacyUsageMethod } from "./methods.ts";
import { registrationOf } from "./registration.ts";
import { listed, type Row } from "./rows.ts";
import { beginOf } from "./time.ts";
import { toPeriod } from "./usage-reports.ts";

const TEXT = { type: "string", operators: ["eq"] } as const;
const FLAG = { type: "boolean", operators: ["eq"] } as const;
const NAME = { type: "string", operators: ["eq", "startswith"], ignoresCase: true } as const;

const COUNT: CollectionReport = {
  name: "getCredentialUserRegistrationCount",
  context: contextOf("credentialUserRegistrationCount"),
  rules: {},
};
const SUMMARY: CollectionReport = {
  name: "getCredentialUsageSummary",
  context: contextOf("getCredentialUsageSummary"),
  rules: { filter: { feature: TEXT }, top: true },
};
const REGISTRATION: CollectionReport = {
  name: "credentialUserRegistrationDetails",
  context: contextOf("credentialUserRegistrationDetails"),
  rules: {
    filter: {
      userDisplayName: NAME,
      userPrincipalName: NAME,
      authMethods: { type: "string", operators: ["any"] },
      isRegistered: FLAG,
      isEnabled: FLAG,
      isCapable: FLAG,
      isMfaRegistered: FLAG,
    },
    orderBy: [
      "userDisplayName",
      "userPrincipalName",
      "isRegistered",
      "isEnabled",
      "isCapable",
      "isMfaRegistered",
    ],
    top: true,
  },
};
const USAGE: CollectionReport = {
  name: "userCredentialUsageDetails",
  context: contextOf("getUserCredentialUsageDetails"),
  rules: {
    filter: {
      feature: TEXT,
      userDisplayName: NAME,
      userPrincipalName: NAME,
      isSuccess: FLAG,
      authMethod: { type: "enum", operators: ["eq"] },
      failureReason: NAME,
    },
    orderBy: ["isSuccess"],
    top: true,
  },
};

/** Ids of the legacy rows are not the people's object ids. */
const LEGACY_ID_SALT = 0x1e6acc;

function contextOf(type: string): string {
  return `reports/$metadata#Collection(microsoft.graph.${type})`;
}

export function credentialUserRegistrationCount(call: Call): object {
  const { total, byFlag } = call.company.counts("all", "all", call.now);
  const userRegistrationCounts = [
    { registrationStatus: "registered", registrationCount: byFlag.isSsprRegistered },
    { registrationStatus: "enabled", registrationCount: byFlag.isSsprEnabled },
    { registrationStatus: "capable", registrationCount: byFlag.isSsprCapable },
    { registrationStatus: "mfaRegistered", registrationCount: byFlag.isMfaRegistered },
  ];
  const row = { id: guidOfText("registration"), totalUserCount: total, userRegistrationCounts };
  return answerCollection(call, COUNT, listed([row]));
}

/** The period is understood in either case here; only rows with tries are listed. */
export function credentialUsageSummary(call: Call): object {
  const period = toPeriod((call.parameters[0] ?? "").toLowerCase());
  const tallies = call.company.log.tally(call.now, beginOf(period, call.now), Number.POSITIVE_INFINITY);
  const rows = inLegacyWords(tallies).map(({ feature, method, successes, failures }) => ({
    id: guidOfText(`${period} ${feature} ${method} legacy`),
    feature,
    successfulActivityCount: successes,
    failureActivityCount: failures,
    authMethod: method,
  }));
  return answerCollection(call, SUMMARY, listed(rows));
}

/** Several of today's methods share one legacy name: their tries are added. */
function inLegacyWords(tallies: readonly Tally[]): readonly Tally[] {
  const merged = new Map<string, Tally>();
  for (const { feature, method, successes, failures } of tallies) {
    if (successes + failures === 0) continue;
    const legacy = legacyUsageMethod(feature, method);
    const key = JSON.stringify([feature, legacy]);
    const sum = merged.get(key) ?? { successes: 0, failures: 0 };
    merged.set(key, {
      feature,
      method: legacy,
      successes: sum.successes + successes,
      failures: sum.failures + failures,
    });
  }
  return [...merged.values()];
}

export function credentialUserRegistrationDetails(call: Call): object {
  const { people } = call.company;
  return answerCollection(call, REGISTRATION, function* everybody(asOf, from) {
    for (let index = from; index < people.count; index++)
      yield [index, legacyRegistration(call, index, asOf)];
  });
}

function legacyRegistration(call: Call, index: number, asOf: number): Row {
  const { people, growth } = call.company;
  const person = people.at(index);
  const registration = registrationOf(people, index, person, growth(asOf));
  return {
    id: guidOf(people.seed ^ LEGACY_ID_SALT, index),
    userPrincipalName: person.userPrincipalName,
    userDisplayName: person.displayName,
    authMethods: legacyRegistrationMethods(registration.methods),
    isRegistered: registration.isSsprRegistered,
    isEnabled: registration.isSsprEnabled,
    isCapable: registration.isSsprCapable,
    isMfaRegistered: registration.isMfaRegistered,
  };
}

export function userCredentialUsageDetails(call: Call): object {
  const { log } = call.company;
  return answerCollection(call, USAGE, function* events(asOf, from) {
    for (const [position, row] of log.rows(asOf, from)) {
      yield [position, { ...row, authMethod: legacyUsageMethod(row.feature, row.authMethod) }];
    }
  });
}
