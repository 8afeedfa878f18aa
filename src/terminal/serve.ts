import { setTimeout as delay } from "node:timers/promises";
import { type App, createApp } from "../app.ts";
import type { Config } from "../config.ts";
import { createLog, type Log } from "../kernel/log.ts";
import { realWorld } from "../kernel/outside.ts";
import { aborted, EXIT, faultLine, settingsOf, type Terminal } from "./terminal.ts";

/**
 * Milliseconds from the signal to the end of the process, whatever hangs. Orchestrators kill after 30 s
 * (https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination).
 */
const STOP_WITHIN = 20_000;

/** Runs the bot until `ending` is aborted. Whoever calls it ends the process then: something may still hang. */
export async function serve(terminal: Terminal, ending: AbortSignal): Promise<number> {
  const config = settingsOf(terminal, "serve");
  if (!config?.tenantId) {
    return EXIT.usage;
  }
  const log = createLog(config.logLevel);
  const app = createApp({ ...config, tenantId: config.tenantId }, realWorld(log));
  const started = start(app, terminal, config);
  const asked = aborted(ending).then(() => undefined);
  const failed = await Promise.race([started.then((code) => code ?? asked), asked]);
  return failed ?? stop(app, log, STOP_WITHIN);
}

/** Resolves with an exit code where the bot could not start. */
async function start(app: App, terminal: Terminal, config: Config): Promise<number | undefined> {
  try {
    const port = await app.start();
    terminal.tell(`AuthPulse listens on http://${config.host}:${port}/api/messages. Ctrl-C ends it.`);
    return undefined;
  } catch (thrown) {
    terminal.tell(startFault(thrown, config));
    return EXIT.failed;
  }
}

/** Lets the app end what runs, for so many milliseconds at most; what has not ended then is told in the log. */
export async function stop(
  app: Pick<App, "stop" | "stillRunning">,
  log: Log,
  within: number,
): Promise<number> {
  const patience = new AbortController();
  const stopped = app.stop().then(() => EXIT.done);
  const late = delay(within, EXIT.failed, { signal: patience.signal });
  late.catch(() => undefined);
  try {
    const code = await Promise.race([stopped, late]);
    if (code !== EXIT.done) {
      log.error({ ...app.stillRunning(), within }, "the bot ended before everything was done");
    }
    return code;
  } catch (thrown) {
    log.error({ err: thrown }, "the bot could not close everything");
    return EXIT.failed;
  } finally {
    patience.abort();
  }
}

/** What the system says of an address that cannot be listened on. */
interface ListenFault {
  readonly code?: unknown;
  readonly port?: unknown;
  readonly hostname?: unknown;
}

function startFault(thrown: unknown, { host, port, metricsAddress: metrics }: Config): string {
  const { code, port: wanted, hostname } = (thrown ?? {}) as ListenFault;
  const isMetrics =
    metrics !== undefined &&
    ((wanted === metrics.port && wanted !== port) || (hostname === metrics.host && hostname !== host));
  const [hostName, portName] = isMetrics ? ["METRICS_HOST", "METRICS_PORT"] : ["HOST", "PORT"];
  if (code === "EADDRINUSE") {
    return `AuthPulse cannot start: port ${wanted} is taken. End the other program, or set ${portName}.`;
  }
  if (code === "EACCES" || code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    const where = `this machine does not let it listen there (${code}). Check ${hostName} and ${portName}.`;
    return `AuthPulse cannot start: ${where}`;
  }
  return `AuthPulse cannot start. ${faultLine(thrown)}`;
}
