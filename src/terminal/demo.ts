import { startDemo } from "../demo/demo.ts";
import { shifted, systemClock } from "../kernel/clock.ts";
import { aborted, EXIT, faultLine, type Terminal } from "./terminal.ts";

const BOT_PORT = 3978;
const PLAYGROUND_PORT = 56_150;

/**
 * Runs sample tenant, bot and Playground until `ending` is aborted. `now` is what the clocks of bot and tenant
 * show at the start, to see a weekly digest go out without waiting for its day.
 */
export async function demo(terminal: Terminal, ending: AbortSignal, now?: string): Promise<number> {
  const start = now === undefined ? Date.now() : Date.parse(now);
  if (Number.isNaN(start)) {
    terminal.tell(`"${now}" is not a time. Write it like 2026-11-24T12:58:00+01:00.`);
    return EXIT.usage;
  }
  terminal.tell("Reading 26 weeks of the sample tenant, then starting the bot and the Agents Playground …");
  try {
    const { page, endpoint, tenant, ended, stop } = await startDemo({
      environment: terminal.environment,
      ports: { bot: BOT_PORT, playground: PLAYGROUND_PORT },
      clock: shifted(systemClock, start - Date.now()),
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

  More: help · overview · trend 26 weeks · compare · only sms · last week · digest subscribe
  In a channel of "Identity Operations" write @AuthPulse first.

  The bot    ${endpoint}
  The tenant ${tenant} (a made-up company of 2,500 people; you are Priya Nair, Reports Reader)

Ctrl-C ends all of it.`;
}
