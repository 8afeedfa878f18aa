import type { DigestKind } from "../../digest/answer.ts";
import { nextDue } from "../../digest/calendar.ts";
import { digestDetailsView } from "../../digest/details.ts";
import { digestView } from "../../digest/digest-view.ts";
import type { Delivery, Subscription } from "../../ports/digest.ts";
import type { Audience } from "../../views/audience.ts";
import { digestWeekView } from "../../views/digest-status.ts";
import { weekNumber } from "../../views/iso-week.ts";
import { plainNotice } from "../../views/notice.ts";
import type { NoticeView, View } from "../../views/view.ts";
import type { Asking, Handler, Turn } from "../answer.ts";
import { inTeams } from "./in-teams.ts";
import type { DigestParts } from "./parts.ts";

/** Rows of a place that are looked through for a week's number; a year has at most 53 weeks, and some extras. */
const LOOK_BACK = 120;

/** `digest week N`: what was posted for the latest week of that number, its outcome, or all that is behind it. */
export function weekHandler(parts: DigestParts): Handler {
  return inTeams(async ({ options }, turn, asking, address) => {
    const week = options.week ?? 0;
    const rows = await parts.ledger.last(parts.tenantId, address.conversationId, LOOK_BACK);
    const latest = rows.find((row) => weekNumber(row.week) === week)?.week;
    const ofWeek = rows.filter((row) => row.week === latest);
    const [shown] = ofWeek.filter(({ numbers }) => numbers).sort((one, other) => rank(one) - rank(other));
    const view = shown
      ? await posted(parts, shown, turn, asking)
      : digestWeekView(week, ofWeek, turn.audience);
    return { kind: "answered", view };
  });
}

async function posted(parts: DigestParts, row: Delivery, turn: Turn, asking: Asking): Promise<View> {
  const { numbers, conversationId, tenantId, state, endedAt, startedAt, kind } = row;
  if (!numbers) {
    return digestWeekView(weekNumber(row.week), [row], turn.audience);
  }
  const now = endedAt ?? startedAt;
  const stored = await parts.subscriptions.get(tenantId, conversationId);
  const subscription = stored && (await scheduleOf(parts, stored, now));
  const shownAs: DigestKind = "as-posted";
  const answer = {
    numbers,
    kind: shownAs,
    audience: { ...turn.audience, timeZone: numbers.timeZone, now },
    outcome: state,
    ...(subscription && { subscription }),
    ...(stored && { extras: stored.extras }),
    ...(kind === "weekly" && startedAt.getTime() - row.dueAt.getTime() > LATE && { due: row.dueAt }),
  };
  const only = { ...(asking.onlyYou && { onlyYou: true }), ...(asking.base && { base: asking.base }) };
  return asking.detailed ? digestDetailsView({ ...answer, ...only }) : digestView({ ...answer, ...only });
}

/** The week's own digest before an extra, and what was posted before what was not. */
function rank({ kind, state }: Delivery): number {
  return (state === "failed" ? 2 : 0) + (kind === "weekly" ? 0 : 1);
}

/** As in the scheduler: later than this, the card says it. */
const LATE = 15 * 60_000;

async function scheduleOf({ composer }: DigestParts, stored: Subscription, at: Date) {
  const setBy = await composer.setBy(stored);
  return { schedule: stored.schedule, nextDue: nextDue(stored.schedule, at), ...(setBy && { setBy }) };
}

/** `digest preview`: in a shared place it takes a press, whose answer only the presser sees. */
export function previewHandler(parts: DigestParts, form: Handler): Handler {
  return inTeams(async (_question, turn, asking, address) => {
    const stored = await parts.subscriptions.get(parts.tenantId, address.conversationId);
    const question = {
      command: stored ? ("digest-edit" as const) : ("digest-subscribe" as const),
      options: {},
    };
    const step = { ...asking, form: { step: "preview" as const, values: {} } };
    if (address.kind === "personal" || asking.presserOnly) {
      return form(question, turn, step);
    }
    return { kind: "answered", view: previewNotice(turn.audience) };
  });
}

/** In a shared place a preview takes a press, whose answer only the presser sees. */
export function previewNotice({ words: { digest } }: Audience): NoticeView {
  const { previewHere, previewHow, buttons } = digest;
  const look = {
    title: buttons.preview,
    verb: "look" as const,
    question: { command: "digest-preview" as const, options: {} },
  };
  return plainNotice(previewHere, [previewHow], [look]);
}
