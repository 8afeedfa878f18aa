import { Readable } from "node:stream";
import { teamsAppSettings } from "../config/teams-app.ts";
import { VERSION } from "../kernel/version.ts";
import { en } from "../reference/words/en.ts";
import type { Manifest } from "../teams-app/manifest.ts";
import { MANIFEST_FOLDER, packageTeamsApp } from "../teams-app/package.ts";
import type { PackageProblem } from "../teams-app/problem.ts";
import { type PackagingTools, packagingTools } from "../teams-app/tools.ts";
import { EXIT, faultLine, type Terminal } from "./terminal.ts";
import { writeFileWhole } from "./write-file.ts";

interface PackageOptions {
  /** Instead of the setting. */
  readonly name?: string;
  readonly output: string;
}

/** What a test puts in the place of the product's own files and libraries. */
interface Surroundings {
  readonly folder: URL;
  readonly tools: () => Promise<PackagingTools | undefined>;
}

const OWN: Surroundings = { folder: MANIFEST_FOLDER, tools: packagingTools };

/** Writes the Teams app package of this installation; nothing of it where anything is wrong. */
export async function packageApp(
  terminal: Terminal,
  { name, output }: PackageOptions,
  { folder, tools: load }: Surroundings = OWN,
): Promise<number> {
  const settings = teamsAppSettings({
    ...terminal.environment,
    ...(name !== undefined && { TEAMS_APP_NAME: name }),
  });
  if ("problems" in settings) {
    terminal.tell(refusal(settings.problems.map(({ setting, ...rest }) => ({ what: setting, ...rest }))));
    return EXIT.usage;
  }
  if (!/\.zip$/i.test(output)) {
    terminal.tell(
      refusal([{ what: "--output", problem: `"${output}" is no zip file.`, remedy: NAME_A_ZIP }]),
    );
    return EXIT.usage;
  }
  const tools = await load();
  if (!tools) {
    terminal.tell(WITHOUT_TOOLS);
    return EXIT.failed;
  }
  try {
    const packaged = await packageTeamsApp({ app: settings.app, version: VERSION, words: en, folder, tools });
    if ("problems" in packaged) {
      terminal.tell(refusal(packaged.problems));
      return EXIT.failed;
    }
    await writeFileWhole(output, Readable.from([packaged.zip]), true);
    terminal.print(success(output, packaged.manifest));
    return EXIT.done;
  } catch (thrown) {
    terminal.tell(`The Teams app was not packaged. ${faultLine(thrown)}`);
    return EXIT.failed;
  }
}

const NAME_A_ZIP = "Name a file that ends in .zip, in a folder that is there.";

const WITHOUT_TOOLS = `The Teams app was not packaged: this installation lacks @microsoft/app-manifest or jszip.
  They are packages for development. In a clone of AuthPulse run "npm ci", which installs them, and package there;
  the package is the same wherever it is made.`;

function refusal(problems: readonly PackageProblem[]): string {
  const lines = problems.map(({ what, problem, remedy }) => `  ${what}: ${problem}\n    ${remedy}`);
  return ["The Teams app was not packaged:", ...lines].join("\n");
}

function success(file: string, { name, version, id, bots = [], developer }: Manifest): string {
  const { websiteUrl, privacyUrl, termsOfUseUrl } = developer;
  const borrowed = [
    ...(privacyUrl === websiteUrl ? ["TEAMS_APP_PRIVACY"] : []),
    ...(termsOfUseUrl === websiteUrl ? ["TEAMS_APP_TERMS"] : []),
  ];
  return [
    `Written to ${file}: ${name.short} ${version} (AuthPulse ${VERSION})`,
    `  app id ${id}, bot id ${bots.map(({ botId }) => botId).join()}`,
    ...borrowed.map((setting) => `  ${setting} is not set, so that link leads to ${websiteUrl}.`),
    "",
    "For everybody: Teams admin center, Teams apps, Manage apps, Upload new app.",
    "To try it yourself: Teams, Apps, Manage your apps, Upload an app.",
  ].join("\n");
}
