import type { ExportState, PendingExport } from "../../export/exports.ts";
import {
  arrivedView,
  consentText,
  type ExportShown,
  endedView,
  failedView,
  madeView,
  makingView,
  sendingView,
} from "../../views/export.ts";
import type { View } from "../../views/view.ts";
import type { FileOffer, Turn } from "../answer.ts";
import type { Ordered } from "./plan.ts";

type Pending = PendingExport<Ordered>;

/** How far an export is, as whoever asked for it sees it. */
export function viewOf(pending: Pending, turn: Turn): View {
  const { state } = pending;
  const shown = shownOf(pending, turn);
  switch (state.kind) {
    case "spooling":
      return makingView(shown, state.rows);
    case "ready":
      return readyView(pending, state, turn);
    case "uploading":
      return sendingView(shown, state.sent, state.size);
    case "done":
      return arrivedView(shown, turn.place === "terminal");
    case "failed":
      return failedView(shown, state.problem, turn.correlationId);
    default:
      return endedView(shown, (words) => whyOf(state, words));
  }
}

type Ready = Extract<ExportState, { kind: "ready" }>;

function readyView(pending: Pending, { rows, size, until }: Ready, turn: Turn): View {
  const told = pending.about.plan.told();
  if (!told) {
    throw new Error("a file is ready that was never made");
  }
  const { facts, readAt } = told;
  const waits = turn.place === "terminal" ? {} : { until };
  return madeView(shownOf(pending, turn), { rows, size, facts, readAt, ...waits });
}

type Ended = Exclude<ExportState, { kind: "spooling" | "ready" | "uploading" | "done" | "failed" }>;

function whyOf(state: Ended, words: Turn["audience"]["words"]["exports"]): string {
  if (state.kind !== "not-uploaded") {
    return words[state.kind];
  }
  const { outcome } = state;
  return outcome.kind === "refused" ? words.notTaken(String(outcome.status)) : words[outcome.kind];
}

/** What the audit says of an end; of a failure its code. */
export function outcomeOf(state: ExportState, { place }: Pick<Turn, "place">): string {
  switch (state.kind) {
    case "done":
      return place === "terminal" ? "written" : "uploaded";
    case "failed":
      return state.problem.code;
    case "not-uploaded":
      return `not-uploaded ${state.outcome.kind}`;
    default:
      return state.kind;
  }
}

/** Undefined for what is not ready. */
export function offerOf(pending: Pending, turn: Turn): FileOffer | undefined {
  const { id, name, state } = pending;
  return state.kind === "ready"
    ? { id, name, size: state.size, description: consentText(shownOf(pending, turn), state.rows) }
    : undefined;
}

function shownOf({ id, name, about: { question, plan } }: Pending, { audience }: Turn): ExportShown {
  return { id, name, report: plan.report, question, audience };
}
