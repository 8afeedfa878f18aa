import { get } from "node:http";
import type { Config } from "../config.ts";
import type { Words } from "../reference/words/words.ts";
import type { Check } from "./check.ts";
import { type Outcome, ok, problem, skipped } from "./row.ts";

/** Whether a bot listens on `PORT` of this machine, and says that it is ready. Nothing of the way to it can be seen. */
export function endpointCheck(
  { host, port, bot }: Pick<Config, "host" | "port" | "bot">,
  words: Words,
): Check {
  const said = words.doctor.endpoint;
  const address = `http://${reachable(host)}:${port}`;
  const limit = bot ? said.fromOutside : said.local;
  const wrong = ({ what, remedy }: { what: string; remedy: string }): Outcome => problem(what, remedy);
  return {
    id: "endpoint",
    subject: said.subject,
    late: "INTERNAL",
    async run(signal) {
      if (port === 0) {
        return skipped(said.anyPort.what, said.anyPort.remedy);
      }
      const alive = await ask(`${address}/healthz`, signal);
      if (alive === "nobody") {
        const { what, remedy } = said.nobody(address);
        return skipped(what, remedy);
      }
      if (alive === "silent") {
        return wrong(said.silent(address));
      }
      const { status, version } = alive.body;
      if (status !== "ok" || typeof version !== "string") {
        return wrong(said.other(address));
      }
      const ready = await ask(`${address}/readyz`, signal);
      if (typeof ready === "string") {
        return wrong(said.silent(address));
      }
      return ready.status === 200
        ? ok(`${said.listens(address, plain(version))} ${limit}`)
        : wrong(said.notReady(address, plain(String(ready.body["status"]))));
    },
  };
}

interface Asked {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Milliseconds; a bot that works answers at once, and looks at its store for two seconds at the most. */
const ANSWER_WITHIN = 5_000;

/** Longer than anything that the bot says there. */
const LONGEST_BODY = 64 * 1024;

/** Not by `fetch`, which refuses some ports that a bot may have. */
function ask(url: string, caller: AbortSignal): Promise<Asked | "nobody" | "silent"> {
  const signal = AbortSignal.any([caller, AbortSignal.timeout(ANSWER_WITHIN)]);
  return new Promise((resolve) => {
    const outgoing = get(url, { signal, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("error", () => resolve("silent"));
      response.on("data", (chunk: string) => {
        text += chunk;
        if (text.length > LONGEST_BODY) {
          outgoing.destroy();
        }
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: jsonOf(text) }));
    });
    outgoing.on("error", (fault: NodeJS.ErrnoException) =>
      resolve(fault.code === "ECONNREFUSED" ? "nobody" : "silent"),
    );
  });
}

/** Empty for what is no object: another program answers there. */
function jsonOf(text: string): Asked["body"] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Whatever program says it: nothing but what looks like a version or a word is repeated. */
function plain(text: string): string {
  return /^[\w.-]{1,40}$/.test(text) ? text : "?";
}

/** An address that stands for all of the machine's is reached by the loopback one. */
function reachable(host: string): string {
  const named = { "0.0.0.0": "127.0.0.1", "::": "[::1]" }[host] ?? host;
  return named.includes(":") && !named.startsWith("[") ? `[${named}]` : named;
}
