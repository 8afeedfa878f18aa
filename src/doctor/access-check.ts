import type { Permission } from "../access/permission.ts";
import type { AccessRules } from "../access/rules.ts";
import { SETTING_OF } from "../config/access.ts";
import type { Words } from "../reference/words/words.ts";
import { ok, problem, type Row } from "./row.ts";

interface NamedGroup {
  readonly id: string;
  /** The settings that name it, with commas between them. */
  readonly settings: string;
}

/** Who may ask what, by the rules alone: how many groups, roles and people each setting names. */
export function accessRow(rules: AccessRules, words: Words): Row {
  const { ok: said, nobody, none } = words.doctor.access;
  if (rules.reports.length === 0) {
    return { id: "access", ...problem(none.what, none.remedy) };
  }
  const held = permissionsOf(rules).map(([permission, holders]) => {
    const counts = new Map<string, number>();
    for (const { kind } of holders) {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    const parts = [...counts].map(([kind, count]) => `${kind} × ${count}`);
    return `${SETTING_OF[permission]} ${parts.join(" + ") || nobody}`;
  });
  return { id: "access", ...ok(said(held.join(", "))) };
}

/** Every group that the rules name, once. */
export function groupsOf(rules: AccessRules): readonly NamedGroup[] {
  const settings = new Map<string, Set<string>>();
  for (const [permission, holders] of permissionsOf(rules)) {
    for (const holder of holders.filter(({ kind }) => kind === "group")) {
      const id = "id" in holder ? holder.id : "";
      settings.set(id, (settings.get(id) ?? new Set()).add(SETTING_OF[permission]));
    }
  }
  return [...settings].map(([id, names]) => ({ id, settings: [...names].join(", ") }));
}

function permissionsOf(rules: AccessRules): readonly [Permission, AccessRules[Permission]][] {
  return Object.entries(rules) as [Permission, AccessRules[Permission]][];
}
