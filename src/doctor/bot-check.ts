import type { Config } from "../config.ts";
import type { createCredential } from "../graph/credential.ts";
import { reportingSignIn } from "../graph/sign-in.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Words } from "../reference/words/words.ts";
import type { Check } from "./check.ts";
import { ok, skipped } from "./row.ts";

interface BotParts {
  readonly config: Pick<Config, "bot" | "botCloud" | "graph">;
  readonly credential: typeof createCredential;
  readonly clock: Clock;
  readonly deadline: number;
  readonly words: Words;
}

/** Whether the bot's own app gets a token to post to Teams with. */
export function botCheck({ config, credential, clock, deadline, words }: BotParts): Check {
  const { bot, botCloud, graph } = config;
  const said = words.doctor.bot;
  return {
    id: "bot-token",
    subject: said.subject,
    late: "GRAPH-SIGN-IN",
    async run() {
      if (!bot) {
        return skipped(said.local.what, said.local.remedy);
      }
      const signIn = reportingSignIn(credential(bot.credential, graph.cloud, clock), deadline);
      await signIn.getToken(scopeOf(botCloud));
      return ok(said.ok(words.doctor.token.credentials[bot.credential.kind], bot.appId));
    },
  };
}

/**
 * The scope that the SDK asks a token for: as the settings of the cloud say, or by its own constants
 * (botframework-connector, `AuthenticationConstants` and `GovernmentConstants`, `ToChannelFromBotOAuthScope`).
 */
function scopeOf(botCloud: Config["botCloud"]): string {
  const government = botCloud["ChannelService"]?.includes("azure.us");
  const audience =
    botCloud["ToChannelFromBotOAuthScope"] ??
    (government ? "https://api.botframework.us" : "https://api.botframework.com");
  return audience.endsWith("/.default") ? audience : `${audience}/.default`;
}
