import { PERMISSIONS, type Permission } from "../access/permission.ts";
import type { AccessRules, Decision } from "../access/rules.ts";
import type { Audience } from "./audience.ts";
import { groupsOf, holdersInShort, holdersText, reportRolesLine, settingOf } from "./holders.ts";
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
  readonly access: Readonly<Record<Permission, Decision>> | "undecided";
  /** Who holds what. */
  readonly rules: AccessRules;
  /** The permission for whose want Graph refused the check; only where it is undecided. */
  readonly missingPermission?: string;
}

/** Who asks, what is open to that person and why, and what to ask an administrator for. */
export function whoAmIView(asker: WhoAmI): WhoAmIView {
  const { tenantId, audience, userId, name } = asker;
  const { whoAmI } = audience.words;
  const isOperator = userId === undefined;
  const summary = isOperator ? whoAmI.operatorAccess : summaryOf(asker);
  const facts: Fact[] = [
    ...(name ? [{ name: whoAmI.name, value: printable(name, 100) }] : []),
    ...(isOperator ? [{ name: whoAmI.access, value: summary }] : permissionFacts(asker)),
    ...(isOperator ? [] : [{ name: whoAmI.account, value: printable(userId) }]),
    { name: whoAmI.tenant, value: printable(tenantId) },
  ];
  return {
    kind: "whoami",
    title: isOperator ? whoAmI.operator : whoAmI.title,
    headline: `${summary}.`,
    facts,
    lines: isOperator ? [whoAmI.operatorWhy] : adviceOf(asker),
    buttons: [],
  };
}

function summaryOf({ access, missingPermission, audience: { words } }: WhoAmI): string {
  const { whoAmI } = words;
  if (access === "undecided") {
    return missingPermission ? whoAmI.unchecked : whoAmI.undecided;
  }
  const mays = PERMISSIONS.filter((permission) => access[permission].allowed);
  return mays.length > 0
    ? whoAmI.allowed(mays.map((permission) => words.access.may[permission]).join(", "))
    : whoAmI.refused;
}

/** A line for each permission: why it is open, or to whom it is. */
function permissionFacts(asker: WhoAmI): Fact[] {
  const { access, rules, audience } = asker;
  const { words } = audience;
  if (access === "undecided") {
    return [{ name: words.whoAmI.access, value: summaryOf(asker) }];
  }
  return PERMISSIONS.map((permission) => {
    const decision = access[permission];
    const value = decision.allowed
      ? words.access.yes(holdersText(decision.because, words))
      : words.access.no(holdersInShort(rules[permission], words));
    return { name: words.access.titles[permission], value };
  });
}

/** What to do about what is not open, as the refusal itself says it. */
function adviceOf({ access, rules, missingPermission, audience: { words } }: WhoAmI): string[] {
  const { whoAmI, access: told } = words;
  if (access === "undecided") {
    return [missingPermission ? whoAmI.lacking(printable(missingPermission)) : whoAmI.later];
  }
  // What is open to nobody cannot be asked for.
  const refused = PERMISSIONS.find(
    (permission) => !access[permission].allowed && rules[permission].length > 0,
  );
  return refused ? [reportRolesLine(words), askFor(refused, rules, words), told.twoAccounts, told.pim] : [];
}

function askFor(permission: Permission, rules: AccessRules, words: Audience["words"]): string {
  const groups = groupsOf(rules[permission]);
  return groups.length > 0
    ? words.access.askGroup(words.access.or(groups))
    : words.access.askForGroup(settingOf(permission));
}
