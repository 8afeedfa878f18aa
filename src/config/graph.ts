import { endpointsOf, GRAPH_CLOUDS, type GraphCloud } from "../graph/clouds.ts";
import type { CredentialSettings } from "../graph/credential.ts";
import { tenantOfToken } from "../graph/token.ts";
import { systemClock } from "../kernel/clock.ts";
import { type TenantId, toTenantId, toUserId } from "../kernel/ids.ts";
import { isLoopback } from "../kernel/loopback.ts";
import { READER_IDS, type ReaderId } from "../ports/usage.ts";
import type { BotRegistration } from "./bot.ts";
import { certificateProblem, type FileProblem, fileProblem } from "./certificate.ts";
import type { SettingName, SettingsReader } from "./settings.ts";

export interface GraphSettings {
  readonly cloud: GraphCloud;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly reports: "auto" | ReaderId;
  /** Object ids of the groups whose members are left out of figures and lists of people. */
  readonly excludeGroups: readonly string[];
  readonly credential: CredentialSettings;
}

/** The tenant that is reported on: its own setting, the bot's tenant, or the one that the ready token names. */
export function reportedTenant(
  settings: SettingsReader,
  bot: BotRegistration | undefined,
): TenantId | undefined {
  const said = settings.parsed(
    "AZURE_TENANT_ID",
    toTenantId,
    "It is not a tenant id (a GUID).",
    "Copy the tenant id from the Entra admin center's overview page.",
  );
  const token = settings.text("GRAPH_ACCESS_TOKEN");
  const ofToken = token === undefined ? undefined : tenantOfToken(token);
  const tenant = said ?? bot?.tenantId ?? ofToken;
  if (ofToken && tenant && ofToken !== tenant) {
    settings.report(
      "GRAPH_ACCESS_TOKEN",
      "It belongs to another tenant than the one reported on.",
      "Use a token of AZURE_TENANT_ID.",
    );
  }
  return tenant;
}

/** Where Graph is and how to sign in to it; undefined when a setting that it needs is a problem. */
export function graphSettings(
  settings: SettingsReader,
  tenantId: TenantId | undefined,
  bot: BotRegistration | undefined,
): GraphSettings | undefined {
  const cloud = settings.choice("GRAPH_CLOUD", GRAPH_CLOUDS, "global");
  const reports = settings.choice("GRAPH_REPORTS", ["auto", ...READER_IDS], "auto");
  const baseUrl = settings.parsed(
    "GRAPH_BASE_URL",
    graphBaseUrl,
    "It is not an https address, or an http address on loopback.",
    `Leave it out for ${endpointsOf(cloud).graph}.`,
  );
  if (reports === "legacy" && cloud !== "global") {
    settings.report("GRAPH_REPORTS", "The legacy reports exist in the global cloud only.", "Set it to auto.");
  }
  const excludeGroups = groupIds(settings);
  const credential = graphCredential(settings, tenantId, bot);
  return (
    credential && { cloud, reports, excludeGroups, baseUrl: baseUrl ?? endpointsOf(cloud).graph, credential }
  );
}

/** Ids with commas or blanks between them; what is none is a problem, and not a group less. */
function groupIds(settings: SettingsReader): readonly string[] {
  const said = (settings.text("EXCLUDE_GROUP_IDS") ?? "").split(/[\s,]+/).filter((word) => word !== "");
  const ids = new Set<string>();
  for (const word of said) {
    const id = toUserId(word);
    if (id) {
      ids.add(id);
    } else {
      settings.report(
        "EXCLUDE_GROUP_IDS",
        `"${word}" is not the object id of a group (a GUID).`,
        "Copy the object id from the group's overview page in the Entra admin center; put commas between ids.",
      );
    }
  }
  return [...ids];
}

function graphBaseUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain = url && !url.username && !url.password && !url.search && !url.hash;
  const safe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
  return url && plain && safe ? `${url.origin}${url.pathname.replace(/\/+$/, "")}` : undefined;
}

const PROOFS: readonly SettingName[] = [
  "AZURE_CLIENT_SECRET",
  "AZURE_CLIENT_CERTIFICATE_PATH",
  "AZURE_FEDERATED_TOKEN_FILE",
];

function graphCredential(
  settings: SettingsReader,
  tenantId: TenantId | undefined,
  bot: BotRegistration | undefined,
): CredentialSettings | undefined {
  const token = settings.text("GRAPH_ACCESS_TOKEN");
  const ownId = settings.parsed(
    "AZURE_CLIENT_ID",
    toUserId,
    "It is not an application id (a GUID).",
    "Copy the id from the app's overview page in the Entra admin center.",
  );
  const proofs = PROOFS.filter((name) => settings.text(name));
  for (const name of proofs.slice(1)) {
    settings.report(name, `It is set beside ${proofs[0]}.`, "Keep one of them; only one can be used.");
  }
  if (token) {
    return { kind: "token", token };
  }
  const clientId = ownId ?? bot?.appId;
  if (proofs[0]) {
    return provenCredential(settings, proofs[0], tenantId, clientId);
  }
  return botOrDeveloper(settings, tenantId, clientId, bot);
}

function provenCredential(
  settings: SettingsReader,
  proof: SettingName,
  tenantId: TenantId | undefined,
  clientId: string | undefined,
): CredentialSettings | undefined {
  const value = settings.text(proof) ?? "";
  if (!clientId) {
    settings.report(
      "AZURE_CLIENT_ID",
      `It is missing beside ${proof}.`,
      "Set it to the id of the app that reads Graph.",
    );
  }
  if (!tenantId) {
    settings.report(
      "AZURE_TENANT_ID",
      `It is missing beside ${proof}.`,
      "Set it to the tenant to report on.",
    );
  }
  const wrong = wrongFile(proof, value);
  if (wrong) {
    settings.report(proof, wrong.problem, wrong.remedy);
  }
  if (!clientId || !tenantId) {
    return undefined;
  }
  switch (proof) {
    case "AZURE_CLIENT_CERTIFICATE_PATH":
      return { kind: "certificate", tenantId, clientId, certificatePath: value };
    case "AZURE_FEDERATED_TOKEN_FILE":
      return { kind: "federated", tenantId, clientId, tokenFilePath: value };
    default:
      return { kind: "secret", tenantId, clientId, clientSecret: value };
  }
}

/** A token file is renewed while the bot runs, so only whether it can be read is looked at. */
function wrongFile(proof: SettingName, path: string): FileProblem | undefined {
  switch (proof) {
    case "AZURE_CLIENT_CERTIFICATE_PATH":
      return certificateProblem(path, systemClock.now());
    case "AZURE_FEDERATED_TOKEN_FILE":
      return fileProblem(path);
    default:
      return undefined;
  }
}

/**
 * Without a proof of its own Graph is read as the bot. Only where there is no bot registration may it be the
 * developer's own sign-in: a registered bot would answer everybody with that person's rights.
 */
function botOrDeveloper(
  settings: SettingsReader,
  tenantId: TenantId | undefined,
  clientId: string | undefined,
  bot: BotRegistration | undefined,
): CredentialSettings | undefined {
  if (!bot) {
    return { kind: "developer", ...(tenantId && { tenantId }) };
  }
  if (bot.managedIdentity) {
    return { kind: "managed-identity", clientId: clientId ?? bot.appId };
  }
  if (bot.password && tenantId && (clientId ?? bot.appId) === bot.appId) {
    return { kind: "secret", tenantId, clientId: bot.appId, clientSecret: bot.password };
  }
  settings.report(
    "AZURE_CLIENT_SECRET",
    "There is no credential to read Graph with.",
    `Set one of ${PROOFS.join(", ")}, or MicrosoftAppPassword for the bot's own app.`,
  );
  return undefined;
}
