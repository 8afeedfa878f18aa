import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

export interface Playground {
  /** The page to open in a browser. */
  readonly url: string;
  /** Resolves when it has ended, by itself too. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

interface PlaygroundParts {
  /** The bot's messaging endpoint. */
  readonly endpoint: string;
  /** 0 or a taken port: another one is found. */
  readonly port: number;
  /** A file with tenant, people and places, as the Playground reads it. */
  readonly configPath: string;
  readonly logPath: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The Playground listens on all interfaces and has no setting for it. It speaks to the bot without any
 * authentication, so it must not be reachable from elsewhere.
 */
const LOOPBACK_ONLY = `
import net from 'node:net';
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (port, ...rest) {
  return typeof port === "number" && typeof rest[0] !== "string"
    ? listen.call(this, port, "127.0.0.1", ...rest)
    : listen.call(this, port, ...rest);
};`;

/** Starts Microsoft 365 Agents Playground without telemetry and without opening a browser. */
export async function startPlayground(parts: PlaygroundParts): Promise<Playground> {
  const packageFile = createRequire(import.meta.url).resolve("@microsoft/m365agentsplayground/package.json");
  const child = spawn(
    process.execPath,
    [
      "--import",
      `data:text/javascript,${encodeURIComponent(LOOPBACK_ONLY)}`,
      join(dirname(packageFile), "cli.js"),
      ...["--app-endpoint", parts.endpoint],
      ...["--channel-id", "msteams"],
      ...["--port", String(parts.port)],
      "--disable-telemetry",
    ],
    {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...parts.environment,
        TEAMSAPPTESTER_BROWSER: "none",
        M365_AGENTS_PLAYGROUND_CONFIG_PATH: parts.configPath,
        M365_AGENTS_PLAYGROUND_LOGFILE: parts.logPath,
      },
    },
  );
  const ended = once(child, "exit").then(() => undefined);
  const port = await listeningPort(child);
  return {
    url: `http://localhost:${port}`,
    ended,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** A taken port is silently replaced; the line that the Playground prints tells the truth. */
async function listeningPort(child: ChildProcess): Promise<number> {
  const printed: string[] = [];
  return new Promise((resolve, reject) => {
    const read = (line: string): void => {
      printed.push(line);
      const port = /Listening on (\d+)/.exec(line)?.[1];
      if (port) {
        resolve(Number(port));
      }
    };
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) {
        createInterface({ input: stream }).on("line", read);
      }
    }
    child.once("error", reject);
    child.once("exit", (code) =>
      reject(new Error(`The Playground ended with ${code}: ${printed.join(" ")}`)),
    );
  });
}
