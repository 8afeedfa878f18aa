import type { Call } from "./call.ts";
import { answerCollection, type CollectionReport } from "./collection.ts";
import { badRequest, GraphError } from "./graph-error.ts";
import type { People } from "./people.ts";
import { parseQuery } from "./query.ts";
import { mix } from "./random.ts";
import { defaultMfaMethod, preferredMethod, type Registration, registrationOf } from "./registration.ts";
import { type RegistrationCount, USER_ROLES, USER_TYPES } from "./registration-counts.ts";
import type { Row, Source } from "./rows.ts";
import { HOUR } from "./time.ts";

const FLAG = { type: "boolean", operators: ["eq"] } as const;
const NAME = { type: "string", operators: ["eq", "startswith"], ignoresCase: true } as const;
const LIST = { type: "string", operators: ["any"] } as const;

/** learn.microsoft.com/graph/api/resources/userregistrationdetails: nothing may be asked of the other properties. */
const DETAILS: CollectionReport = {
  name: "userRegistrationDetails",
  context: "$metadata#reports/authenticationMethods/userRegistrationDetails",
  rules: {
    filter: {
      isMfaCapable: FLAG,
      isMfaRegistered: FLAG,
      isPasswordlessCapable: FLAG,
      isSsprCapable: FLAG,
      isSsprEnabled: FLAG,
      isSsprRegistered: FLAG,
      isSystemPreferredAuthenticationMethodEnabled: FLAG,
      methodsRegistered: LIST,
      systemPreferredAuthenticationMethods: LIST,
      // One value, though its page says `any`.
      userPreferredMethodForSecondaryAuthentication: { type: "string", operators: ["any", "eq"] },
      userDisplayName: NAME,
      userPrincipalName: NAME,
    },
    orderBy: ["userDisplayName", "userPrincipalName"],
    top: true,
  },
};

/** The report is made a few times a day, and each person's row at its own moment before that. */
const REFRESH_HOURS = 6;
const REFRESH_SPREAD_HOURS = 20;
const REFRESH_SALT = 22;

export function userRegistrationDetails(call: Call): object {
  return answerCollection(call, DETAILS, detailRows(call));
}

export function userRegistrationDetailsOf(call: Call): object {
  parseQuery(call.query, {});
  const id = call.parameters[0] ?? "";
  const row = findDetails(call, id);
  if (!row)
    throw new GraphError(404, "ResourceNotFound", `User registration details of '${id}' were not found.`);
  return { "@odata.context": `${call.origin}/${call.version}/${DETAILS.context}/$entity`, ...row };
}

function findDetails(call: Call, id: string): Row | undefined {
  const scripted = call.company.script.rows?.userRegistrationDetails;
  if (scripted) return scripted.find((row) => row["id"] === id);
  const index = call.company.people.indexOf(id);
  return index === undefined ? undefined : detailRow(call, index, call.now);
}

function detailRows(call: Call): Source {
  const { people } = call.company;
  return function* everybody(asOf, from) {
    for (let index = from; index < people.count; index++) yield [index, detailRow(call, index, asOf)];
  };
}

function detailRow(call: Call, index: number, asOf: number): Row {
  const { people, growth } = call.company;
  const person = people.at(index);
  const registration = registrationOf(people, index, person, growth(asOf));
  const preferred = preferredMethod(registration.methods);
  return {
    id: person.id,
    userPrincipalName: person.userPrincipalName,
    userDisplayName: person.displayName,
    userType: person.kind === "guest" ? "guest" : "member",
    ...flagsOf(registration),
    lastUpdatedDateTime: lastUpdated(people, index, asOf),
    methodsRegistered: registration.methods,
    isSystemPreferredAuthenticationMethodEnabled: registration.isMfaCapable,
    systemPreferredAuthenticationMethods:
      registration.isMfaCapable && preferred !== "none" ? [preferred] : [],
    userPreferredMethodForSecondaryAuthentication: preferred,
    ...(call.version === "beta" && { defaultMfaMethod: defaultMfaMethod(registration.methods) }),
  };
}

function flagsOf(registration: Registration): Omit<Registration, "methods"> {
  const { methods: _, ...flags } = registration;
  return flags;
}

/** Graph writes seven digits of a second here. */
function lastUpdated(people: People, index: number, asOf: number): string {
  const hash = mix(people.seed, index, REFRESH_SALT);
  const made = Math.floor(asOf / (REFRESH_HOURS * HOUR)) * REFRESH_HOURS * HOUR;
  const at = new Date(made - (hash % (REFRESH_SPREAD_HOURS * HOUR)));
  return `${at.toISOString().slice(0, -1)}${String(hash % 10_000).padStart(4, "0")}Z`;
}

export function usersRegisteredByFeature(call: Call): object {
  return answerOne(call, "usersRegisteredByFeature", "userRegistrationFeatureSummary", (count) => ({
    userRegistrationFeatureCounts: [
      { feature: "ssprRegistered", userCount: count.byFlag.isSsprRegistered },
      { feature: "ssprEnabled", userCount: count.byFlag.isSsprEnabled },
      { feature: "ssprCapable", userCount: count.byFlag.isSsprCapable },
      { feature: "passwordlessCapable", userCount: count.byFlag.isPasswordlessCapable },
      { feature: "mfaCapable", userCount: count.byFlag.isMfaCapable },
    ],
  }));
}

export function usersRegisteredByMethod(call: Call): object {
  return answerOne(call, "usersRegisteredByMethod", "userRegistrationMethodSummary", (count) => ({
    userRegistrationMethodCounts: [["password", count.total] as const, ...count.byMethod].map(
      ([authenticationMethod, userCount]) => ({ authenticationMethod, userCount }),
    ),
  }));
}

/** Both summaries are one object, not a list, and take no query options. */
function answerOne(
  call: Call,
  name: "usersRegisteredByFeature" | "usersRegisteredByMethod",
  type: string,
  details: (count: RegistrationCount) => object,
): object {
  parseQuery(call.query, {});
  const userTypes = oneOf(USER_TYPES, call.parameters[0]);
  const userRoles = oneOf(USER_ROLES, call.parameters[1]);
  const head = {
    "@odata.context": `${call.origin}/${call.version}/$metadata#microsoft.graph.${type}`,
    "@odata.type": `#microsoft.graph.${type}`,
  };
  const scripted = call.company.script.rows?.[name]?.[0];
  if (scripted) return { ...head, ...scripted };
  const count = call.company.counts(userTypes, userRoles, call.now);
  return { ...head, totalUserCount: count.total, userTypes, userRoles, ...details(count) };
}

function oneOf<Value extends string>(values: readonly Value[], text: string | undefined): Value | "all" {
  if (text === undefined) return "all";
  const value = values.find((one) => one === text);
  if (value === undefined) throw badRequest(`Invalid value '${text}'.`);
  return value;
}
