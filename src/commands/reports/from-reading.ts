import type { CollectionOf } from "../../collect/single-reading.ts";
import { isGraphProblem } from "../../kernel/problem.ts";
import type { Question } from "../../language/question.ts";
import type { CollectionName, CollectionState } from "../../ports/collections.ts";
import type { ReportAnswer } from "../../reports/answer.ts";
import type { ExplainedTo } from "../../reports/explain/made-view.ts";
import { faultSince, standingNotices } from "../../reports/usage/notices.ts";
import { nothingStoredView } from "../../views/no-numbers.ts";
import type { View } from "../../views/view.ts";
import type { Asking, Handler, Turn } from "../answer.ts";
import { type InTimeParts, inTime } from "../in-time.ts";

/** Where a report's numbers are kept, and how they are read anew. */
export interface Numbers<Reading> {
  /** What has to be collected for newer ones. */
  readonly collection: CollectionName;
  latest(): Promise<Reading | undefined>;
  collect(askedAt: Date): CollectionOf<Reading>;
}

export interface FromReadingParts extends InTimeParts {
  /** Milliseconds: younger numbers are not read again. */
  readonly refreshAfter: number;
  /** Milliseconds after which numbers are said to be old. */
  readonly oldAfter: number;
  /** How the collections stand. */
  readonly collections: () => Promise<readonly CollectionState[]>;
}

/** What every report is told beside its numbers. */
export interface Shown extends Pick<Asking, "refined" | "explain"> {
  readonly question: Question;
  readonly base: Question;
  readonly turn: Turn;
  readonly told: ReportAnswer;
  readonly onlyYou: boolean;
}

/** For whom the figures of an answer are explained. */
export function explainedTo({ question, base, onlyYou, told: { audience } }: Shown): ExplainedTo {
  return { question, base, onlyYou, audience };
}

/**
 * Answers a report from what is stored; reads Graph where nothing is, or where somebody asks for newer numbers and
 * these are old enough.
 */
export function fromReading<Reading extends { readonly readAt: Date }>(
  parts: FromReadingParts,
  numbersOf: (question: Question, turn: Turn) => Numbers<Reading>,
  viewOf: (reading: Reading, shown: Shown) => View,
): Handler {
  const { clock, refreshAfter, oldAfter } = parts;

  /** The reading with what the last collection says of it. */
  async function standing(
    reading: Reading,
    { collection }: Numbers<Reading>,
    question: Question,
    turn: Turn,
    asking: Asking,
  ): Promise<View> {
    const { readAt } = reading;
    const fault = faultSince(readAt, collection, await parts.collections());
    const notices = standingNotices(
      { readAt, oldAfter, ...(fault && { fault }) },
      { ...turn.audience, now: clock.now() },
    );
    return withNotices(shown(reading, question, turn, asking), notices, asking);
  }

  function shown(reading: Reading, question: Question, turn: Turn, asking: Asking): View {
    const { mode, onlyYou = false, base, corrected, refined, explain } = asking;
    const tooEarly = mode === "refresh" && age(reading, turn) < refreshAfter;
    const isOld = reading.readAt < turn.audience.now;
    return viewOf(reading, {
      ...{ question, base: base ?? question, turn, onlyYou },
      ...(explain && { explain }),
      told: {
        question,
        audience: { ...turn.audience, now: clock.now() },
        refreshed: mode === "refresh",
        ...(tooEarly && isOld && { nextReadAt: new Date(reading.readAt.getTime() + refreshAfter) }),
        ...(onlyYou && { onlyYou }),
        ...(base && { base }),
        ...(corrected && { corrections: corrected }),
        ...(refined && { refined }),
      },
    });
  }

  return async (question, turn, asking) => {
    const numbers = numbersOf(question, turn);
    const { latest, collect } = numbers;
    const stored = await latest();
    const view = (reading: Reading): Promise<View> => standing(reading, numbers, question, turn, asking);
    if (stored && !(wantsNew(turn, asking) && age(stored, turn) >= refreshAfter)) {
      return { kind: "answered", view: await view(stored) };
    }
    if (asking.mode === "stored") {
      return { kind: "answered", view: nothingStoredView({ question, audience: turn.audience }) };
    }
    const { done, progress } = collect(turn.audience.now);
    // The collection has kept what went wrong, and the last complete numbers are shown with it.
    const newest = done.catch((thrown: unknown) => {
      if (stored && isGraphProblem(thrown)) {
        return stored;
      }
      throw thrown;
    });
    return inTime({ view: newest.then(view), progress }, question, turn, asking, parts);
  };
}

/** After what says how the question was read. */
function withNotices(view: View, notices: readonly string[], { corrected = [], refined }: Asking): View {
  if (notices.length === 0 || !("notices" in view)) {
    return view;
  }
  const heard = corrected.length + (refined ? 1 : 0);
  return { ...view, notices: view.notices.toSpliced(heard, 0, ...notices) };
}

/** In a terminal nobody can press Refresh, so asking there does the same. */
export function wantsNew(turn: Turn, { mode }: Asking): boolean {
  return mode === "refresh" || (mode === "ask" && turn.place === "terminal");
}

function age({ readAt }: { readonly readAt: Date }, turn: Turn): number {
  return turn.audience.now.getTime() - readAt.getTime();
}
