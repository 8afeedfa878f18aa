import { PERMISSIONS, type Permission } from "../access/permission.ts";
import { type AccessRules, type Holder, REPORT_READERS } from "../access/rules.ts";
import { toUserId } from "../kernel/ids.ts";
import { BUILT_IN_ROLES } from "../reference/roles.ts";
import type { SettingName, SettingsReader } from "./settings.ts";

/** The setting of each permission. */
export const SETTING_OF: Readonly<Record<Permission, SettingName>> = {
  reports: "ACCESS_REPORTS",
  person: "ACCESS_PERSON",
  people: "ACCESS_PEOPLE",
  manage: "ACCESS_MANAGE",
  audit: "ACCESS_AUDIT",
};

const FORM =
  "Write group:<object id>, role:<name or template id>, user:<object id> or everyone-in-tenant, with commas " +
  "between them. A group's name may follow in parentheses: group:<object id> (SSPR report readers).";

/**
 * Who holds each permission. A setting that is not there means the report-reading roles; one that is there and
 * empty means nobody.
 */
export function accessRules(settings: SettingsReader): AccessRules {
  const rules = PERMISSIONS.map((permission) => [permission, holdersOf(settings, SETTING_OF[permission])]);
  return Object.fromEntries(rules) as Record<Permission, readonly Holder[]>;
}

function holdersOf(settings: SettingsReader, name: SettingName): readonly Holder[] {
  const said = settings.raw(name);
  if (said === undefined) {
    return REPORT_READERS;
  }
  const entries = said
    .split(/[,;\n]/)
    .map((entry) => entry.trim())
    .filter(Boolean);
  return entries.flatMap((entry) => {
    const holder = holderOf(entry);
    if (holder === undefined) {
      settings.report(name, `"${entry}" says nobody.`, FORM);
    }
    return holder ?? [];
  });
}

function holderOf(entry: string): Holder | undefined {
  if (entry.toLowerCase() === "everyone-in-tenant") {
    return { kind: "everyone-in-tenant" };
  }
  const [, kind = "", named = ""] = /^(group|role|user)\s*:\s*(.+)$/i.exec(entry) ?? [];
  switch (kind.toLowerCase()) {
    case "group":
      return groupOf(named);
    case "role":
      return roleOf(named);
    case "user": {
      const id = toUserId(named);
      return id && { kind: "user", id };
    }
    default:
      return undefined;
  }
}

function groupOf(named: string): Holder | undefined {
  const [, guid, name] = /^(\S+)(?:\s+\((.+)\))?$/.exec(named) ?? [];
  const id = toUserId(guid);
  return id && { kind: "group", id, ...(name && { name }) };
}

function roleOf(named: string): Holder | undefined {
  const wanted = named.toLowerCase();
  const known = BUILT_IN_ROLES.find(
    ({ name, templateId }) => name.toLowerCase() === wanted || templateId === wanted,
  );
  const id = known?.templateId ?? toUserId(named);
  return id === undefined ? undefined : { kind: "role", id, name: known?.name ?? id };
}
