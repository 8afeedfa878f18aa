import { randomBytes } from "node:crypto";
import { LRUCache } from "lru-cache";
import { canonicalWords } from "../../language/canonical.ts";
import type { Question } from "../../language/question.ts";
import type { Turn } from "../answer.ts";

/** How long a list waits for another press, in milliseconds. */
const KEPT_FOR = 10 * 60_000;
/** With a thousand rows each, a bound for memory. */
const MOST_LISTS = 50;

interface Closable {
  close(): Promise<void>;
}

export interface Kept<List> {
  readonly id: string;
  readonly list: List;
}

/** Lists that somebody turns the pages of. They are in memory alone, and gone ten minutes after the last press. */
export interface Continuations<List extends Closable> {
  keep(question: Question, turn: Turn, list: List): Kept<List>;
  /** The list of this id; undefined where it is gone, and for another person, conversation or question. */
  find(id: string, question: Question, turn: Turn): Kept<List> | undefined;
  /** The newest one that answers this question for this person in this conversation. */
  newest(question: Question, turn: Turn): Kept<List> | undefined;
  drop(id: string): void;
  /** Aborted by `stop`: for what is read without a list. */
  readonly stopping: AbortSignal;
  /** Closes all. */
  stop(): Promise<void>;
}

/** `elapsed` gives milliseconds. */
export function createContinuations<List extends Closable>(elapsed: () => number): Continuations<List> {
  const stopping = new AbortController();
  const closing = new Set<Promise<void>>();
  const lists = new LRUCache<string, { readonly of: string; readonly list: List }>({
    max: MOST_LISTS,
    ttl: KEPT_FOR,
    ttlResolution: 0,
    // Names do not wait for the next question to be forgotten.
    ttlAutopurge: true,
    updateAgeOnGet: true,
    perf: { now: elapsed },
    dispose({ list }) {
      const closed = list.close().finally(() => closing.delete(closed));
      closing.add(closed);
    },
  });

  return {
    keep(question, turn, list) {
      lists.purgeStale();
      // It goes to the client in a button: 128 bits are not guessed.
      const id = randomBytes(16).toString("base64url");
      lists.set(id, { of: ownerOf(question, turn), list });
      return { id, list };
    },
    find(id, question, turn) {
      const isOurs = lists.peek(id)?.of === ownerOf(question, turn);
      const found = isOurs ? lists.get(id) : undefined;
      return found && { id, list: found.list };
    },
    newest(question, turn) {
      const owner = ownerOf(question, turn);
      const id = [...lists.keys()].find((key) => lists.peek(key)?.of === owner);
      const found = id === undefined ? undefined : lists.get(id);
      return id !== undefined && found ? { id, list: found.list } : undefined;
    },
    drop(id) {
      lists.delete(id);
    },
    stopping: stopping.signal,
    async stop() {
      stopping.abort();
      lists.clear();
      await Promise.all(closing);
    },
  };
}

/** Whose list of what, and where. */
function ownerOf(question: Question, { viewer, address, conversation }: Turn): string {
  const who = viewer.kind === "person" ? viewer.userId : viewer.kind;
  return JSON.stringify([who, address?.conversationId ?? conversation, canonicalWords(question)]);
}
