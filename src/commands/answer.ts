import type { AskedIn } from "../access/places.ts";
import type { Viewer } from "../access/viewer.ts";
import type { UserId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { Correction, Question } from "../language/question.ts";
import type { AuditAct } from "../ports/audit.ts";
import type { PlaceAddress } from "../ports/digest.ts";
import type { Audience } from "../views/audience.ts";
import type { ActionButton, FormValues, Paging, View } from "../views/view.ts";

/** Who asks, where, and how to speak to them; one for each message or button press. */
export interface Turn {
  readonly viewer: Viewer;
  readonly place: AskedIn;
  /** Absent in the terminal. */
  readonly address?: PlaceAddress;
  /** "Identity Operations › General", where Teams says it. */
  readonly placeName?: string;
  /** What options alone refine: one conversation of one person. */
  readonly conversation: string;
  readonly audience: Audience;
  /** Stands on problem cards and in every log line of the turn. */
  readonly correlationId: string;
  readonly log: Log;
  /** Whoever asks takes a file itself: the terminal that was told where to write it. */
  readonly takesFile?: boolean;
  /** By then the turn shows something, even if only how far the reading is. */
  readonly answerBy: Date;
}

/**
 * ask: from the store, reading Graph only when nothing is stored · refresh: reads Graph again when the
 * numbers are old enough · stored: from the store only.
 */
export type Mode = "ask" | "refresh" | "stored";

/** How a question came about; it decides what the view says beside the numbers. */
export interface Asking {
  readonly mode: Mode;
  /** Nobody but the presser gets the view, so nothing can be put in its place later. */
  readonly presserOnly?: boolean;
  /** The view says so, as it is not the message's own; Back returns to `base`. */
  readonly onlyYou?: boolean;
  readonly base?: Question;
  readonly corrected?: readonly Correction[];
  /** A form was sent: `confirm` after its readers were named. What it holds is not believed. */
  readonly form?: { readonly step: "set" | "confirm" | "preview"; readonly values: FormValues };
  /** What was pressed, where pressing again must do the same. */
  readonly again?: Pick<ActionButton, "verb" | "values" | "paging">;
  /** What a form held before its preview. */
  readonly values?: FormValues;
  /** How the figures come about, instead of the figures. */
  readonly explain?: boolean;
  /** Another page of a list. */
  readonly paging?: Paging;
  /** The id of an export that ends. */
  readonly cancels?: string;
  /** What was said to an offered file. */
  readonly consent?: FileConsent;
  /** All that is behind a digest, or the texts of campaigns. */
  readonly detailed?: boolean;
  /** The button stands on a digest that this place was given, so its figures are no news here. */
  readonly given?: boolean;
  /** The question came from options alone, on top of the one before. */
  readonly refined?: boolean;
}

/** A person's word about a file that was offered. */
export interface FileConsent {
  /** Of the export. It comes from the client, so it is not believed. */
  readonly id: string;
  /** Where Teams says that the file is to be put, not believed either; absent when it was declined. */
  readonly address?: string;
}

/** A file that waits to be accepted. */
export interface FileOffer {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** One line about it. */
  readonly description: string;
}

/** What is written down of an answer. */
export interface Acted {
  readonly what: AuditAct;
  /** What became of it: "answered", "refused", a problem code, or the new state of a subscription. */
  readonly outcome: string;
  /** The person who was looked up. */
  readonly target?: UserId;
  readonly detail?: string;
}

export interface Answer {
  readonly kind: "answered" | "misunderstood" | "refused" | "problem";
  readonly view: View;
  /** Present when the view is not the last word: progress now and then, and at the end the result. */
  readonly later?: AsyncIterable<View>;
  /** The file to offer after the last view; nothing when there is none. */
  readonly offer?: Promise<FileOffer | undefined>;
  /** Whether the accepted file has reached its place. */
  readonly arrived?: Promise<boolean>;
  /** Something was changed, or a person was looked up. */
  readonly acted?: Acted;
  /** The same of the last word of `later`, asked for when it is there. */
  readonly actedLater?: () => Acted | undefined;
  /** The view is for the asker's personal chat; where it was asked stands one of these. */
  readonly privately?: { readonly sent: View; readonly notSent: View };
}

/** Answers one command. Faults are thrown; the dispatcher makes a problem card of them. */
export type Handler = (question: Question, turn: Turn, asking: Asking) => Promise<Answer>;
