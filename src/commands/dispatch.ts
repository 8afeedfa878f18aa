import type { Gate } from "../access/gate.ts";
import type { Clock } from "../kernel/clock.ts";
import { asAppError } from "../kernel/problem.ts";
import { COMMANDS } from "../language/commands.ts";
import { parse } from "../language/parse.ts";
import type { CommandId, Misunderstood, Question, Reading, Understood } from "../language/question.ts";
import { misunderstoodView, notInThisVersionView, welcomeView } from "../views/notice.ts";
import { problemView } from "../views/problem.ts";
import type { FormValues, Verb, View } from "../views/view.ts";
import type { Answer, Asking, Handler, Turn } from "./answer.ts";
import type { Context } from "./context.ts";
import { suggestionOf, suggestionsOf } from "./suggestions.ts";

/** A button as pressed; its question has the shape of one, and is authorised again like any other. */
export interface Pressed {
  readonly verb: Verb;
  readonly question: Question;
  readonly base?: Question;
  readonly values: FormValues;
  /** The client opened the card by itself. */
  readonly automatic: boolean;
}

export interface Dispatcher {
  /** Answers a message. Never rejects: every fault becomes a problem card and a log line. */
  ask(text: string, turn: Turn): Promise<Answer>;
  /** Answers a button. `shared` views are seen by everybody, so they have no "only you". Never rejects. */
  press(pressed: Pressed, turn: Turn, options: { readonly shared: boolean }): Promise<Answer>;
  welcome(turn: Turn): Answer;
}

/** What a version answers, in the order that help shows it. */
export type Handlers = Readonly<Partial<Record<CommandId, Handler>>>;

export function workingOf(handlers: Handlers): readonly CommandId[] {
  return Object.keys(handlers) as CommandId[];
}

interface DispatcherParts {
  readonly handlers: Handlers;
  readonly gate: Gate;
  readonly context: Context;
  readonly clock: Clock;
  /** When the last complete numbers for a question were read, if there are any. */
  readonly lastRead: (question: Question) => Promise<Date | undefined>;
  /** Whether the place was given a digest: then everybody there may look at those figures. */
  readonly wasGiven: (turn: Turn) => Promise<boolean>;
}

/** Words or a button → question → access decision → handler. The only way to an answer. */
export function createDispatcher({
  handlers,
  gate,
  context,
  clock,
  lastRead,
  wasGiven,
}: DispatcherParts): Dispatcher {
  const working = workingOf(handlers);

  async function run(question: Question, turn: Turn, asking: Asking, fresh = false): Promise<Answer> {
    const handler = handlers[question.command];
    if (!handler) {
      return notInThisVersion(question, turn);
    }
    try {
      const isOpen = asking.given === true && turn.viewer.kind === "person" && (await wasGiven(turn));
      const { permission } = COMMANDS[question.command];
      if (permission && !isOpen && !(await gate.decide(turn.viewer, { fresh })).allowed) {
        turn.log.info({ command: question.command }, "refused: no report-reading role");
        return refused(question, turn);
      }
      const answer = await handler(question, turn, asking);
      return answer.later ? { ...answer, later: guarded(answer.later, question, turn) } : answer;
    } catch (thrown) {
      return failed(thrown, question, turn);
    }
  }

  /** The sink: a log line with everything, a card with what helps. */
  async function failed(thrown: unknown, question: Question, turn: Turn): Promise<Answer> {
    const { code, facts, cause } = asAppError(thrown);
    const more = code === "INTERNAL" ? { err: cause } : {};
    turn.log.error({ code, facts, command: question.command, ...more }, "a question could not be answered");
    const { correlationId } = turn;
    // By now the turn may be older than the wait that Graph asks for.
    const audience = { ...turn.audience, now: clock.now() };
    const lastReadAt = await lastReadOrNone(question, turn);
    const view = problemView({
      code,
      facts,
      audience,
      correlationId,
      question,
      ...(lastReadAt && { lastReadAt }),
    });
    return { kind: code === "ACCESS-UNDECIDED" ? "refused" : "problem", view };
  }

  /** The store may be what failed. */
  async function lastReadOrNone(question: Question, turn: Turn): Promise<Date | undefined> {
    try {
      return await lastRead(question);
    } catch (thrown) {
      turn.log.warn({ code: asAppError(thrown).code }, "the last numbers are not known");
      return undefined;
    }
  }

  async function* guarded(later: AsyncIterable<View>, question: Question, turn: Turn): AsyncIterable<View> {
    try {
      yield* later;
    } catch (thrown) {
      yield (await failed(thrown, question, turn)).view;
    }
  }

  function notInThisVersion(question: Question, { audience }: Turn): Answer {
    const { words } = suggestionOf(question);
    return {
      kind: "answered",
      view: notInThisVersionView({ question, words, available: suggestionsOf(working), audience }),
    };
  }

  return {
    async ask(text, turn) {
      const refined = turn.place === "personal" ? context.refine(turn, text) : undefined;
      const reading: Reading = refined ?? parse(text);
      if ("misunderstood" in reading) {
        // Nothing but a mention, a blank or a smile: whoever sent it wants to know what there is.
        return saysNothing(reading) ? run(HELP, turn, { mode: "ask" }) : misunderstood(reading, turn);
      }
      const { question, corrected } = questionOf(reading);
      const answer = await run(question, turn, {
        mode: "ask",
        ...(corrected && { corrected }),
        ...(refined && { refined: true }),
      });
      if (answer.kind === "answered" && handlers[question.command] && COMMANDS[question.command].permission) {
        context.remember(turn, question);
      }
      return answer;
    },
    press(pressed, turn, { shared }) {
      return run(pressed.question, turn, askingOf(pressed, shared), pressed.verb === "retry");
    },
    welcome({ place, audience }) {
      const where = place === "channel" ? "team" : place === "groupChat" ? "groupChat" : "personal";
      return {
        kind: "answered",
        view: welcomeView({ place: where, suggestions: suggestionsOf(working), audience }),
      };
    },
  };
}

const HELP: Question = { command: "help", options: {} };

function refused(question: Question, { viewer, place, audience, correlationId }: Turn): Answer {
  const account = viewer.kind === "person" && place === "personal" ? viewer.name : undefined;
  const view = problemView({
    code: "ACCESS-DENIED",
    facts: {},
    audience,
    correlationId,
    question,
    ...(account && { account }),
  });
  return { kind: "refused", view };
}

const FORM_STEPS: Readonly<Partial<Record<Verb, "set" | "confirm" | "preview">>> = {
  "digest-set": "set",
  "digest-confirm": "confirm",
  "digest-preview": "preview",
};

/**
 * What stands on a digest that a place was given is open to everybody there: these buttons, each for this one
 * question. Any other pair asks for the permission.
 */
const GIVEN: Readonly<Partial<Record<Verb, CommandId>>> = {
  today: "overview",
  details: "digest-week",
  back: "digest-week",
};

function askingOf(pressed: Pressed, shared: boolean): Asking {
  const { verb, question, base, values, automatic } = pressed;
  const step = FORM_STEPS[verb];
  if (automatic || verb === "stored") {
    return { mode: "stored", presserOnly: automatic };
  }
  if (verb === "refresh" || verb === "retry") {
    return { mode: "refresh" };
  }
  if (step) {
    return { mode: "ask", form: { step, values }, again: { verb, values }, ...(base && { base }) };
  }
  return { given: GIVEN[verb] === question.command, ...lookingAt(pressed, shared) };
}

/** Views for the presser. Where a client cannot show one to the presser alone, nothing says "only you". */
function lookingAt({ verb, base, values }: Pressed, shared: boolean): Asking {
  const mode = verb === "today" ? "refresh" : "ask";
  const detailed = verb === "details";
  if (shared || verb === "ask") {
    return { mode, detailed };
  }
  if (verb === "back") {
    return { mode, presserOnly: true, values };
  }
  const again = verb === "look" ? {} : { again: { verb } };
  return { mode, detailed, presserOnly: true, onlyYou: true, ...again, ...(base && { base }) };
}

function saysNothing({ unknownWords, suggestions }: Misunderstood): boolean {
  return unknownWords.length === 0 && suggestions.every((words) => words === "help");
}

function misunderstood(reading: Misunderstood, { audience }: Turn): Answer {
  const suggestions = reading.suggestions.flatMap((words) => {
    const suggested = parse(words);
    return "misunderstood" in suggested ? [] : [suggestionOf(questionOf(suggested).question)];
  });
  return { kind: "misunderstood", view: misunderstoodView({ reading, suggestions, audience }) };
}

function questionOf({ command, options, corrected }: Understood): {
  readonly question: Question;
  readonly corrected: Understood["corrected"];
} {
  return { question: { command, options }, corrected };
}
