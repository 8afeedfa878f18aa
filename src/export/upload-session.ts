import { within } from "../graph/within.ts";

export interface UploadRequest {
  readonly method: "PUT" | "GET";
  readonly url: URL;
  readonly headers: Readonly<{ [name: string]: string }>;
  readonly body?: Buffer;
  readonly signal: AbortSignal;
}

export interface UploadAnswer {
  readonly status: number;
  /** The header Retry-After. */
  readonly retryAfter: string | undefined;
  /** The body, or its first 64 KiB: what a session tells of itself is short. */
  readonly text: string;
}

/**
 * Sends one request once, a body with its Content-Length; without a token, and follows no redirect. Rejects when no
 * whole answer comes, with the code that Node gives the fault. When it has settled or the signal is aborted, the body
 * is the caller's again.
 */
export type UploadTransport = (request: UploadRequest) => Promise<UploadAnswer>;

export type Reply =
  | { readonly kind: "answer"; readonly answer: UploadAnswer }
  | { readonly kind: "none"; readonly mayHaveArrived: boolean };

/**
 * What Teams' upload address is: an upload session of SharePoint, which takes ranges of bytes in order
 * (learn.microsoft.com/graph/api/driveitem-createuploadsession). Both reject with the signal's reason.
 */
export interface UploadSession {
  put(bytes: Buffer, from: number, size: number): Promise<Reply>;
  /** The first byte that the session still waits for; undefined when it does not tell. */
  expects(): Promise<number | undefined>;
}

interface SessionParts {
  readonly transport: UploadTransport;
  /** Milliseconds for one request. */
  readonly deadline: number;
  readonly signal: AbortSignal;
}

export function sessionAt(url: URL, { transport, deadline, signal }: SessionParts): UploadSession {
  async function send(request: Omit<UploadRequest, "url" | "signal">): Promise<Reply> {
    try {
      const answer = await within(deadline, (limit) => transport({ ...request, url, signal: limit }), signal);
      return { kind: "answer", answer };
    } catch (thrown) {
      signal.throwIfAborted();
      return { kind: "none", mayHaveArrived: !NEVER_LEFT.has(faultOf(thrown)) };
    }
  }

  return {
    put: (body, from, size) =>
      send({
        method: "PUT",
        headers: { "Content-Range": `bytes ${from}-${from + body.length - 1}/${size}` },
        body,
      }),
    async expects() {
      const reply = await send({ method: "GET", headers: {} });
      return reply.kind === "answer" && reply.answer.status === 200
        ? firstMissing(reply.answer.text)
        : undefined;
    },
  };
}

/** Faults before there is a connection. */
const NEVER_LEFT: ReadonlySet<string> = new Set([
  "ENOTFOUND",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);

function faultOf(thrown: unknown): string {
  return thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
}

const FIRST_RANGE = /"nextExpectedRanges"\s*:\s*\[\s*"(\d{1,15})-/;

/** Missing ranges stand in order, as `12345-55232` or `12345-`. */
function firstMissing(text: string): number | undefined {
  const start = FIRST_RANGE.exec(text)?.[1];
  return start === undefined ? undefined : Number(start);
}
