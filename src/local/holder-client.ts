import { request } from "node:http";
import { AppError } from "../kernel/problem.ts";
import { answerSchema, fromProblem, type Holder, holderSchema, LIMITS, parseJson } from "./messages.ts";

/** A call to the process that holds a data directory; argument and answer are JSON. */
export interface Call {
  readonly name: string;
  readonly argument: unknown;
}

/**
 * Who listens on a socket, or undefined when nobody does. Rejects with STORE-UNAVAILABLE when somebody does but
 * does not say who within `patience` milliseconds: a process that was stopped still holds its directory.
 */
export async function whoListens(path: string, patience: number): Promise<Holder | undefined> {
  // A process that ends while it is asked cuts the connection; asked again, nobody is there.
  for (let tries = 1; ; tries += 1) {
    try {
      const text = await exchange(path, {
        method: "GET",
        route: "/holder",
        signal: AbortSignal.timeout(patience),
      });
      return holderSchema.parse(parseJson(text));
    } catch (thrown) {
      if (isNobody(thrown)) {
        return undefined;
      }
      if (codeOf(thrown) !== "ECONNRESET" || tries === 3) {
        const detail =
          "Another process has the data directory open and does not answer. End it, or set another DATA_DIR.";
        throw new AppError("STORE-UNAVAILABLE", { detail }, thrown);
      }
    }
  }
}

/** The holder's answer, however long it takes, or undefined when nobody listens. Rejects with its AppError. */
export async function callHolder(
  path: string,
  { name, argument }: Call,
): Promise<{ readonly answer: unknown } | undefined> {
  const body = JSON.stringify({ name, argument });
  if (Buffer.byteLength(body) > LIMITS.call) {
    throw new AppError("INTERNAL", { detail: `A call to the running bot may have ${LIMITS.call} bytes.` });
  }
  try {
    return { answer: answerIn(await exchange(path, { method: "POST", route: "/call", body })) };
  } catch (thrown) {
    if (thrown instanceof AppError) {
      throw thrown;
    }
    if (isNobody(thrown)) {
      return undefined;
    }
    const detail = `The running bot ended before it had answered, or cannot be reached: ${String(thrown)}.`;
    throw new AppError("STORE-UNAVAILABLE", { detail }, thrown);
  }
}

function answerIn(text: string): unknown {
  const { data: message, error } = answerSchema.safeParse(parseJson(text));
  if (!message) {
    const detail = "The running bot's answer cannot be read. Restart it with the version of this command.";
    throw new AppError("INTERNAL", { detail }, error);
  }
  if ("problem" in message) {
    throw fromProblem(message.problem);
  }
  return message.answer;
}

interface Exchange {
  readonly method: "GET" | "POST";
  readonly route: string;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** One request over a socket; resolves with the whole body, whatever the status: each body says what it is. */
function exchange(path: string, { method, route, body, signal }: Exchange): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { socketPath: path, method, path: route, agent: false, ...(signal && { signal }) };
    const outgoing = request(options, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("error", reject);
      response.on("data", (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > LIMITS.answer) {
          const detail = `The running bot's answer has more than ${LIMITS.answer} bytes.`;
          outgoing.destroy(new AppError("INTERNAL", { detail }));
        }
      });
      response.on("end", () => resolve(Buffer.concat(chunks).toString()));
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** ECONNREFUSED: the kernel closed the socket of a process that is gone; ENOENT: it was closed in order. */
function isNobody(thrown: unknown): boolean {
  return ["ECONNREFUSED", "ENOENT"].includes(codeOf(thrown));
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
}
