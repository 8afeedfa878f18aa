import type { UserId } from "../kernel/ids.ts";
import { REPORT_READING_ROLES } from "../reference/roles.ts";
import type { Permission } from "./permission.ts";

/** Who may hold a permission. `name` is what people are told; a group without one is told by its id. */
export type Holder =
  | { readonly kind: "group"; readonly id: string; readonly name?: string }
  | { readonly kind: "role"; readonly id: string; readonly name: string }
  | { readonly kind: "user"; readonly id: UserId }
  /** Every member of the reported tenant; guests and people of other tenants are none. */
  | { readonly kind: "everyone-in-tenant" };

/** For each permission who holds it; an empty list is nobody. */
export type AccessRules = Readonly<Record<Permission, readonly Holder[]>>;

/** The holders of a report-reading role: they may see all of it in Entra anyway. */
export const REPORT_READERS: readonly Holder[] = REPORT_READING_ROLES.map(({ name, templateId }) => ({
  kind: "role",
  id: templateId,
  name,
}));

/** What Entra says of a person now. */
export interface Holdings {
  readonly userId: UserId;
  /** In the reported tenant; `none` where it has no such account. Undefined where no rule needs it. */
  readonly account?: "member" | "guest" | "none";
  /** Of the groups and roles that the rules name: those held directly or through another group, in lower case. */
  readonly ids: ReadonlySet<string>;
}

/** `because` are the holders that let the person in; there is at least one. */
export type Decision =
  | { readonly allowed: true; readonly because: readonly Holder[] }
  | { readonly allowed: false };

export const DENIED: Decision = { allowed: false };

/** Pure and total: who matches no holder is refused, and so is everybody by an empty list. */
export function decideBy(holders: readonly Holder[], holdings: Holdings): Decision {
  const because = holders.filter((holder) => matches(holder, holdings));
  return because.length > 0 ? { allowed: true, because } : DENIED;
}

function matches(holder: Holder, { userId, account, ids }: Holdings): boolean {
  switch (holder.kind) {
    case "group":
    case "role":
      return ids.has(holder.id.toLowerCase());
    case "user":
      return holder.id === userId && (account === "member" || account === "guest");
    case "everyone-in-tenant":
      return account === "member";
  }
}

/** The ids that Entra is asked about. */
export function idsOf(rules: AccessRules): readonly string[] {
  const holders = Object.values(rules).flat();
  const ids = holders.flatMap((holder) =>
    holder.kind === "group" || holder.kind === "role" ? [holder.id.toLowerCase()] : [],
  );
  return [...new Set(ids)];
}

/** Whether some rule asks what kind of account a person has. */
export function asksForAccount(rules: AccessRules, userId: UserId): boolean {
  return Object.values(rules)
    .flat()
    .some(
      (holder) => holder.kind === "everyone-in-tenant" || (holder.kind === "user" && holder.id === userId),
    );
}
