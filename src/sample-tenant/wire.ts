import { BASIC_REGISTRATION_METHODS, BASIC_USAGE_METHODS } from "./methods.ts";

/** `Edm.Int64` properties of all reports, by name. */
const INT64: ReadonlySet<string> = new Set([
  "totalUserCount",
  "registrationCount",
  "userCount",
  "successfulActivityCount",
  "failureActivityCount",
  "totalSignIns",
  "singleFactorSignIns",
  "multiFactorSignIns",
  "passwordResetsByAdminCount",
  "passwordResetsSelfServiceCount",
  "changePasswordSelfServiceCount",
  "successActivityCount",
]);

/** Properties of an evolvable enum, with the members that every client is sent. */
const ENUMS: Readonly<Record<string, ReadonlySet<string>>> = {
  authMethod: BASIC_USAGE_METHODS,
  authMethods: BASIC_REGISTRATION_METHODS,
};

export interface Dialect {
  /** The OData rule for clients that asked with IEEE754Compatible=true. */
  readonly int64AsText: boolean;
  /** The client asked for the members behind `unknownFutureValue` with `Prefer: include-unknown-enum-members`. */
  readonly unknownMembers: boolean;
}

export function toJson(body: unknown, dialect: Dialect): string {
  return JSON.stringify(body, (key, value: unknown) => {
    if (dialect.int64AsText && typeof value === "number" && INT64.has(key)) return String(value);
    const members = Object.hasOwn(ENUMS, key) ? ENUMS[key] : undefined;
    return members && !dialect.unknownMembers ? hideUnknown(value, members) : value;
  });
}

function hideUnknown(value: unknown, members: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => hideUnknown(one, members));
  return typeof value === "string" && !members.has(value) ? "unknownFutureValue" : value;
}
