import { textOf } from "./documents.ts";

/** What the README shows in one block: commands to type, or what they print. */
interface Block {
  readonly language: string;
  readonly lines: readonly string[];
}

function blocksOf(page: string): readonly Block[] {
  return [...textOf(page).matchAll(/^ *```(\w*)\n([\s\S]*?)^ *```$/gm)].map(
    ([, language = "", text = ""]) => ({
      language,
      lines: text
        .split("\n")
        .map((line) => line.trimEnd())
        .filter((line) => line !== ""),
    }),
  );
}

export interface Shown {
  /** As somebody types it, without the remark behind it. */
  readonly command: string;
  /** Lines that the README says it prints; none where it says nothing. */
  readonly prints: readonly string[];
}

/** Every command of a page in its order. A block of text tells what the last command before it prints. */
export function commandsOf(page: string): readonly Shown[] {
  const shown: Shown[] = [];
  for (const { language, lines } of blocksOf(page)) {
    if (language === "sh") {
      const commands = lines.map((line) => line.replace(/ +#.*$/, "").trim());
      shown.push(...commands.map((command) => ({ command, prints: [] })));
    } else if (language === "text") {
      const last = shown.pop();
      if (!last) {
        throw new Error(`${page} shows what is printed before any command`);
      }
      shown.push({ ...last, prints: lines });
    } else if (language !== "ini") {
      throw new Error(
        `${page} has a block in "${language}": it is neither typed, nor printed, nor a setting`,
      );
    }
  }
  return shown;
}

/** Commands of the README that cannot be run by a test, each with the reason. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  "npm ci && npm test": "a test that runs the tests would never end",
  "npm ci --ignore-scripts": "the pipeline does it, before anything else",
  "az login": "signs a person in to Microsoft",
  "az login --allow-no-subscriptions": "signs a person in to Microsoft",
  'deploy/grant-graph-permissions.sh --principal "$CLIENT_ID" --apply':
    "changes a tenant; test/deploy runs it against an Azure CLI of its own",
  "npm install -g @microsoft/teams.cli@preview": "changes the machine",
  "teams login": "signs a person in to Microsoft",
  "teams app create --name AuthPulse --endpoint https://bot.example.com/api/messages": "changes a tenant",
  "teams app list": "asks Microsoft as a person who signed in",
};
