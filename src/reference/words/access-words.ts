import type { Permission } from "../../access/permission.ts";

/** Words about who may see what. */
export interface AccessWords {
  /** What a permission opens, after "may": "see the reports". */
  readonly may: Readonly<Record<Permission, string>>;
  /** The same as a short title: "Reports". */
  readonly titles: Readonly<Record<Permission, string>>;
  readonly everyone: string;
  readonly named: string;
  readonly group: (nameOrId: string) => string;
  /** All roles that may read the reports in Entra, in one word; `whichRoles` names them. */
  readonly reportRoles: string;
  readonly whichRoles: (roles: readonly string[]) => string;
  readonly nobody: string;
  /** "a, b or c". */
  readonly or: (items: readonly string[]) => string;
  readonly denied: (may: string) => string;
  readonly openTo: (holders: string) => string;
  readonly who: string;
  /** What to ask for, where a group opens it. */
  readonly askGroup: (groups: string) => string;
  /** What to ask for, where none does; `setting` is that of the product. */
  readonly askForGroup: (setting: string) => string;
  /** For who holds the permission and is not in the team. */
  readonly outside: { readonly what: string; readonly who: string; readonly todo: string };
  /** An administrator's role may be on another account, or not be activated. */
  readonly twoAccounts: string;
  readonly pim: string;
  readonly yes: (because: string) => string;
  readonly no: (holders: string) => string;
  readonly operatorYes: string;
  /** "You may see the reports and manage digests." */
  readonly youMay: (mays: readonly string[]) => string;
  readonly youMayNothing: string;
  /** First line of the first answer in a place that several people read. */
  readonly readByAll: string;
  readonly personalOnly: {
    readonly title: string;
    readonly line: string;
    readonly open: string;
    readonly ask: string;
  };
  readonly moved: {
    readonly title: string;
    readonly sent: string;
    readonly notSent: string;
  };
}
