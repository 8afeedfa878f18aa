import { fork } from "node:child_process";
import { once } from "node:events";
import { builtSources } from "./build.ts";

/** A program of a test that runs in a process of its own. */
export interface Child {
  readonly pid: number | undefined;
  /** The next thing it sends; rejects when it ends instead. */
  next(): Promise<unknown>;
  /** Tells it something. */
  send(message: string): void;
  /** What it has sent that nobody took yet. */
  rest(): readonly unknown[];
  /** Ends it with SIGKILL, as a crash would, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Starts a fixture (a module in plain JavaScript) with the folder of the compiled sources and these arguments. */
export async function startChild(fixture: URL, ...argument: readonly string[]): Promise<Child> {
  const child = fork(fixture, [await builtSources(), ...argument], { execArgv: [] });
  const sent: unknown[] = [];
  // Only when the channel has closed, too, has everything arrived that it sent.
  const ended = Promise.all([once(child, "exit"), once(child, "disconnect")]);
  child.on("message", (message) => sent.push(message));
  return {
    pid: child.pid,
    async next() {
      while (sent.length === 0) {
        const exit = await Promise.race([once(child, "message"), ended.then(() => "ended")]);
        if (exit === "ended" && sent.length === 0) {
          throw new Error(`the child ended with ${child.exitCode ?? child.signalCode}`);
        }
      }
      return sent.shift();
    },
    send: (message) => void child.send(message),
    rest: () => sent.splice(0),
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
