import type { CommandId, Question } from "../language/question.ts";
import type { FormValues, Paging, Verb } from "../views/view.ts";
import type { Asking } from "./answer.ts";

/** A button as pressed; its question has the shape of one, and is authorised again like any other. */
export interface Pressed {
  readonly verb: Verb;
  readonly question: Question;
  readonly base?: Question;
  readonly values: FormValues;
  /** The client opened the card by itself. */
  readonly automatic: boolean;
  /** Another page of a list. */
  readonly paging?: Paging;
  /** The export that ends. */
  readonly exportId?: string;
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

/** How a pressed button asks. `shared` views are seen by everybody, so they have no "only you". */
export function askingOf(pressed: Pressed, shared: boolean): Asking {
  const { verb, question, base, values, automatic, exportId } = pressed;
  const step = FORM_STEPS[verb];
  if (automatic || verb === "stored") {
    return { mode: "stored", presserOnly: automatic };
  }
  if (verb === "refresh" || verb === "retry") {
    return { mode: "refresh" };
  }
  if (verb === "cancel") {
    return { mode: "ask", cancels: exportId ?? "" };
  }
  if (step) {
    const isForOne = step === "preview" && !shared;
    return {
      ...{ mode: "ask", form: { step, values }, again: { verb, values } },
      ...(isForOne && { presserOnly: true }),
      ...(base && { base }),
    };
  }
  return { given: GIVEN[verb] === question.command, ...lookingAt(pressed, shared) };
}

/** Views for the presser. Where a client cannot show one to the presser alone, nothing says "only you". */
function lookingAt({ verb, base, values, paging }: Pressed, shared: boolean): Asking {
  const mode = verb === "today" ? "refresh" : "ask";
  const how = {
    mode,
    detailed: verb === "details",
    explain: verb === "explain",
    ...(paging && { paging }),
  } as const;
  if (shared || verb === "ask") {
    return how;
  }
  if (verb === "back") {
    return { mode, presserOnly: true, values };
  }
  const again = verb === "look" && !paging ? {} : { again: { verb, ...(paging && { paging }) } };
  return { ...how, presserOnly: true, onlyYou: true, ...again, ...(base && { base }) };
}
