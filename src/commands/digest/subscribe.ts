import { lastWholeWeek, nextDue } from "../../digest/calendar.ts";
import type { Question } from "../../language/question.ts";
import type { PlaceAddress, Subscription } from "../../ports/digest.ts";
import type { Readers } from "../../ports/roster.ts";
import { confirmView, digestForm, needsConfirmation } from "../../views/digest-form.ts";
import { subscribedView } from "../../views/digest-status.ts";
import type { FormValues, View } from "../../views/view.ts";
import type { Answer, Asking, Handler, Turn } from "../answer.ts";
import { inTime } from "../in-time.ts";
import { type Chosen, chosenIn } from "./form-values.ts";
import { inTeams } from "./in-teams.ts";
import type { DigestParts } from "./parts.ts";
import { firstRun, runsOf } from "./runs.ts";
import { previewNotice } from "./show.ts";

/** Graph's 36 hours of lag after Sunday 24:00 are over at Tuesday noon; 13:00 leaves the reading an hour. */
const DEFAULT_SLOT = { day: 2, time: "13:00" } as const;

/** `digest subscribe` and `digest edit`: a form with the current values, and what is done with it. */
export function subscribeHandler(parts: DigestParts): Handler {
  return inTeams(async (question, turn, asking, address) => {
    const stored = await parts.subscriptions.get(parts.tenantId, address.conversationId);
    const before = stored ?? {
      schedule: { ...DEFAULT_SLOT, timeZone: turn.audience.timeZone },
      extras: ["advice" as const],
    };
    const chosen = chosenIn(asking.form?.values ?? asking.values ?? {}, before);
    const readers = address.kind === "personal" ? undefined : await parts.roster.readers(address);
    const isPaused = stored?.state.kind === "paused";
    const form = formOf({ question, turn, asking, chosen, readers, isPaused });
    if (!asking.form || chosen.problems.length > 0) {
      return answered(form);
    }
    if (asking.form.step === "preview") {
      const draft = draftOf(parts, turn, address, chosen, stored);
      return preview(parts, draft, { question, turn, asking, values: asking.form.values });
    }
    if (asking.form.step === "set" && readers && needsConfirmation(readers)) {
      const { values } = asking.form;
      return answered(confirmView({ question, audience: turn.audience, readers, values, ...only(asking) }));
    }
    const draft = draftOf(parts, turn, address, chosen, stored);
    const view = await subscribed(parts, turn, await storedAs(parts, draft, stored));
    const { day, time, timeZone } = chosen.schedule;
    const outcome = stored ? "changed" : "subscribed";
    return {
      kind: "answered",
      view,
      acted: { what: "subscription", outcome, detail: `day=${day} time=${time} zone=${timeZone}` },
    };
  });
}

interface Previewed {
  readonly question: Question;
  readonly turn: Turn;
  readonly asking: Asking;
  readonly values: FormValues;
}

/** For the presser alone: where a client cannot do that and others read, it says how to get one. */
async function preview(
  parts: DigestParts,
  draft: Subscription,
  { question, turn, asking, values }: Previewed,
): Promise<Answer> {
  if (draft.address.kind !== "personal" && !asking.presserOnly) {
    return answered(previewNotice(turn.audience));
  }
  const view = previewOf(parts, draft, question, values);
  const { progress } = parts.numbers;
  return inTime({ view, progress }, question, turn, { ...asking, presserOnly: true }, parts);
}

interface FormParts {
  readonly question: Question;
  readonly turn: Turn;
  readonly asking: Asking;
  readonly chosen: Chosen;
  readonly readers: Readers | undefined;
  readonly isPaused: boolean;
}

function formOf({ question, turn, asking, chosen, readers, isPaused }: FormParts): View {
  const { schedule, extras, problems } = chosen;
  const otherZone = asking.form?.values.otherZone;
  return digestForm({
    question,
    schedule,
    extras,
    audience: turn.audience,
    place: { ...(turn.placeName && { name: turn.placeName }), ...(readers && { readers }) },
    problems,
    isPaused,
    ...(otherZone && { otherZone }),
    ...only(asking),
  });
}

function only({ onlyYou, base }: Asking): Pick<Asking, "onlyYou" | "base"> {
  return { ...(onlyYou && { onlyYou }), ...(base && { base }) };
}

/**
 * The subscription as it would be stored. What was suspended is active again once somebody sets it; what somebody has
 * paused stays so until somebody resumes it.
 */
function draftOf(
  parts: DigestParts,
  turn: Turn,
  address: PlaceAddress,
  chosen: Chosen,
  stored: Subscription | undefined,
): Subscription {
  const now = parts.clock.now();
  const { viewer } = turn;
  if (viewer.kind !== "person") {
    throw new Error("only a person sets up a digest");
  }
  return {
    tenantId: parts.tenantId,
    address,
    schedule: chosen.schedule,
    extras: chosen.extras,
    locale: turn.audience.locale,
    setBy: stored?.setBy ?? viewer.userId,
    setAt: stored?.setAt ?? now,
    state: stored?.state.kind === "paused" ? stored.state : { kind: "active" },
    nextDue: nextDue(chosen.schedule, now),
  };
}

/** What is set anew starts with the first week that has no digest yet; an unchanged slot that is due stays due. */
async function storedAs(
  parts: DigestParts,
  draft: Subscription,
  stored: Subscription | undefined,
): Promise<Subscription> {
  const { day, time, timeZone } = draft.schedule;
  const before = stored?.state.kind === "active" ? stored.schedule : undefined;
  const isSame = before?.day === day && before.time === time && before.timeZone === timeZone;
  return {
    ...draft,
    nextDue: isSame && stored ? stored.nextDue : await firstRun(parts, draft.address, draft.schedule),
  };
}

async function subscribed(parts: DigestParts, turn: Turn, subscription: Subscription): Promise<View> {
  await parts.subscriptions.put(subscription);
  const setBy = await parts.composer.setBy(subscription);
  const { schedule, state } = subscription;
  return subscribedView({
    schedule,
    state,
    runs: runsOf(subscription),
    audience: turn.audience,
    ...(setBy && { setByName: setBy.name }),
    ...(turn.placeName && { placeName: turn.placeName }),
  });
}

async function previewOf(
  parts: DigestParts,
  draft: Subscription,
  question: Question,
  values: FormValues,
): Promise<View> {
  const week = lastWholeWeek(parts.clock.now(), draft.schedule.timeZone);
  const { view } = await parts.composer.composeNow(draft, "preview", week, { base: question, values });
  return view;
}

function answered(view: View): Answer {
  return { kind: "answered", view };
}
