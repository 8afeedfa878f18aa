/** Every setting by its name in the environment. `.env.sample` explains each; a test keeps both equal. */
export const SETTINGS = [
  "PORT",
  "HOST",
  "METRICS_PORT",
  "METRICS_HOST",
  "MicrosoftAppType",
  "MicrosoftAppId",
  "MicrosoftAppPassword",
  "MicrosoftAppTenantId",
  "AZURE_TENANT_ID",
  "AZURE_CLIENT_ID",
  "AZURE_CLIENT_SECRET",
  "AZURE_CLIENT_CERTIFICATE_PATH",
  "AZURE_FEDERATED_TOKEN_FILE",
  "GRAPH_CLOUD",
  "GRAPH_BASE_URL",
  "GRAPH_ACCESS_TOKEN",
  "GRAPH_REPORTS",
  "EXCLUDE_GROUP_IDS",
  "ACCESS_REPORTS",
  "ACCESS_PERSON",
  "ACCESS_PEOPLE",
  "ACCESS_MANAGE",
  "ACCESS_AUDIT",
  "CHANNEL_REPORTS",
  "SMALL_GROUP_FLOOR",
  "TARGET_HIGH",
  "TARGET_LOW",
  "KEEP_HISTORY",
  "KEEP_AUDIT",
  "SERVICE_CHANGES_FILE",
  "PHONE_PROVIDER",
  "DATA_DIR",
  "DATABASE_URL",
  "COLLECT_EVERY",
  "REFRESH_AFTER",
  "DIGEST_CATCH_UP",
  "QUEUE_LIMIT",
  "LOG_LEVEL",
  "SERVICE_URL_HOSTS",
  "ChannelService",
  "ToBotFromChannelOpenIdMetadataUrl",
  "ToBotFromChannelTokenIssuer",
  "ToChannelFromBotLoginUrl",
  "ToChannelFromBotOAuthScope",
  "OAuthUrl",
  "TEAMS_APP_ID",
  "TEAMS_APP_NAME",
  "TEAMS_APP_DEVELOPER",
  "TEAMS_APP_WEBSITE",
  "TEAMS_APP_PRIVACY",
  "TEAMS_APP_TERMS",
] as const;

export type SettingName = (typeof SETTINGS)[number];

/** What is wrong with one setting, and what to do about it. Never holds the value of a secret. */
export interface SettingProblem {
  readonly setting: SettingName;
  readonly problem: string;
  readonly remedy: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads settings and gathers everything that is wrong, so that all of it is reported at once. */
export interface SettingsReader {
  /** The trimmed value; an empty one counts as not set. */
  text(name: SettingName): string | undefined;
  /** The trimmed value, also an empty one; undefined where the setting is not there. */
  raw(name: SettingName): string | undefined;
  /** One of the allowed words, in any case. */
  choice<T extends string>(name: SettingName, allowed: readonly T[], fallback: T): T;
  wholeNumber(name: SettingName, range: readonly [min: number, max: number], fallback: number): number;
  /** What `parse` makes of the value; a value that it does not take is a problem. */
  parsed<T>(
    name: SettingName,
    parse: (text: string) => T | undefined,
    problem: string,
    remedy: string,
  ): T | undefined;
  report(setting: SettingName, problem: string, remedy: string): void;
  readonly problems: readonly SettingProblem[];
}

export function readSettings(environment: Environment): SettingsReader {
  const problems: SettingProblem[] = [];
  const report: SettingsReader["report"] = (setting, problem, remedy) => {
    problems.push({ setting, problem, remedy });
  };
  const text: SettingsReader["text"] = (name) => environment[name]?.trim() || undefined;
  return {
    text,
    raw: (name) => environment[name]?.trim(),
    report,
    problems,
    choice(name, allowed, fallback) {
      const said = text(name);
      const found = allowed.find((word) => word.toLowerCase() === said?.toLowerCase());
      if (said !== undefined && found === undefined) {
        report(name, `"${said}" is not known.`, `Use one of: ${allowed.join(", ")}.`);
      }
      return found ?? fallback;
    },
    wholeNumber(name, [min, max], fallback) {
      const said = text(name);
      if (said === undefined) {
        return fallback;
      }
      const number = /^\d{1,15}$/.test(said) ? Number(said) : Number.NaN;
      if (!(number >= min && number <= max)) {
        report(
          name,
          `"${said}" is not a whole number from ${min} to ${max}.`,
          `Set it to such a number, or leave it out for ${fallback}.`,
        );
        return fallback;
      }
      return number;
    },
    parsed(name, parse, problem, remedy) {
      const said = text(name);
      const value = said === undefined ? undefined : parse(said);
      if (said !== undefined && value === undefined) {
        report(name, problem, remedy);
      }
      return value;
    },
  };
}

/** Names that somebody may take for one of the settings of access: with them, the defaults would hold unseen. */
const NO_SETTINGS = [
  "ACCESS_REPORT",
  "ACCESS_PERSONS",
  "ACCESS_MANAGER",
  "ACCESS_MANAGERS",
  "ACCESS_DIGEST",
  "ACCESS_DIGESTS",
  "ACCESS_AUDITS",
  "ACCESS_EXPORT",
];

/** Names that differ from a setting only in upper and lower case: on most systems such a line has no effect. */
export function reportMisspelt(environment: Environment, settings: SettingsReader): void {
  for (const name of NO_SETTINGS.filter((candidate) => environment[candidate] !== undefined)) {
    settings.report(
      "ACCESS_REPORTS",
      `${name} is no setting, so it lets nobody in and keeps nobody out.`,
      "Use ACCESS_REPORTS, ACCESS_PERSON, ACCESS_PEOPLE, ACCESS_MANAGE or ACCESS_AUDIT.",
    );
  }
  for (const name of SETTINGS.filter((candidate) => candidate.length > 8)) {
    const twin = Object.keys(environment).find(
      (key) => key !== name && key.toLowerCase() === name.toLowerCase(),
    );
    if (twin && environment[name] === undefined) {
      settings.report(name, `It is written as ${twin}, which is not read.`, `Rename it to ${name}.`);
    }
  }
}
