import { GraphError } from "./graph-error.ts";
import type { Claims } from "./tokens.ts";
import { REPORT_ROLES } from "./viewers.ts";

export interface AccessRule {
  /** Any one of these is enough. */
  readonly permissions: readonly string[];
  /** The report answers signed-in people only. */
  readonly delegatedOnly?: true;
  /** A report needs a licence, and a role of the person who signed in; a directory call needs neither. */
  readonly isReport: boolean;
}

/** @throws GraphError 403 in the words that the documentation and public threads have for it */
export function authorise(
  rule: AccessRule,
  claims: Claims,
  holdings: ReadonlySet<string>,
  isLicensed: boolean,
): void {
  const isApp = claims.idtyp === "app";
  // What an app-only call of a delegated-only report is answered is not documented; 403 is expected.
  if (isApp && rule.delegatedOnly) throw requestDenied();
  const granted = isApp ? (claims.roles ?? []) : (claims.scp ?? "").split(" ");
  if (!rule.permissions.some((permission) => granted.includes(permission))) {
    throw rule.isReport ? permissionMissing(rule.permissions[0] ?? "") : requestDenied();
  }
  if (!rule.isReport) return;
  if (!isApp && !REPORT_ROLES.some((role) => holdings.has(role))) throw unsupportedRole();
  if (!isLicensed) throw noLicence();
}

export function permissionMissing(permission: string): GraphError {
  return new GraphError(
    403,
    "Authentication_MSGraphPermissionMissing",
    `Calling principal does not have required MSGraph permissions ${permission}`,
  );
}

export function unsupportedRole(): GraphError {
  return new GraphError(
    403,
    "Authentication_RequestFromUnsupportedUserRole",
    "User is not in the allowed roles",
  );
}

export function noLicence(): GraphError {
  return new GraphError(
    403,
    "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
    "Neither tenant is B2C or tenant doesn't have premium license",
  );
}

export function requestDenied(): GraphError {
  return new GraphError(
    403,
    "Authorization_RequestDenied",
    "Insufficient privileges to complete the operation.",
  );
}
