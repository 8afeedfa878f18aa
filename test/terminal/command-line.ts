import { spawn } from "node:child_process";
import { once } from "node:events";
import { onTestFinished } from "vitest";
import type { SampleTenant } from "../../src/sample-tenant/options.ts";
import { builtEntry } from "../support/build.ts";
import { emptyDirectory } from "../support/data-directory.ts";

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly pid: number;
  /** Resolves with what the pattern finds in what was printed; rejects when the process ends without it. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves when the process has ended by itself. */
  readonly ended: Promise<Ended>;
  /** Sends a signal as a terminal does, to the process and its own children, and waits for the end. */
  signal(signal: NodeJS.Signals): Promise<Ended>;
  /** Nobody reads its standard output from now on. */
  stopReading(): void;
}

interface Surroundings {
  /** All of the environment: nothing of the machine's own settings or tools comes through. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** Another compiled command line than that of the sources. */
  readonly entry?: string;
  readonly input?: string;
}

/** Starts the real command line in a process group of its own, which is gone when the test is. */
export async function start(words: readonly string[], around: Surroundings = {}): Promise<Running> {
  const folder = around.folder ?? (await temporary());
  const child = spawn(process.execPath, [around.entry ?? (await builtEntry()), ...words], {
    cwd: folder,
    detached: true,
    env: { PATH: folder, HOME: folder, LC_ALL: "en_GB.UTF-8", TZ: "UTC", ...around.environment },
  });
  const { pid } = child;
  if (pid === undefined) {
    throw new Error("the command line could not be started");
  }
  const printed = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    printed.err += text;
  });
  // A process that has ended before it read everything is no fault of the test.
  child.stdin.on("error", () => undefined);
  child.stdin.end(around.input ?? "");
  const ended = once(child, "close").then(
    ([code, signal]): Ended => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals,
      ...printed,
    }),
  );
  const send = async (signal: NodeJS.Signals): Promise<Ended> => {
    if (child.exitCode === null && child.signalCode === null) {
      process.kill(-pid, signal);
    }
    return ended;
  };
  onTestFinished(async () => {
    await send("SIGKILL");
  });
  return {
    pid,
    ended,
    signal: send,
    stopReading: () => void child.stdout.destroy(),
    async said(pattern) {
      for (;;) {
        const found = pattern.exec(printed.out) ?? pattern.exec(printed.err);
        if (found) {
          return found;
        }
        const news = [once(child.stdout, "data"), once(child.stderr, "data"), ended.then(() => "ended")];
        if ((await Promise.race(news)) === "ended") {
          throw new Error(`It ended without saying ${pattern}: ${printed.out}${printed.err}`);
        }
      }
    },
  };
}

/** Runs a command to its end. */
export async function run(words: readonly string[], around: Surroundings = {}): Promise<Ended> {
  return (await start(words, around)).ended;
}

/** An empty folder that is gone with the test. */
export async function temporary(): Promise<string> {
  const directory = await emptyDirectory();
  onTestFinished(() => directory.remove());
  return directory.path;
}

/** The settings to read a sample tenant with. */
export function settingsFor(tenant: SampleTenant, dataDirectory: string): Readonly<Record<string, string>> {
  return {
    AZURE_TENANT_ID: tenant.tenantId,
    GRAPH_BASE_URL: tenant.url,
    GRAPH_ACCESS_TOKEN: tenant.token("app"),
    DATA_DIR: dataDirectory,
  };
}

/** A line of a stack trace. */
export const STACK = /^\s+at .+[:)]/m;
