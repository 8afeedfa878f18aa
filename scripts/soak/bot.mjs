// The bot as a process of its own, with its clock and its memory in reach, and all that it logs.
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { nodeOptions } from "../bench/node-options.mjs";

const ROOT = join(import.meta.dirname, "..", "..");
const INSTRUMENT = pathToFileURL(join(import.meta.dirname, "instrument.mjs")).href;

/**
 * Starts `main.js serve` of the built folder with these settings and nothing else of this environment, its clock so
 * many milliseconds ahead. `onLine` is given each line of its log. Rejects with its last lines when it does not start.
 */
export async function startBot({ built, settings, ahead, onLine }) {
  const child = fork(join(built, "main.js"), ["serve"], {
    execArgv: [...nodeOptions(ROOT), "--expose-gc", "--import", INSTRUMENT],
    env: { PATH: process.env.PATH, PORT: "0", SOAK_CLOCK_AHEAD: String(ahead), ...settings },
    // A folder without a .env file.
    cwd: join(built, "kernel"),
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const ended = once(child, "exit");
  const last = [];
  let listening = () => undefined;
  const listens = new Promise((resolve) => {
    listening = resolve;
  });
  createInterface({ input: child.stderr }).on("line", (line) => {
    last.push(line);
    if (last.length > 20) last.shift();
    const [, url] = /listens on (http:\S+)\/api\/messages/.exec(line) ?? [];
    if (url) listening(url);
    else onLine(line);
  });
  const url = await Promise.race([listens, ended.then(() => undefined)]);
  if (!url) throw new Error(`The bot did not start:\n${last.join("\n")}`);
  let looks = 0;

  return {
    url,
    /** Resolves when it has ended. */
    ended,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    /** What it said last. */
    lastLines: () => last.join("\n"),
    /** What it has in use now, `settled` after a collection of garbage; undefined where it has ended. */
    async look(settled) {
      looks += 1;
      const number = looks;
      child.send({ look: number, settled });
      for (;;) {
        const [message] = await Promise.race([once(child, "message"), ended.then(() => [undefined])]);
        if (message === undefined || message.look === number) return message;
      }
    },
    setClock: (milliseconds) => child.send({ ahead: milliseconds }),
    /** Its exit code, after the end of its log. */
    async stop() {
      child.kill("SIGTERM");
      const [code] = await ended;
      return code;
    },
    /** For the end of a run that has failed. */
    kill: () => child.kill("SIGKILL"),
  };
}
