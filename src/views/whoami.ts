import { REPORT_READING_ROLES } from "../reference/roles.ts";
import type { Audience } from "./audience.ts";
import { printable } from "./plain-text.ts";
import type { Fact, WhoAmIView } from "./view.ts";

export interface WhoAmI {
  readonly tenantId: string;
  readonly audience: Audience;
  /** Absent for the terminal: it acts as the operator. */
  readonly userId?: string;
  /** Pass it in a personal chat only. */
  readonly name?: string;
  /** "undecided": Graph did not answer the check, or refused it. */
  readonly allowed: boolean | "undecided";
  /** The permission for whose want Graph refused the check; only where it is undecided. */
  readonly missingPermission?: string;
  /** Template ids of the report-reading roles that the person holds. */
  readonly roles: readonly string[];
}

/** Who asks, whether the reports are open to that person, why, and what to ask an administrator for. */
export function whoAmIView(asker: WhoAmI): WhoAmIView {
  const { tenantId, audience, userId, name, allowed, roles } = asker;
  const { whoAmI } = audience.words;
  const isOperator = userId === undefined;
  const held = REPORT_READING_ROLES.filter(({ templateId }) => roles.includes(templateId)).map(
    (role) => role.name,
  );
  const access = isOperator ? whoAmI.operatorAccess : accessOf(asker);
  const facts: Fact[] = [
    { name: whoAmI.access, value: access },
    ...(name ? [{ name: whoAmI.name, value: printable(name, 100) }] : []),
    ...(isOperator || allowed === "undecided"
      ? []
      : [{ name: whoAmI.roles, value: held.length > 0 ? held.join(", ") : whoAmI.noRoles }]),
    ...(isOperator ? [] : [{ name: whoAmI.account, value: printable(userId) }]),
    { name: whoAmI.tenant, value: printable(tenantId) },
  ];
  return {
    kind: "whoami",
    title: isOperator ? whoAmI.operator : whoAmI.title,
    headline: `${access}.`,
    facts,
    lines: isOperator ? [whoAmI.operatorWhy] : reasons(asker, held),
    buttons: [],
  };
}

function accessOf({ allowed, missingPermission, audience: { words } }: WhoAmI): string {
  const { whoAmI } = words;
  if (allowed === "undecided") {
    return missingPermission ? whoAmI.unchecked : whoAmI.undecided;
  }
  return allowed ? whoAmI.yes : whoAmI.no;
}

function reasons(
  { allowed, missingPermission, audience: { words } }: WhoAmI,
  held: readonly string[],
): string[] {
  const { whoAmI } = words;
  if (allowed === "undecided") {
    return [missingPermission ? whoAmI.lacking(printable(missingPermission)) : whoAmI.later];
  }
  return allowed
    ? [whoAmI.because(held)]
    : [whoAmI.needed(REPORT_READING_ROLES.map((role) => role.name)), whoAmI.askFor];
}
