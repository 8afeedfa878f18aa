import { createApp } from "../app.ts";
import { createLog } from "../kernel/log.ts";
import { realWorld } from "../kernel/outside.ts";
import { aborted, EXIT, faultLine, settingsOf, type Terminal } from "./terminal.ts";

/** Runs the bot until `ending` is aborted. */
export async function serve(terminal: Terminal, ending: AbortSignal): Promise<number> {
  const config = settingsOf(terminal, "serve");
  if (!config?.tenantId) {
    return EXIT.usage;
  }
  const app = createApp({ ...config, tenantId: config.tenantId }, realWorld(createLog(config.logLevel)));
  try {
    const port = await app.start();
    terminal.tell(`AuthPulse listens on http://${config.host}:${port}/api/messages. Ctrl-C ends it.`);
  } catch (thrown) {
    terminal.tell(startFault(thrown, config.port));
    return EXIT.failed;
  }
  await aborted(ending);
  await app.stop();
  return EXIT.done;
}

function startFault(thrown: unknown, port: number): string {
  const code = (thrown as NodeJS.ErrnoException).code;
  if (code === "EADDRINUSE") {
    return `AuthPulse cannot start: port ${port} is taken. End the other program, or set PORT.`;
  }
  if (code === "EACCES" || code === "EADDRNOTAVAIL") {
    return `AuthPulse cannot start: this machine does not let it listen there (${code}). Check HOST and PORT.`;
  }
  return `AuthPulse cannot start. ${faultLine(thrown)}`;
}
