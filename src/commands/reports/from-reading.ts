import type { CollectionOf } from "../../collect/single-reading.ts";
import type { Question } from "../../language/question.ts";
import { nothingStoredView } from "../../views/no-numbers.ts";
import type { View } from "../../views/view.ts";
import type { Asking, Handler, Turn } from "../answer.ts";
import { type InTimeParts, inTime } from "../in-time.ts";

/** Where a report's numbers are kept, and how they are read anew. */
export interface Numbers<Reading> {
  latest(): Promise<Reading | undefined>;
  collect(askedAt: Date): CollectionOf<Reading>;
}

export interface FromReadingParts extends InTimeParts {
  /** Milliseconds: younger numbers are not read again. */
  readonly refreshAfter: number;
}

/** What every report is told beside its numbers. */
export interface Shown extends Pick<Asking, "refined" | "explain"> {
  readonly question: Question;
  readonly base: Question;
  readonly turn: Turn;
  readonly told: {
    readonly question: Question;
    readonly audience: Turn["audience"];
    readonly refreshed: boolean;
    readonly nextReadAt?: Date;
    readonly onlyYou?: boolean;
    readonly base?: Question;
    readonly corrections?: NonNullable<Asking["corrected"]>;
    readonly refined?: boolean;
  };
  readonly onlyYou: boolean;
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
  const { clock, refreshAfter } = parts;

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
    const { latest, collect } = numbersOf(question, turn);
    const stored = await latest();
    if (stored && !(wantsNew(turn, asking) && age(stored, turn) >= refreshAfter)) {
      return { kind: "answered", view: shown(stored, question, turn, asking) };
    }
    if (asking.mode === "stored") {
      return { kind: "answered", view: nothingStoredView({ question, audience: turn.audience }) };
    }
    const { done, progress } = collect(turn.audience.now);
    const view = done.then((reading) => shown(reading, question, turn, asking));
    return inTime({ view, progress }, question, turn, asking, parts);
  };
}

/** In a terminal nobody can press Refresh, so asking there does the same. */
export function wantsNew(turn: Turn, { mode }: Asking): boolean {
  return mode === "refresh" || (mode === "ask" && turn.place === "terminal");
}

function age({ readAt }: { readonly readAt: Date }, turn: Turn): number {
  return turn.audience.now.getTime() - readAt.getTime();
}
