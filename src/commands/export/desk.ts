import type { ExportOwner, ExportState, Exports, PendingExport } from "../../export/exports.ts";
import type { SpooledFile } from "../../export/spool.ts";
import type { Upload } from "../../export/upload.ts";
import { asAppError } from "../../kernel/problem.ts";
import type { Question } from "../../language/question.ts";
import { exportNotice, goneView } from "../../views/export.ts";
import type { View } from "../../views/view.ts";
import type { Answer, Asking, FileConsent, FileOffer, Handler, Turn } from "../answer.ts";
import type { Recorder } from "../recorder.ts";
import { suggestionOf } from "../suggestions.ts";
import { type FollowParts, following } from "./follow.ts";
import { type Ordered, planOf } from "./plan.ts";
import { offerOf, outcomeOf, viewOf } from "./shown.ts";
import type { SourceParts } from "./source.ts";

type Who = Pick<Turn, "viewer" | "address">;

/** Files with the numbers or the names of a report, from the question to their end. */
export interface ExportDesk {
  /** "export …", its Cancel button, and the word about an offered file. */
  readonly handler: Handler;
  /** What the file of this id answers; undefined for an id that is not this person's in this chat. */
  questionOf(id: string, turn: Turn): Question | undefined;
  /** The person may not have it any more. Resolves when the file is gone. */
  withdraw(id: string, turn: Turn): Promise<void>;
  /** For the terminal, which takes the file itself; undefined when it is not there any more. */
  file(id: string, who: Who): SpooledFile | undefined;
  /** The terminal has the whole file. */
  taken(id: string, who: Who): Promise<void>;
  /** The terminal could not take it. Resolves when the file is gone. */
  dropped(id: string, who: Who): Promise<void>;
}

interface DeskParts extends SourceParts, FollowParts {
  readonly exports: Exports<Ordered>;
  readonly recorder: Recorder;
  /** Teams' way to hand a file over; absent where there is none: in a terminal, and outside of the global cloud. */
  readonly upload?: Upload;
}

/**
 * Nothing is read or written before the audit has its row, and each end has one of its own: a file that cannot be
 * written down is not made.
 */
export function createExportDesk(parts: DeskParts): ExportDesk {
  const { exports, recorder, upload } = parts;

  async function started(
    question: Question,
    turn: Turn,
    asking: Asking,
    owner: ExportOwner,
  ): Promise<Answer> {
    const plan = planOf(question, turn, asking, parts);
    if (!plan) {
      return noticed(turn, ({ which }) => [which], WHICH.map(suggestionOf));
    }
    const outcome = exports.start({
      owner,
      name: plan.name,
      about: { question, plan },
      async make(spool, options) {
        await recorder.record(question, turn, { what: "export", outcome: "started" });
        return plan.make(spool, options);
      },
      onEnd: (state) => ended(state, question, turn),
    });
    if (outcome.kind === "busy") {
      const { whose, most } = outcome;
      return noticed(turn, ({ busy }) => [busy[whose](String(most))]);
    }
    const { id, spooled } = outcome;
    const followed = await followingOf(id, spooled, turn, owner);
    return { ...followed, offer: spooled.then(() => offer(id, turn, owner)) };
  }

  function offer(id: string, turn: Turn, owner: ExportOwner): FileOffer | undefined {
    const pending = exports.get(id, owner);
    return pending && offerOf(pending, turn);
  }

  async function ended(state: ExportState, question: Question, turn: Turn): Promise<void> {
    const outcome = outcomeOf(state, turn);
    if (state.kind === "failed") {
      const { code, facts, cause } = state.problem;
      turn.log.error({ code, facts, ...(code === "INTERNAL" && { err: cause }) }, "an export failed");
    }
    try {
      await recorder.record(question, turn, { what: "export", outcome });
    } catch (thrown) {
      const { code, facts } = asAppError(thrown);
      turn.log.error({ code, facts }, "the end of an export could not be stored");
    }
  }

  async function consented({ id, address }: FileConsent, turn: Turn, owner: ExportOwner): Promise<Answer> {
    if (address === undefined || !upload) {
      await exports.cancel(id, owner, "declined");
      return answered(look(id, turn, owner));
    }
    const sent = exports.upload(id, owner, (file, options) => upload(address, file, options));
    // Teams is answered at once, however small the file is.
    const followed = await followingOf(id, sent, { ...turn, answerBy: turn.audience.now }, owner);
    return { ...followed, arrived: sent.then((pending) => pending?.state.kind === "done") };
  }

  async function followingOf(
    id: string,
    done: Promise<unknown>,
    turn: Turn,
    owner: ExportOwner,
  ): Promise<Answer> {
    const { view, later } = await following(done, () => look(id, turn, owner), turn, parts);
    return { ...answered(view), ...(later && { later }) };
  }

  function look(id: string, turn: Turn, owner: ExportOwner): View {
    const pending = exports.get(id, owner);
    const audience = { ...turn.audience, now: parts.clock.now() };
    return pending ? viewOf(pending, { ...turn, audience }) : goneView(audience);
  }

  function own(id: string, turn: Turn): PendingExport<Ordered> | undefined {
    const owner = ownerOf(turn);
    return owner && exports.get(id, owner);
  }

  return {
    async handler(question, turn, asking) {
      const owner = ownerOf(turn);
      if (!owner) {
        return answered(goneView(turn.audience));
      }
      if (asking.cancels !== undefined) {
        await exports.cancel(asking.cancels, owner);
        return answered(look(asking.cancels, turn, owner));
      }
      if (asking.consent) {
        return consented(asking.consent, turn, owner);
      }
      if (turn.place === "terminal" && !turn.takesFile) {
        return noticed(turn, ({ addCsv }) => [addCsv]);
      }
      if (turn.place !== "terminal" && !upload) {
        return noticed(turn, ({ notInThisCloud, inTheTerminal }) => [`${notInThisCloud}.`, inTheTerminal]);
      }
      return started(question, turn, asking, owner);
    },
    questionOf: (id, turn) => own(id, turn)?.about.question,
    async withdraw(id, turn) {
      const owner = ownerOf(turn);
      await (owner && exports.cancel(id, owner, "refused"));
    },
    file(id, who) {
      const owner = ownerOf(who);
      return owner && exports.file(id, owner);
    },
    async dropped(id, who) {
      const owner = ownerOf(who);
      await (owner && exports.cancel(id, owner));
    },
    async taken(id, who) {
      const owner = ownerOf(who);
      await (owner && exports.upload(id, owner, async () => ({ kind: "uploaded" })));
    },
  };
}

/** Whoever Teams does not name owns nothing. */
function ownerOf({ viewer, address }: Who): ExportOwner | undefined {
  if (viewer.kind === "operator") {
    return { conversationId: "terminal", userId: "operator" };
  }
  return viewer.kind === "person" && address
    ? { conversationId: address.conversationId, userId: viewer.userId }
    : undefined;
}

const WHICH: readonly Question[] = [
  { command: "export", options: { report: "usage" } },
  { command: "export", options: { report: "registration" } },
  { command: "export", options: { report: "failures" } },
  { command: "export", options: { report: "people", filter: "without-mfa" } },
  { command: "export", options: { report: "people", filter: "not-registered" } },
];

function noticed(
  { audience }: Turn,
  lines: Parameters<typeof exportNotice>[1],
  suggestions: readonly ReturnType<typeof suggestionOf>[] = [],
): Answer {
  const buttons = suggestions.map(({ words: title, question }) => ({
    title,
    verb: "ask" as const,
    question,
  }));
  return answered(exportNotice(audience, lines, buttons));
}

function answered(view: View): Answer {
  return { kind: view.kind === "problem" ? "problem" : "answered", view };
}
