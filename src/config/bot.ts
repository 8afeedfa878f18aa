import type { GraphCloud } from "../graph/clouds.ts";
import type { CredentialSettings } from "../graph/credential.ts";
import { type TenantId, toTenantId, toUserId } from "../kernel/ids.ts";
import type { SettingName, SettingsReader } from "./settings.ts";

const GUID_REMEDY = "Copy the id from the app's overview page in the Entra admin center.";

/** The bot's registration as the settings name it; `credential` only where the settings give one of its own. */
export interface BotRegistration {
  readonly appId: string;
  readonly tenantId: TenantId;
  readonly managedIdentity: boolean;
  readonly password?: string;
}

/** The registration, or undefined in local mode (no `MicrosoftAppId`). */
export function botRegistration(settings: SettingsReader): BotRegistration | undefined {
  const appId = settings.parsed(
    "MicrosoftAppId",
    toUserId,
    "It is not an application id (a GUID).",
    GUID_REMEDY,
  );
  const tenantId = settings.parsed(
    "MicrosoftAppTenantId",
    toTenantId,
    "It is not a tenant id (a GUID).",
    GUID_REMEDY,
  );
  const type = settings.choice("MicrosoftAppType", ["SingleTenant", "UserAssignedMSI"], "SingleTenant");
  const password = settings.text("MicrosoftAppPassword");
  if (!settings.text("MicrosoftAppId")) {
    return undefined;
  }
  if (!settings.text("MicrosoftAppTenantId")) {
    settings.report(
      "MicrosoftAppTenantId",
      "It is missing.",
      "Set it to the tenant of the bot's registration.",
    );
  }
  if (type === "UserAssignedMSI" && password) {
    settings.report(
      "MicrosoftAppPassword",
      "A user-assigned managed identity has no password.",
      "Remove it, or set MicrosoftAppType to SingleTenant.",
    );
  }
  if (!appId || !tenantId) {
    return undefined;
  }
  return { appId, tenantId, managedIdentity: type === "UserAssignedMSI", ...(password && { password }) };
}

/** How the bot signs in to post: its own password or identity, else the credential that Graph has. */
export function botCredential(
  bot: BotRegistration,
  graph: CredentialSettings | undefined,
  settings: SettingsReader,
): CredentialSettings | undefined {
  if (bot.managedIdentity) {
    return { kind: "managed-identity", clientId: bot.appId };
  }
  if (bot.password) {
    return { kind: "secret", tenantId: bot.tenantId, clientId: bot.appId, clientSecret: bot.password };
  }
  if (graph && "clientId" in graph && graph.clientId === bot.appId && graph.kind !== "managed-identity") {
    return { ...graph, tenantId: bot.tenantId };
  }
  settings.report(
    "MicrosoftAppPassword",
    "The bot has no credential of its own to post with.",
    "Set it to a client secret of MicrosoftAppId, or give that app a certificate or federated token file.",
  );
  return undefined;
}

const FOUR_TOGETHER: readonly SettingName[] = [
  "ToBotFromChannelOpenIdMetadataUrl",
  "ToBotFromChannelTokenIssuer",
  "ToChannelFromBotLoginUrl",
  "ToChannelFromBotOAuthScope",
];

/**
 * What Microsoft documents for a bot in the cloud whose Graph is read: its Teams is in the same cloud. The SDK knows
 * the rest of Azure Government by itself.
 * Sources: learn.microsoft.com/azure/bot-service/how-to-deploy-gov-cloud-high and …/how-to-deploy-china-cloud
 */
function documentedCloud(cloud: GraphCloud, tenantId: TenantId): Readonly<Record<string, string>> {
  switch (cloud) {
    case "usgov":
    case "usgovdod":
      return { ChannelService: "https://botframework.azure.us" };
    case "china":
      return {
        OAuthUrl: "https://token.botframework.azure.cn/",
        ToChannelFromBotLoginUrl: `https://login.partner.microsoftonline.cn/${tenantId}`,
        ToChannelFromBotOAuthScope: "https://api.botframework.azure.cn",
        ToBotFromChannelTokenIssuer: "https://api.botframework.azure.cn",
        ToBotFromChannelOpenIdMetadataUrl:
          "https://login.botframework.azure.cn/v1/.well-known/openidconfiguration",
      };
    case "global":
      return {};
  }
}

/**
 * The Bot Framework's own settings for other clouds, or what is documented for the cloud. The SDK takes all four `To…` settings from the
 * environment as soon as one is there, and then refuses every token where another is missing.
 */
export function botCloud(
  settings: SettingsReader,
  cloud: GraphCloud,
  bot: BotRegistration | undefined,
): Readonly<Record<string, string>> {
  const missing = FOUR_TOGETHER.filter((name) => !settings.text(name));
  if (missing.length > 0 && missing.length < FOUR_TOGETHER.length) {
    for (const name of missing) {
      settings.report(
        name,
        "It is missing while others of its group are set.",
        `Set all of ${FOUR_TOGETHER.join(", ")}, or none.`,
      );
    }
  }
  const names: readonly SettingName[] = ["ChannelService", "OAuthUrl", ...FOUR_TOGETHER];
  const said = names.flatMap((name) => {
    const value = settings.text(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return said.length === 0 && bot ? documentedCloud(cloud, bot.tenantId) : Object.fromEntries(said);
}
