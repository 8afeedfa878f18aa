import type { Permission } from "../access/permission.ts";
import { isShared, placeRule } from "../access/places.ts";
import type { AccessRules } from "../access/rules.ts";
import type { Clock } from "../kernel/clock.ts";
import { asAppError } from "../kernel/problem.ts";
import { COMMANDS } from "../language/commands.ts";
import { parse } from "../language/parse.ts";
import type { CommandId, Question, Reading } from "../language/question.ts";
import { goneView } from "../views/export.ts";
import { plainNotice, welcomeView } from "../views/notice.ts";
import { problemView } from "../views/problem.ts";
import type { View } from "../views/view.ts";
import type { Acted, Answer, Asking, FileConsent, Handler, Turn } from "./answer.ts";
import type { Authorise, Lacking } from "./authorise.ts";
import type { Context } from "./context.ts";
import type { ExportDesk } from "./export/desk.ts";
import { askingOf, type Pressed } from "./pressed.ts";
import type { Recorder } from "./recorder.ts";
import { misunderstood, offered, refused, saysNothing } from "./replies.ts";
import { namesElsewhere, privately, shownIn, withoutName } from "./shared-place.ts";
import { suggestionsOf } from "./suggestions.ts";

export interface Dispatcher {
  /** Answers a message. Never rejects: every fault becomes a problem card and a log line. */
  ask(text: string, turn: Turn): Promise<Answer>;
  /** Answers a button. `shared` views are seen by everybody, so they have no "only you". Never rejects. */
  press(pressed: Pressed, turn: Turn, options: { readonly shared: boolean }): Promise<Answer>;
  /** Refuses a button that AuthPulse did not put into this conversation. */
  forged(pressed: Pressed, turn: Turn): Promise<Answer>;
  /** Answers what was said to an offered file, for whoever says it now. Never rejects. */
  consent(consent: FileConsent, turn: Turn): Promise<Answer>;
  welcome(turn: Turn): Answer;
}

/** One for each command, in the order that help shows them. */
export type Handlers = Readonly<Record<CommandId, Handler>>;

export function workingOf(handlers: Handlers): readonly CommandId[] {
  return Object.keys(handlers) as CommandId[];
}

interface Pressing {
  /** Somebody who was refused wants to know anew. */
  readonly fresh: boolean;
  /** The answer is a view in the place of the card, not a message below. */
  readonly inPlace: boolean;
}

interface DispatcherParts {
  readonly handlers: Handlers;
  readonly rules: AccessRules;
  readonly authorise: Authorise;
  readonly recorder: Recorder;
  readonly files: Pick<ExportDesk, "questionOf" | "withdraw">;
  /** Numbers may be shown where several people read them. */
  readonly channelReports: boolean;
  /** Counts of people below it are not told exactly. */
  readonly smallGroupFloor: number;
  readonly context: Context;
  readonly clock: Clock;
  /** When the last complete numbers for a question were read, if there are any. */
  readonly lastRead: (question: Question) => Promise<Date | undefined>;
  /** Adds to the first answer of a place that everybody there reads it. */
  readonly tellingReaders: (answer: Answer, turn: Turn) => Promise<Answer>;
  /** What several people may read in place of a list of names; undefined for other questions. */
  readonly countElsewhere: (question: Question, turn: Turn) => Promise<View | undefined>;
}

/** Words or a button → question → access decision → handler. The only way to an answer. */
export function createDispatcher({
  handlers,
  rules,
  authorise,
  recorder,
  files,
  channelReports,
  smallGroupFloor,
  context,
  clock,
  lastRead,
  tellingReaders,
  countElsewhere,
}: DispatcherParts): Dispatcher {
  const working = workingOf(handlers);

  async function run(question: Question, turn: Turn, how: Asking, pressed?: Pressing): Promise<Answer> {
    const handler = handlers[question.command];
    try {
      const lacking = await authorise(question, turn, how, { fresh: pressed?.fresh ?? false });
      return lacking
        ? await refuse(question, turn, lacking)
        : await permitted(handler, question, turn, { how, inPlace: pressed?.inPlace ?? false });
    } catch (thrown) {
      return failed(thrown, question, turn);
    }
  }

  async function permitted(
    handler: Handler,
    question: Question,
    turn: Turn,
    { how, inPlace }: { readonly how: Asking; readonly inPlace: boolean },
  ): Promise<Answer> {
    const { permission, where } = COMMANDS[question.command];
    const asked = { where, ofPlace: isOfPlace(question.command), ...(permission && { permission }) };
    const rule = placeRule(asked, turn.place, channelReports);
    if (rule === "names-elsewhere") {
      return { kind: "answered", view: await withoutNames(question, turn) };
    }
    // Where numbers are not for all, a press changes no message: its answer is for the presser.
    const asking = rule === "privately" && inPlace ? { ...how, presserOnly: true } : how;
    const answer = await written(await handler(question, turn, asking), question, turn);
    if (rule === "privately") {
      return privately(answer, question, turn);
    }
    return isReadByAll(answer, asking, turn, asked) ? await tellingReaders(answer, turn) : answer;
  }

  async function withoutNames(question: Question, turn: Turn): Promise<View> {
    const count = channelReports ? await countElsewhere(question, turn) : undefined;
    return count ?? namesElsewhere(question, turn);
  }

  async function refuse(question: Question, turn: Turn, lacking: Lacking): Promise<Answer> {
    await noted(question, turn, { what: "refused", outcome: lacking.outside ? "not-a-member" : "refused" });
    return refused(question, turn, { ...lacking, holders: rules[lacking.permission] });
  }

  /** Who may see names and who looked is known before anything is shown; a change is told even unrecorded. */
  async function written(answer: Answer, question: Question, turn: Turn): Promise<Answer> {
    const what = recorder.actOf(question);
    const acted = answer.acted ?? (what && { what, outcome: answer.kind });
    const later = answer.later && guarded(answer, answer.later, question, turn);
    if (acted && (!what || answer.view.kind !== "progress")) {
      await (what ? recorder.record(question, turn, acted) : noted(question, turn, acted));
    }
    return { ...answer, ...(later && { later }) };
  }

  /** What has happened already is not taken back for want of a row; the log has the line in any case. */
  async function noted(question: Question, turn: Turn, acted: Acted): Promise<void> {
    try {
      await recorder.record(question, turn, acted);
    } catch (thrown) {
      const { code, facts } = asAppError(thrown);
      turn.log.error({ code, facts }, "a line of the audit could not be stored");
    }
  }

  /** The sink: a log line with everything, a card with what helps. */
  async function failed(thrown: unknown, question: Question, turn: Turn): Promise<Answer> {
    const { code, facts, cause } = asAppError(thrown);
    const more = code === "INTERNAL" ? { err: cause } : {};
    turn.log.error({ code, facts, command: question.command, ...more }, "a question could not be answered");
    const { correlationId } = turn;
    const what = recorder.actOf(question);
    if (code === "ACCESS-UNDECIDED") {
      await noted(question, turn, { what: "refused", outcome: code });
    } else if (what) {
      await noted(question, turn, { what, outcome: code });
    }
    // By now the turn may be older than the wait that Graph asks for.
    const audience = { ...turn.audience, now: clock.now() };
    const lastReadAt = await lastReadOrNone(question, turn);
    const view = problemView({
      code,
      facts,
      audience,
      correlationId,
      question: shownIn(turn.place, question),
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

  async function* guarded(
    { actedLater }: Answer,
    later: AsyncIterable<View>,
    question: Question,
    turn: Turn,
  ): AsyncIterable<View> {
    const what = recorder.actOf(question);
    try {
      for await (const view of later) {
        const acted = actedLater?.() ?? (what && { what, outcome: "answered" });
        if (acted && view.kind !== "progress") {
          await (what ? recorder.record(question, turn, acted) : noted(question, turn, acted));
        }
        yield view;
      }
    } catch (thrown) {
      yield (await failed(thrown, question, turn)).view;
    }
  }

  function floored(turn: Turn): Turn {
    return { ...turn, audience: { ...turn.audience, smallGroupFloor } };
  }

  return {
    async ask(text, asked) {
      const turn = floored(asked);
      const refined = turn.place === "personal" ? context.refine(turn, text) : undefined;
      const reading: Reading = refined ?? parse(text);
      if ("misunderstood" in reading) {
        // Nothing but a mention, a blank or a smile: whoever sent it wants to know what there is.
        return saysNothing(reading) ? run(HELP, turn, { mode: "ask" }) : misunderstood(reading, turn);
      }
      const { command, options, corrected } = reading;
      const question = { command, options };
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
      return run(pressed.question, floored(turn), askingOf(pressed, shared), {
        fresh: pressed.verb === "retry",
        inPlace: pressed.verb !== "ask" && !shared,
      });
    },
    async forged({ question }, turn) {
      await noted(withoutName(question), turn, { what: "refused", outcome: "forged-button" });
      const { otherChat } = turn.audience.words.replies;
      return { kind: "refused", view: plainNotice(otherChat, []) };
    },
    async consent(consent, asked) {
      const turn = floored(asked);
      const question = files.questionOf(consent.id, turn);
      if (!question) {
        return { kind: "answered", view: goneView(turn.audience) };
      }
      // What was allowed when the file was ordered may have been taken away since.
      const answer = await run(question, turn, { mode: "ask", consent }, { fresh: true, inPlace: true });
      if (answer.kind === "refused") {
        await files.withdraw(consent.id, turn);
      }
      return answer;
    },
    welcome({ place, audience }) {
      const where = place === "channel" ? "team" : place === "groupChat" ? "groupChat" : "personal";
      return {
        kind: "answered",
        view: welcomeView({ place: where, suggestions: suggestionsOf(offered(working, where)), audience }),
      };
    },
  };
}

/** A digest is of its place: somebody who may has decided that it is read there. */
function isOfPlace(command: CommandId): boolean {
  return command === "digest" || command.startsWith("digest-");
}

function isReadByAll(
  { kind }: Answer,
  { presserOnly }: Asking,
  { place }: Turn,
  { permission, ofPlace }: { readonly permission?: Permission; readonly ofPlace: boolean },
): boolean {
  return kind === "answered" && permission === "reports" && !presserOnly && isShared(place) && !ofPlace;
}

const HELP: Question = { command: "help", options: {} };
