import { LRUCache } from "lru-cache";
import type { Question } from "../language/question.ts";
import { refine } from "../language/refine.ts";
import type { Turn } from "./answer.ts";

/** What was last answered in a conversation, so that options alone can refine it for a while. */
export interface Context {
  remember(turn: Turn, question: Question): void;
  /** The question that options alone make of the last one; undefined for anything else. */
  refine(turn: Turn, text: string): Question | undefined;
}

const CONVERSATIONS = 5_000;

/** `elapsed` gives milliseconds. */
export function createContext(refineWithin: number, elapsed: () => number): Context {
  const last = new LRUCache<string, Question>({
    max: CONVERSATIONS,
    ttl: refineWithin,
    ttlResolution: 0,
    perf: { now: elapsed },
  });
  return {
    remember(turn, question) {
      last.set(turn.conversation, question);
    },
    refine(turn, text) {
      const before = last.get(turn.conversation);
      return before && refine(before, text);
    },
  };
}
