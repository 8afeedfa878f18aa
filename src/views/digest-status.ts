import type { Question } from "../language/question.ts";
import type { Delivery, Schedule, SubscriptionState } from "../ports/digest.ts";
import type { Words } from "../reference/words/words.ts";
import type { Audience } from "./audience.ts";
import { createDays } from "./days.ts";
import { weekNumber } from "./iso-week.ts";
import { printable } from "./plain-text.ts";
import { everyText, runLines } from "./schedule-text.ts";
import type { ActionButton, DigestStatusView, Fact } from "./view.ts";

interface DigestState {
  readonly schedule: Schedule;
  /** The next three. */
  readonly runs: readonly Date[];
  /** Where the name is not known, nobody is named. */
  readonly setByName?: string;
}

export interface SubscribedAnswer extends DigestState {
  /** Whether it runs: what was paused stays paused. */
  readonly state: SubscriptionState;
  readonly placeName?: string;
  readonly audience: Audience;
}

/** What the form becomes, for all: where and when the digest is posted, and who set it up. */
export function subscribedView({
  schedule,
  runs,
  setByName,
  placeName,
  state,
  audience: { words },
}: SubscribedAnswer): DigestStatusView {
  const { status } = words.digest;
  const title = placeName === undefined ? status.setUpHere : status.setUp(printable(placeName, 100));
  const [first = "", ...later] =
    state.kind === "active"
      ? runLines(runs, schedule.timeZone, words, "first")
      : [stateText(state, schedule, words)];
  return {
    kind: "digest-status",
    title,
    headline: `${title}. ${first}.`,
    lines: [first, ...later, `${status.about} ${setByText(setByName, words)}`],
    facts: [],
    remarks: [],
    buttons: manageButtons(state, words),
  };
}

export interface DigestStatusAnswer {
  readonly audience: Audience;
  /** Absent where the place has none. */
  readonly subscription?: DigestState & { readonly state: SubscriptionState };
  /** The newest first. */
  readonly deliveries: readonly Delivery[];
  readonly onlyYou?: boolean;
  readonly base?: Question;
}

/** `digest`: schedule, next runs, state and last deliveries of a place. */
export function digestStatusView(answer: DigestStatusAnswer): DigestStatusView {
  const { audience, subscription, deliveries } = answer;
  const { words } = audience;
  const { status } = words.digest;
  const title = subscription ? status.title : status.none;
  const facts = subscription ? stateFacts(subscription, words) : [];
  const lines = subscription ? stateLines(subscription, words) : [status.noneHow];
  const zone = subscription?.schedule.timeZone ?? audience.timeZone;
  return {
    kind: "digest-status",
    title,
    ...(answer.onlyYou && { onlyYou: words.onlyYou }),
    headline: [`${title}.`, facts[0]?.value ?? lines[0]].join(" "),
    lines,
    facts,
    ...deliveryParts(deliveries, { ...audience, timeZone: zone }),
    buttons: [
      ...manageButtons(subscription?.state, words, uncertainWeek(deliveries)),
      ...(answer.base ? [{ title: words.buttons.back, verb: "back" as const, question: answer.base }] : []),
    ],
  };
}

/** `digest week N` where nothing was posted, or where it is not known whether it was. */
export function digestWeekView(
  week: number,
  deliveries: readonly Delivery[],
  audience: Audience,
): DigestStatusView {
  const { status } = audience.words.digest;
  const title = audience.words.digest.title(week);
  const parts = deliveryParts(deliveries, audience);
  const said = parts.deliveries?.facts.map(({ name, value }) => `${name}: ${value}`).join(". ");
  return {
    kind: "digest-status",
    title,
    headline: said ?? status.notPosted(week),
    lines: deliveries.length === 0 ? [status.notPosted(week)] : [],
    facts: [],
    ...parts,
    buttons: [],
  };
}

export type DigestChange =
  | { readonly kind: "removed" }
  | { readonly kind: "paused"; readonly until?: Date }
  | { readonly kind: "resumed"; readonly runs: readonly Date[] };

const AFTER: Readonly<Record<DigestChange["kind"], SubscriptionState | undefined>> = {
  removed: undefined,
  paused: { kind: "paused" },
  resumed: { kind: "active" },
};

/** What was just done, and what comes next. */
export function digestChangedView(
  change: DigestChange,
  schedule: Schedule,
  { words }: Audience,
): DigestStatusView {
  const { status } = words.digest;
  const lines = changedLines(change, schedule, words);
  return {
    kind: "digest-status",
    title: status[change.kind],
    headline: [`${status[change.kind]}.`, ...lines.slice(0, 1)].join(" "),
    lines,
    facts: [],
    remarks: [],
    buttons: manageButtons(AFTER[change.kind], words),
  };
}

function changedLines(change: DigestChange, schedule: Schedule, words: Words): string[] {
  const { status } = words.digest;
  switch (change.kind) {
    case "removed":
      return [status.removedHow];
    case "paused":
      return [...(change.until ? [`${stateText(change, schedule, words)}.`] : []), status.pausedHow];
    case "resumed":
      return runLines(change.runs, schedule.timeZone, words);
  }
}

function stateFacts(
  { schedule, state }: NonNullable<DigestStatusAnswer["subscription"]>,
  words: Words,
): Fact[] {
  const { status } = words.digest;
  return [
    { name: status.state, value: stateText(state, schedule, words) },
    { name: status.scheduled, value: everyText(schedule, words) },
  ];
}

/** The next runs of an active one, and who may change it. */
function stateLines(
  { schedule, runs, state, setByName }: NonNullable<DigestStatusAnswer["subscription"]>,
  words: Words,
): string[] {
  const next = state.kind === "active" ? runLines(runs, schedule.timeZone, words) : [];
  return [...next, setByText(setByName, words)];
}

function stateText(state: SubscriptionState, { timeZone }: Schedule, words: Words): string {
  const { status } = words.digest;
  switch (state.kind) {
    case "active":
      return status.states.active;
    case "paused":
      return state.until
        ? status.pausedUntil(createDays({ words, timeZone }).moment(state.until))
        : status.states.paused;
    case "suspended":
      return status.suspended[state.reason];
  }
}

function setByText(name: string | undefined, { digest: { status } }: Words): string {
  return name === undefined ? status.anyone : status.setBy(printable(name, 100));
}

/** Each delivery with its outcome; an outcome that leaves something to do is explained once. */
function deliveryParts(
  deliveries: readonly Delivery[],
  audience: Audience,
): Pick<DigestStatusView, "deliveries" | "remarks"> {
  const { status } = audience.words.digest;
  const has = (state: Delivery["state"]): boolean => deliveries.some((one) => one.state === state);
  const remarks = [
    ...(has("due") ? [status.dueWhat] : []),
    ...(has("unknown") ? [status.unknownWhat] : []),
    ...(has("missed") ? [status.missedWhat] : []),
    ...(has("failed") ? [status.failedWhat] : []),
  ];
  return deliveries.length === 0
    ? { remarks }
    : {
        deliveries: {
          title: status.deliveries,
          facts: deliveries.map((delivery) => deliveryFact(delivery, audience)),
        },
        remarks,
      };
}

function deliveryFact(delivery: Delivery, audience: Audience): Fact {
  const { status } = audience.words.digest;
  const days = createDays(audience);
  const at = delivery.state === "missed" ? delivery.dueAt : (delivery.endedAt ?? delivery.startedAt);
  const week = weekNumber(delivery.week);
  const outcome = status.outcome(status.outcomes[delivery.state], days.moment(at));
  return {
    name: delivery.kind === "extra" ? status.extraOf(week) : status.week(week),
    value: delivery.reason === undefined ? outcome : status.because(outcome, printable(delivery.reason)),
  };
}

/** The week of the newest one, where nobody knows whether it is there. */
function uncertainWeek([newest]: readonly Delivery[]): number | undefined {
  return newest?.state === "unknown" ? weekNumber(newest.week) : undefined;
}

/** What the state allows. Nobody is let in by a button: each command asks for its permission. */
function manageButtons(
  state: SubscriptionState | undefined,
  words: Words,
  uncertain?: number,
): ActionButton[] {
  const { buttons } = words.digest;
  const ask = (
    title: string,
    command: Question["command"],
    options: Question["options"] = {},
  ): ActionButton => ({ title, verb: "ask", question: { command, options } });
  const send =
    uncertain === undefined
      ? ask(buttons.postNow, "digest-send")
      : ask(buttons.postAgain, "digest-send", { week: uncertain });
  if (state === undefined) {
    return [ask(buttons.subscribe, "digest-subscribe")];
  }
  return [
    ...(state.kind === "active" ? [send] : []),
    ...(state.kind !== "active" ? [ask(buttons.resume, "digest-resume")] : []),
    ask(buttons.change, "digest-edit"),
    ask(buttons.remove, "digest-unsubscribe"),
  ];
}
