import { toUserId } from "../kernel/ids.ts";
import type { TeamsApp } from "../teams-app/manifest.ts";
import {
  type Environment,
  readSettings,
  reportMisspelt,
  type SettingName,
  type SettingProblem,
  type SettingsReader,
} from "./settings.ts";

/**
 * Reads what the app package needs from an environment, and reports everything that is wrong at once. The app's id
 * is that of the bot where none is set: the same in every package, so that an upload updates the app that is there.
 */
export function teamsAppSettings(
  environment: Environment,
): { readonly app: TeamsApp } | { readonly problems: readonly SettingProblem[] } {
  const settings = readSettings(environment);
  reportMisspelt(environment, settings);
  const botId = guid(settings, "MicrosoftAppId", BOT_REMEDY);
  reportMissing(settings, "MicrosoftAppId", BOT_REMEDY);
  const id = guid(settings, "TEAMS_APP_ID", "Copy the app's id from Teams, or leave it out.");
  const name = short(settings, "TEAMS_APP_NAME", 30);
  const developer = short(settings, "TEAMS_APP_DEVELOPER", 32);
  const website = page(settings, "TEAMS_APP_WEBSITE");
  reportMissing(settings, "TEAMS_APP_WEBSITE", WEBSITE_REMEDY);
  const privacy = page(settings, "TEAMS_APP_PRIVACY") ?? website;
  const terms = page(settings, "TEAMS_APP_TERMS") ?? website;
  return settings.problems.length === 0 && botId && website && privacy && terms
    ? { app: { id: id ?? botId, botId, name, developer, website, privacy, terms } }
    : { problems: settings.problems };
}

const BOT_REMEDY = "Set it to the application id of the bot's registration.";
const WEBSITE_REMEDY =
  "Set it to an https page about AuthPulse, or of whoever runs it, for the people who use it. Teams demands one.";

function reportMissing(settings: SettingsReader, name: SettingName, remedy: string): void {
  if (settings.text(name) === undefined) {
    settings.report(name, "It is missing.", remedy);
  }
}

const NO_ID = "00000000-0000-0000-0000-000000000000";

function guid(settings: SettingsReader, name: SettingName, remedy: string): string | undefined {
  const parse = (text: string): string | undefined => {
    const id = toUserId(text);
    return id === NO_ID ? undefined : id;
  };
  return settings.parsed(name, parse, `"${settings.text(name)}" is not an application id (a GUID).`, remedy);
}

function page(settings: SettingsReader, name: SettingName): string | undefined {
  return settings.parsed(
    name,
    publicPage,
    `"${settings.text(name)}" is no https address that others can open.`,
    "Set it to one like https://intranet.example.org/authpulse.",
  );
}

/** Teams takes https only; a host without a dot is one that only this machine or network knows. */
function publicPage(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPublic =
    url?.protocol === "https:" &&
    /[^.]\.[^.]/.test(url.hostname) &&
    url.username === "" &&
    text.length <= 2_048;
  return isPublic ? url.href : undefined;
}

function short(settings: SettingsReader, name: SettingName, most: number): string {
  const said = settings.text(name) ?? "AuthPulse";
  if (said.length > most) {
    settings.report(
      name,
      `"${said}" has ${said.length} characters; Teams takes ${most}.`,
      "Set it to a shorter one, or leave it out for AuthPulse.",
    );
  }
  return said;
}
