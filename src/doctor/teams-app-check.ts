import type { Environment } from "../config/settings.ts";
import { teamsAppSettings } from "../config/teams-app.ts";
import { VERSION } from "../kernel/version.ts";
import type { Words } from "../reference/words/words.ts";
import { packageTeamsApp } from "../teams-app/package.ts";
import type { PackagingTools } from "../teams-app/tools.ts";
import { type Outcome, ok, problem, type Row, skipped } from "./row.ts";

interface TeamsAppParts {
  readonly environment: Environment;
  readonly folder: URL;
  readonly tools: () => Promise<PackagingTools | undefined>;
  readonly words: Words;
}

/** The manifest that these settings make, by Microsoft's schema and the rules of an upload. Nothing is written. */
export async function teamsAppRows(parts: TeamsAppParts): Promise<readonly Row[]> {
  const outcomes = await outcomesOf(parts);
  return outcomes.map((outcome, index) => ({
    id: outcomes.length === 1 ? "teams-app" : `teams-app.${index + 1}`,
    ...outcome,
  }));
}

async function outcomesOf({
  environment,
  folder,
  tools: load,
  words,
}: TeamsAppParts): Promise<readonly Outcome[]> {
  const said = words.doctor.teamsApp;
  if (!environment["MicrosoftAppId"]?.trim()) {
    return [skipped(said.local.what, said.local.remedy)];
  }
  if (!Object.keys(environment).some((name) => name.startsWith("TEAMS_APP_"))) {
    return [skipped(said.elsewhere.what, said.elsewhere.remedy)];
  }
  const settings = teamsAppSettings(environment);
  if ("problems" in settings) {
    return settings.problems.map((one) => problem(`${one.setting}: ${one.problem}`, one.remedy));
  }
  const tools = await load();
  if (!tools) {
    return [skipped(said.withoutTools.what, said.withoutTools.remedy)];
  }
  const packaged = await packageTeamsApp({ app: settings.app, version: VERSION, words, folder, tools });
  return "problems" in packaged
    ? packaged.problems.map((one) => problem(`${one.what}: ${one.problem}`, one.remedy))
    : [ok(said.ok(packaged.manifest.name.short, packaged.manifest.version))];
}
