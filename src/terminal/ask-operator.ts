import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Answer, Turn } from "../commands/answer.ts";
import type { Core } from "../core.ts";
import type { Log } from "../kernel/log.ts";
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
  /** One technical sentence about a problem, for whoever runs the product. */
  readonly detail?: string;
}

/** Asks as the operator and waits for the last word; `onProgress` is told how far a reading is. */
export async function askOperator(
  core: Core,
  outside: Outside,
  { text, locale, timeZone }: TerminalQuestion,
  onProgress: (line: string) => void,
): Promise<TerminalAnswer> {
  const now = outside.clock.now();
  const correlationId = randomUUID().slice(0, 8);
  let detail: string | undefined;
  const log = overheard(outside.log, (said) => {
    detail = said;
  });
  const turn: Turn = {
    viewer: { kind: "operator" },
    place: "terminal",
    conversation: correlationId,
    audience: { words: en, locale, timeZone, now },
    correlationId,
    log: log.child({ correlation: correlationId, place: "terminal" }),
    answerBy: new Date(now.getTime() + PROMPT),
  };
  const answer = await core.dispatcher.ask(text, turn);
  let view = answer.view;
  for await (const next of answer.later ?? []) {
    onProgress(view.kind === "progress" ? (view.lines[0] ?? view.headline) : view.headline);
    view = next;
  }
  const kind = view.kind === "problem" ? "problem" : answer.kind;
  return { kind, view, ...(view.kind === "problem" && detail !== undefined && { detail }) };
}

/** A log that also passes on the detail of an error: cards leave it out, and a terminal's log is silent. */
function overheard(log: Log, onDetail: (detail: string) => void): Log {
  return {
    debug: (facts, message) => log.debug(facts, message),
    info: (facts, message) => log.info(facts, message),
    warn: (facts, message) => log.warn(facts, message),
    error(facts, message) {
      const { data } = loggedProblem.safeParse(facts);
      if (data) {
        onDetail(data.facts.detail);
      }
      log.error(facts, message);
    },
    child: (facts) => overheard(log.child(facts), onDetail),
  };
}

const loggedProblem = z.object({ facts: z.object({ detail: z.string() }) });

/** After so many milliseconds a person in front of a terminal wants to see that something happens. */
const PROMPT = 800;
