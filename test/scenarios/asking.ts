import { buttonOf } from "../support/activities.ts";
import type { RunningBot } from "../support/running-bot.ts";

/** A shifted clock wakes those who sleep for more than ten seconds at once, so turns get less. */
export const PATIENT = { answerWithin: 8_000, turnLimit: 9_500 } as const;

/** A reader in UTC, where the last seven days of a story are a week of the calendar. */
const IN_UTC = {
  entities: [{ type: "clientInfo", locale: "en-GB", country: "GB", platform: "Web", timezone: "UTC" }],
};

async function answered(bot: RunningBot, text: string, fields: object): Promise<unknown> {
  const sent = await bot.say(text, { ...IN_UTC, ...fields });
  return sent.at(-1)?.body.attachments?.[0]?.content;
}

/** The card that answers a question. */
export function ask(bot: RunningBot, question: string): Promise<unknown> {
  return answered(bot, question, {});
}

/** Asks, and presses Refresh in a client that sends a message for it: its turn ends when all is read. */
export async function askAnew(bot: RunningBot, question: string): Promise<unknown> {
  const { data, verb } = buttonOf(await ask(bot, question), "Refresh");
  return answered(bot, "", { text: undefined, value: { ...(data as object), verb } });
}
