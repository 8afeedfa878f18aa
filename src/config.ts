import type { AccessRules } from "./access/rules.ts";
import { accessRules } from "./config/access.ts";
import { botCloud, botCredential, botRegistration } from "./config/bot.ts";
import { type GraphSettings, graphSettings, reportedTenant } from "./config/graph.ts";
import { ownServiceChanges } from "./config/service-changes.ts";
import {
  type Environment,
  readSettings,
  reportMisspelt,
  type SettingProblem,
  type SettingsReader,
} from "./config/settings.ts";
import { type StoreSettings, storeSettings } from "./config/store.ts";
import type { CredentialSettings } from "./graph/credential.ts";
import type { TenantId } from "./kernel/ids.ts";
import { LOG_LEVELS, type LogLevel } from "./kernel/log.ts";
import { isLoopback } from "./kernel/loopback.ts";
import {
  PHONE_ENDS,
  PHONE_PROVIDERS,
  type PhoneProvider,
  type ServiceChange,
  serviceChangesFor,
} from "./reference/service-changes.ts";

/** The settings after all checks. */
export interface Config extends StoreSettings {
  readonly port: number;
  readonly host: string;
  /** Where the metrics are served beside the public port; absent where nobody scrapes them. */
  readonly metricsAddress?: { readonly host: string; readonly port: number };
  /** Absent in local mode: then inbound authentication is off, and only this machine can reach the server. */
  readonly bot?: {
    readonly appId: string;
    readonly tenantId: TenantId;
    readonly credential: CredentialSettings;
  };
  readonly botCloud: Readonly<Record<string, string>>;
  /** The one tenant that is reported on. The terminal can learn it from its token; a server must know it. */
  readonly tenantId?: TenantId;
  readonly graph: GraphSettings;
  readonly access: AccessRules;
  /** Answers with numbers may be given where several people read them; else they go to the personal chat. */
  readonly channelReports: boolean;
  /** Counts of people below it are not told exactly; 0 tells all. */
  readonly smallGroupFloor: number;
  /** Per cent of the people: at `high` the rollout is where it should be, under `low` far from it. */
  readonly targets: { readonly high: number; readonly low: number };
  /** Months that numbers over time and what was posted are kept. */
  readonly keepHistory: number;
  /** Months that the audit is kept. */
  readonly keepAudit: number;
  /** What Microsoft announced for the cloud that is read, the oldest first. */
  readonly serviceChanges: readonly ServiceChange[];
  /** With `own`, the ends of Microsoft's delivery by phone are not among the changes. */
  readonly phoneProvider: PhoneProvider;
  /** Hosts beside Microsoft's own ones that may be given the bot's token; for private clouds. */
  readonly serviceHosts: readonly string[];
  /** Milliseconds between two collections by schedule; 0 where numbers are read on request alone. */
  readonly collectEvery: number;
  /** Milliseconds. */
  readonly refreshAfter: number;
  /** Milliseconds after its time within which a digest still goes out. */
  readonly digestCatchUp: number;
  /** Questions and presses that wait for their turn; what comes beyond them is refused. */
  readonly queueLimit: number;
  readonly logLevel: LogLevel;
}

/** A bot knows beforehand whose numbers it shows. */
export type BotConfig = Config & { readonly tenantId: TenantId };

export type ConfigResult = { readonly config: Config } | { readonly problems: readonly SettingProblem[] };

/**
 * Reads all settings from an environment. `purpose` is `serve` for the bot and `terminal` for commands that
 * a person runs; only a bot needs to know the tenant beforehand.
 */
export function loadConfig(environment: Environment, purpose: "serve" | "terminal"): ConfigResult {
  const settings = readSettings(environment);
  reportMisspelt(environment, settings);
  const registration = botRegistration(settings);
  const tenantId = reportedTenant(settings, registration);
  const graph = graphSettings(settings, tenantId, registration);
  const credential = registration && botCredential(registration, graph?.credential, settings);
  const namesTenant = settings.text("AZURE_TENANT_ID") ?? settings.text("MicrosoftAppId");
  if (purpose === "serve" && !tenantId && namesTenant === undefined) {
    settings.report(
      "AZURE_TENANT_ID",
      "It is missing.",
      "Set it to the id of the tenant whose numbers are shown.",
    );
  }
  const common = {
    ...address(settings),
    ...metricsAddress(settings),
    botCloud: botCloud(settings, graph?.cloud ?? "global", registration),
    access: accessRules(settings),
    channelReports: settings.choice("CHANNEL_REPORTS", ["on", "off"], "on") === "on",
    smallGroupFloor: settings.wholeNumber("SMALL_GROUP_FLOOR", [0, 1_000], 5),
    targets: targets(settings),
    keepHistory: settings.wholeNumber("KEEP_HISTORY", [1, 1_200], 25),
    keepAudit: settings.wholeNumber("KEEP_AUDIT", [1, 1_200], 12),
    phoneProvider: settings.choice("PHONE_PROVIDER", PHONE_PROVIDERS, "microsoft"),
    serviceHosts: serviceHosts(settings),
    ...storeSettings(settings),
    collectEvery: collectEvery(settings),
    refreshAfter: settings.wholeNumber("REFRESH_AFTER", [0, 30 * 86_400], 900) * 1000,
    digestCatchUp: settings.wholeNumber("DIGEST_CATCH_UP", [0, 6 * 86_400], 86_400) * 1000,
    queueLimit: settings.wholeNumber("QUEUE_LIMIT", [0, 10_000], 128),
    logLevel: settings.choice("LOG_LEVEL", LOG_LEVELS, "info"),
  };
  const ownChanges = ownServiceChanges(settings);
  if (settings.problems.length > 0 || !graph) {
    return { problems: settings.problems };
  }
  const bot = registration &&
    credential && { appId: registration.appId, tenantId: registration.tenantId, credential };
  const serviceChanges = serviceChangesFor(graph.cloud, ownChanges).filter(
    ({ id }) => common.phoneProvider === "microsoft" || !PHONE_ENDS.some((end) => end === id),
  );
  return { config: { ...common, graph, serviceChanges, ...(tenantId && { tenantId }), ...(bot && { bot }) } };
}

/** Without `MicrosoftAppId` anybody who reaches the port is believed, so only this machine may reach it. */
function address(settings: SettingsReader): { port: number; host: string } {
  const registered = settings.text("MicrosoftAppId") !== undefined;
  const host = settings.text("HOST") ?? (registered ? "0.0.0.0" : "127.0.0.1");
  if (!registered && !isLoopback(host)) {
    settings.report(
      "HOST",
      `Without MicrosoftAppId the bot trusts every request, so it does not listen on "${host}".`,
      "Set MicrosoftAppId, or leave HOST out.",
    );
  }
  return { host, port: settings.wholeNumber("PORT", [0, 65_535], 3978) };
}

/** Seconds in the setting. More often than every quarter of an hour, a large tenant would never be done. */
function collectEvery(settings: SettingsReader): number {
  const shortest = 900;
  const seconds = settings.wholeNumber("COLLECT_EVERY", [0, 7 * 86_400], 6 * 3_600);
  if (seconds > 0 && seconds < shortest) {
    settings.report(
      "COLLECT_EVERY",
      `${seconds} seconds are too few.`,
      `Set it to ${shortest} or more, or to 0 to read numbers only when somebody asks for them.`,
    );
  }
  return seconds * 1000;
}

/**
 * Of their own port: the one of messages is on the Internet, and what a proxy hands on looks like somebody nearby.
 * Whoever needs them from elsewhere than this machine says so.
 */
function metricsAddress(settings: SettingsReader): Pick<Config, "metricsAddress"> {
  const host = settings.text("METRICS_HOST");
  if (settings.text("METRICS_PORT") === undefined) {
    if (host !== undefined) {
      settings.report("METRICS_HOST", "It has no effect without METRICS_PORT.", "Set METRICS_PORT, too.");
    }
    return {};
  }
  const port = settings.wholeNumber("METRICS_PORT", [0, 65_535], 0);
  if (port !== 0 && String(port) === (settings.text("PORT") ?? "3978")) {
    settings.report(
      "METRICS_PORT",
      "It is the port of messages, which is public.",
      "Set it to another port.",
    );
  }
  return { metricsAddress: { host: host ?? "127.0.0.1", port } };
}

function targets(settings: SettingsReader): Config["targets"] {
  const high = settings.wholeNumber("TARGET_HIGH", [1, 100], 90);
  const low = settings.wholeNumber("TARGET_LOW", [0, 99], 70);
  if (low >= high) {
    settings.report("TARGET_LOW", `It is not below TARGET_HIGH (${high}).`, "Set it to a smaller number.");
  }
  return { high, low };
}

function serviceHosts(settings: SettingsReader): readonly string[] {
  const said = settings.text("SERVICE_URL_HOSTS")?.split(/[\s,;]+/) ?? [];
  const hosts = said.map((host) => host.toLowerCase()).filter(Boolean);
  for (const host of hosts.filter((name) => !/^(?=.*\.)[a-z0-9]([a-z0-9.-]*[a-z0-9])$/.test(name))) {
    settings.report(
      "SERVICE_URL_HOSTS",
      `"${host}" is no host name.`,
      "Write host names with commas between them, without https:// and without a path.",
    );
  }
  return hosts;
}

/** All problems as lines for a person, each with its remedy. */
export function settingsReport(problems: readonly SettingProblem[]): string {
  const lines = problems.map(({ setting, problem, remedy }) => `  ${setting}: ${problem}\n    ${remedy}`);
  return ["AuthPulse cannot start with these settings:", ...lines].join("\n");
}
