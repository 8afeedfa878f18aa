import type { Permission } from "../access/permission.ts";
import type { Holder } from "../access/rules.ts";
import { REPORT_READING_ROLES } from "../reference/roles.ts";
import type { Words } from "../reference/words/words.ts";
import { printable } from "./plain-text.ts";

/** "members of the group SSPR report readers, Reports Reader or Global Reader"; groups come first. */
export function holdersText(holders: readonly Holder[], words: Words): string {
  return textOf(holders, rolesOf(holders), words);
}

/** The same in short: who holds any report-reading role is said in one word. */
export function holdersInShort(holders: readonly Holder[], words: Words): string {
  const roles = rolesOf(holders);
  const all = REPORT_READING_ROLES.map(({ name }) => name);
  const others = roles.filter((role) => !all.includes(role));
  const isAll = all.every((role) => roles.includes(role));
  return textOf(holders, isAll ? [words.access.reportRoles, ...others] : roles, words);
}

/** The report-reading roles by name, where `holdersInShort` says them in one word. */
export function reportRolesLine({ access }: Words): string {
  return access.whichRoles(REPORT_READING_ROLES.map(({ name }) => name));
}

function rolesOf(holders: readonly Holder[]): readonly string[] {
  return holders.flatMap((holder) => (holder.kind === "role" ? [printable(holder.name, 100)] : []));
}

function textOf(holders: readonly Holder[], roles: readonly string[], { access }: Words): string {
  const groups = groupsOf(holders).map(access.group);
  const everyone = holders.some(({ kind }) => kind === "everyone-in-tenant") ? [access.everyone] : [];
  const named = holders.some(({ kind }) => kind === "user") ? [access.named] : [];
  const all = [...groups, ...everyone, ...roles, ...named];
  return all.length > 0 ? access.or(all) : access.nobody;
}

/** The groups among them, by name where there is one. */
export function groupsOf(holders: readonly Holder[]): readonly string[] {
  return holders.flatMap((holder) =>
    holder.kind === "group" ? [printable(holder.name ?? holder.id, 100)] : [],
  );
}

/** The setting that says who holds a permission. */
export function settingOf(permission: Permission): string {
  return `ACCESS_${permission.toUpperCase()}`;
}
