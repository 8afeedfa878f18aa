import { randomUUID } from "node:crypto";
import type { Answer, Turn } from "../commands/answer.ts";
import type { Core } from "../core.ts";
import type { Outside } from "../kernel/outside.ts";
import { en } from "../reference/words/en.ts";
import type { View } from "../views/view.ts";

export interface TerminalQuestion {
  readonly text: string;
  readonly locale: string;
  readonly timeZone: string;
}

/** What is printed: plain data, since it may come from a bot in another process. */
export interface TerminalAnswer {
  readonly kind: Answer["kind"];
  readonly view: View;
}

/** Asks as the operator and waits for the last word; `onProgress` is told what a card would show meanwhile. */
export async function askOperator(
  core: Core,
  outside: Outside,
  { text, locale, timeZone }: TerminalQuestion,
  onProgress: (view: View) => void,
): Promise<TerminalAnswer> {
  const now = outside.clock.now();
  const correlationId = randomUUID().slice(0, 8);
  const turn: Turn = {
    viewer: { kind: "operator" },
    place: "terminal",
    conversation: correlationId,
    audience: { words: en, locale, timeZone, now },
    correlationId,
    log: outside.log.child({ correlation: correlationId, place: "terminal" }),
    answerBy: new Date(now.getTime() + PROMPT),
  };
  const answer = await core.dispatcher.ask(text, turn);
  let view = answer.view;
  for await (const next of answer.later ?? []) {
    onProgress(view);
    view = next;
  }
  return { kind: view.kind === "problem" ? "problem" : answer.kind, view };
}

/** After so many milliseconds a person in front of a terminal wants to see that something happens. */
const PROMPT = 800;
