import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Answer, FileOffer, Turn } from "../commands/answer.ts";
import type { Core } from "../core.ts";
import type { Log } from "../kernel/log.ts";
import type { Outside } from "../kernel/outside.ts";
import { COMMANDS } from "../language/commands.ts";
import { parse } from "../language/parse.ts";
import type { CommandId, Question, ReportName } from "../language/question.ts";
import { en } from "../reference/words/en.ts";
import type { View } from "../views/view.ts";

export interface TerminalQuestion {
  readonly text: string;
  readonly locale: string;
  readonly timeZone: string;
  /** The answer is wanted as a file. */
  readonly asFile?: boolean;
}

/** What is printed: plain data, since it may come from a bot in another process. */
export interface TerminalAnswer {
  readonly kind: Answer["kind"];
  readonly view: View;
  /** One technical sentence about a problem, for whoever runs the product. */
  readonly detail?: string;
  /** The file that was asked for; it waits for an hour. */
  readonly file?: FileOffer;
}

/** Asks as the operator and waits for the last word; `onProgress` is told how far a reading is. */
export async function askOperator(
  core: Core,
  outside: Outside,
  { text, locale, timeZone, asFile = false }: TerminalQuestion,
  onProgress: (line: string) => void,
): Promise<TerminalAnswer> {
  const now = outside.clock.now();
  const correlationId = randomUUID().slice(0, 8);
  let detail: string | undefined;
  const log = overheard(outside.log, (said) => {
    detail = said;
  });
  const turn: Turn = {
    ...OPERATOR,
    conversation: correlationId,
    audience: { words: en, locale, timeZone, now },
    ...(asFile && { takesFile: true }),
    correlationId,
    log: log.child({ correlation: correlationId, place: "terminal" }),
    answerBy: new Date(now.getTime() + PROMPT),
  };
  const answer = await (asFile ? askForFile(core, text, turn) : core.dispatcher.ask(text, turn));
  let view = answer.view;
  for await (const next of answer.later ?? []) {
    onProgress(view.kind === "progress" ? (view.lines[0] ?? view.headline) : view.headline);
    view = next;
  }
  const kind = view.kind === "problem" ? "problem" : answer.kind;
  const file = await answer.offer;
  return {
    ...{ kind, view },
    ...(view.kind === "problem" && detail !== undefined && { detail }),
    ...(file && { file }),
  };
}

/** Who a terminal is, whatever it asks. */
export const OPERATOR = { viewer: { kind: "operator" }, place: "terminal" } as const;

/** A report that can be a file is asked for as one: "sspr usage" as "export usage". */
async function askForFile({ dispatcher }: Core, text: string, turn: Turn): Promise<Answer> {
  const reading = parse(text);
  const report = "misunderstood" in reading ? undefined : reportOf(reading.command);
  if ("misunderstood" in reading || report === undefined) {
    return dispatcher.ask(text, turn);
  }
  const question: Question = { command: "export", options: { ...reading.options, report } };
  const asked = { verb: "ask", question, values: {}, automatic: false } as const;
  return dispatcher.press(asked, turn, { shared: false });
}

function reportOf(command: CommandId): ReportName | undefined {
  return COMMANDS.export.exports?.find((report) => report === command);
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
