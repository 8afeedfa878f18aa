import { startDemo } from "../demo/demo.ts";
import { aborted, EXIT, faultLine, type Terminal } from "./terminal.ts";

const BOT_PORT = 3978;
const PLAYGROUND_PORT = 56_150;

/** Runs sample tenant, bot and Playground until `ending` is aborted. */
export async function demo(terminal: Terminal, ending: AbortSignal): Promise<number> {
  terminal.tell("Starting the sample tenant, the bot and the Agents Playground …");
  try {
    const { page, endpoint, tenant, ended, stop } = await startDemo({
      environment: terminal.environment,
      ports: { bot: BOT_PORT, playground: PLAYGROUND_PORT },
    });
    terminal.print(welcome(page, endpoint, tenant.url));
    const endedItself = await Promise.race([ended.then(() => true), aborted(ending).then(() => false)]);
    await stop();
    if (endedItself) {
      terminal.tell("The Playground ended by itself, and so did the demo.");
      return EXIT.failed;
    }
    return EXIT.done;
  } catch (thrown) {
    terminal.tell(`The demo cannot run here. ${faultLine(thrown)}`);
    return EXIT.failed;
  }
}

function welcome(page: string, endpoint: string, tenant: string): string {
  return `
AuthPulse is ready.

  1. Open    ${page}
  2. Type    sspr usage by method
  3. Press   Refresh, 7 days or By feature on the card

  More: help · who am i · sspr usage by feature · only sms · last week
  In a channel of "Identity Operations" write @AuthPulse first.

  The bot    ${endpoint}
  The tenant ${tenant} (a made-up company of 2,500 people; you are Priya Nair, Reports Reader)

Ctrl-C ends all of it.`;
}
