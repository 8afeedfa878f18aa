import type { Clock } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import { parseRetryAfter } from "../kernel/retry-after.ts";
import type { Timings } from "../kernel/timings.ts";
import type { SpooledFile } from "./spool.ts";
import { type Reply, sessionAt, type UploadSession, type UploadTransport } from "./upload-session.ts";

/** How an upload ended. Only `uploaded` means that the file is there. */
export type UploadOutcome =
  | { readonly kind: "uploaded" }
  /** Not a host that files are given to; nothing was sent. */
  | { readonly kind: "untrusted" }
  /** The service does not take it: a redirect, a conflict, no space, a link that has ended. */
  | { readonly kind: "refused"; readonly status: number }
  | { readonly kind: "unreachable" }
  /** The last bytes were sent and no answer came, so the file may be there. */
  | { readonly kind: "unconfirmed" };

interface UploaderParts {
  readonly transport: UploadTransport;
  /** Whether files are given to this address: its host, and that it is https. */
  readonly isTrusted: (url: URL) => boolean;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly timings: Pick<Timings, "retryBase" | "retryCap">;
  /** Milliseconds for one fragment. */
  readonly deadline: number;
  readonly log: Log;
}

interface UploadOptions {
  readonly signal: AbortSignal;
  /** Bytes that have arrived so far. */
  readonly onSent: (bytes: number) => void;
}

/** Sends a file to the address that Teams gave. Rejects with the signal's reason, or as the file's reading does. */
export type Upload = (address: string, file: SpooledFile, options: UploadOptions) => Promise<UploadOutcome>;

/**
 * Bytes of one PUT, which stand in memory. A fragment has to be a multiple of 320 KiB and below 60 MiB; 5 to 10 MiB
 * are recommended (learn.microsoft.com/graph/api/driveitem-createuploadsession, "Best practices").
 */
export const FRAGMENT = 16 * 320 * 1024;

/** Without any progress. */
const MOST_TRIES = 5;

/**
 * The answers that page wants repeated, and those of Graph's list that ask for less traffic
 * (learn.microsoft.com/graph/errors). 416 says that the session waits for other bytes than these, and 202 after
 * the last byte that some are missing.
 */
const WORTH_ANOTHER_TRY: ReadonlySet<number> = new Set([202, 408, 416, 429, 500, 502, 503, 504, 509]);

/**
 * A file of up to one fragment takes one PUT of the whole range, as Teams documents it (learn.microsoft.com/
 * microsoftteams/platform/bots/how-to/bots-filesv4); a larger one goes in order, fragment by fragment. After a fault
 * the session is asked what it waits for, because an answer may be lost where the bytes are not.
 */
export function createUploader(parts: UploaderParts): Upload {
  return async (address, file, options) => {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    return url && parts.isTrusted(url)
      ? sendAll(file, sessionAt(url, { ...parts, signal: options.signal }), parts, options)
      : { kind: "untrusted" };
  };
}

interface Position {
  /** The first byte of the next PUT. */
  from: number;
  furthest: number;
  /** Since the furthest byte was reached. */
  tries: number;
  /** The last byte may have arrived. */
  inDoubt: boolean;
}

async function sendAll(
  file: SpooledFile,
  session: UploadSession,
  parts: UploaderParts,
  { signal, onSent }: UploadOptions,
): Promise<UploadOutcome> {
  const position: Position = { from: 0, furthest: 0, tries: 0, inDoubt: false };
  const room = Buffer.alloc(Math.min(FRAGMENT, file.size));
  for (;;) {
    const bytes = await fragmentOf(file, position.from, room);
    const isLast = position.from + bytes.length === file.size;
    const reply = await session.put(bytes, position.from, file.size);
    const verdict = judge(reply, isLast);
    if (verdict === "taken") {
      advance(position, position.from + bytes.length);
      onSent(position.furthest);
      if (isLast) {
        return { kind: "uploaded" };
      }
      continue;
    }
    position.tries += 1;
    position.inDoubt ||= isLast && reply.kind === "none" && reply.mayHaveArrived;
    const pause = verdict === "again" ? pauseAfter(reply, position.tries, parts) : undefined;
    if (pause === undefined) {
      return position.inDoubt ? { kind: "unconfirmed" } : failureOf(reply, verdict);
    }
    // The address holds a secret, and so does not stand here.
    parts.log.warn({ tries: position.tries, pause, ...briefly(reply) }, "Part of a file is sent again");
    await parts.clock.sleep(pause, signal);
    await resume(position, session, file.size);
  }
}

function advance(position: Position, from: number): void {
  position.from = from;
  if (from > position.furthest) {
    position.furthest = from;
    position.tries = 0;
  }
}

async function resume(position: Position, session: UploadSession, size: number): Promise<void> {
  const expected = await session.expects();
  if (expected !== undefined && expected < size) {
    advance(position, expected);
    position.inDoubt = false;
  }
}

/** Fills the room that all fragments share, because what is made anew for each piles up until it is collected. */
async function fragmentOf(file: SpooledFile, from: number, room: Buffer): Promise<Buffer> {
  let filled = 0;
  for await (const chunk of file.read(from, Math.min(from + room.length, file.size))) {
    filled += chunk.copy(room, filled);
  }
  return room.subarray(0, filled);
}

type Verdict = "taken" | "again" | "refused";

/** 202 asks for more, 200 and 201 say that the file is there. */
function judge(reply: Reply, isLast: boolean): Verdict {
  if (reply.kind === "none") {
    return "again";
  }
  const { status } = reply.answer;
  if (isLast ? status === 200 || status === 201 : status === 202) {
    return "taken";
  }
  return WORTH_ANOTHER_TRY.has(status) ? "again" : "refused";
}

/** Milliseconds; undefined after the last try, and when the service asks for longer than anybody waits here. */
function pauseAfter(
  reply: Reply,
  tries: number,
  { clock, random, timings: { retryBase, retryCap } }: UploaderParts,
): number | undefined {
  const header = reply.kind === "answer" ? reply.answer.retryAfter : undefined;
  const asked = parseRetryAfter(header, clock.now()) ?? 0;
  const backoff = retryBase * 2 ** (tries - 1) * (0.5 + random() / 2);
  return tries === MOST_TRIES || asked > retryCap ? undefined : Math.max(asked, backoff);
}

function failureOf(reply: Reply, verdict: Verdict): UploadOutcome {
  return verdict === "refused" && reply.kind === "answer"
    ? { kind: "refused", status: reply.answer.status }
    : { kind: "unreachable" };
}

function briefly(reply: Reply): object {
  return reply.kind === "answer" ? { status: reply.answer.status } : { fault: "no answer" };
}
