import { randomUUID } from "node:crypto";
import type { Answer, Turn } from "../commands/answer.ts";
import type { Dispatcher } from "../commands/dispatch.ts";
import type { DigestLifecycle } from "../digest/lifecycle.ts";
import type { Clock } from "../kernel/clock.ts";
import { correlationId as currentCorrelation, shortCorrelation } from "../kernel/correlation.ts";
import type { TenantId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { asAppError } from "../kernel/problem.ts";
import type { Timings } from "../kernel/timings.ts";
import type { PlaceAddress } from "../ports/digest.ts";
import type { PlaceStore } from "../ports/places.ts";
import type { Words } from "../reference/words/words.ts";
import type { Renderer } from "../render/renderer.ts";
import type { Verb, View } from "../views/view.ts";
import type { IncomingActivity } from "./activity.ts";
import type { Delivery } from "./delivery.ts";
import { consentOf, type HeardConsent } from "./file-consent.ts";
import {
  addressOf,
  botWasAdded,
  botWasRemoved,
  localeOf,
  placeNameOf,
  placeOf,
  viewerOf,
} from "./incoming.ts";
import { type InvokeAnswer, showCard, showText } from "./invoke-answer.ts";
import { type Press, pressOfInvoke, pressOfSubmit } from "./press.ts";
import type { Target } from "./proactive.ts";
import type { Seal } from "./seal.ts";

export interface BotParts {
  readonly tenantId: TenantId;
  readonly dispatcher: Dispatcher;
  readonly delivery: Delivery;
  readonly renderer: Renderer;
  readonly seal: Seal;
  readonly places: PlaceStore;
  readonly lifecycle: DigestLifecycle;
  /** Whether a message is a posted digest, which is never edited. */
  readonly isRecord: (address: PlaceAddress, messageId: string) => Promise<boolean>;
  readonly words: Words;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly log: Log;
  /** Takes work that outlives its turn, so that a stop can wait for it. */
  readonly detach: (work: Promise<void>) => void;
}

/** What is known of an activity beside itself. */
export interface Arrival {
  /** It may have waited since then, which is no reason to let the person wait longer. */
  readonly arrivedAt: Date;
  /** Told as soon as Teams has the first message of the answer, which may be edited for a long time yet. */
  readonly onPosted: () => void;
}

/** Answers one activity of the reported tenant; the result is the body of the answer to an invoke. */
export type Bot = (activity: IncomingActivity, arrival: Arrival) => Promise<InvokeAnswer | undefined>;

export function createBot(parts: BotParts): Bot {
  const { dispatcher, delivery, renderer, seal, places, lifecycle, words, clock, timings, log, detach } =
    parts;

  function turnOf(activity: IncomingActivity, { arrivedAt }: Arrival): Turn {
    const now = clock.now();
    const correlationId = shortCorrelation(currentCorrelation() ?? randomUUID());
    const placeName = placeNameOf(activity);
    return {
      viewer: viewerOf(activity, parts.tenantId),
      place: placeOf(activity),
      address: addressOf(activity),
      ...(placeName && { placeName }),
      conversation: JSON.stringify([activity.conversation.id, activity.from?.id]),
      audience: { words, now, ...localeOf(activity) },
      correlationId,
      log: log.child({ activity: activity.type, place: placeOf(activity) }),
      answerBy: new Date(arrivedAt.getTime() + timings.answerWithin),
    };
  }

  async function onMessage(activity: IncomingActivity, arrival: Arrival): Promise<void> {
    const turn = turnOf(activity, arrival);
    await reply(activity, await dispatcher.ask(activity.text ?? "", turn), turn, arrival);
  }

  /** Below what was asked, or in the asker's own chat; then a line below says so. */
  async function reply(
    activity: IncomingActivity,
    answer: Answer,
    turn: Turn,
    { onPosted }: Arrival,
  ): Promise<void> {
    const { kind, privately } = answer;
    if (!privately) {
      await delivery.post(answer, targetOf(activity), turn.log, onPosted);
      return;
    }
    const person = { ...targetOf(activity), userId: activity.from?.id ?? "" };
    const posted = await delivery.postPersonally(answer, person, turn.log);
    const view = posted ? privately.sent : privately.notSent;
    await delivery.post({ kind, view }, targetOf(activity), turn.log, onPosted);
    await posted?.filled;
  }

  /** A posted digest is never edited; where the store is away nobody knows whether this is one. */
  async function mayChange(activity: IncomingActivity, messageId: string): Promise<boolean> {
    try {
      return !(await parts.isRecord(addressOf(activity), messageId));
    } catch (thrown) {
      log.warn(
        { code: asAppError(thrown).code },
        "whether a message is a posted digest is not known; it stays",
      );
      return false;
    }
  }

  /** The fallback of older clients: only the message itself can change, so everybody sees what is pressed. */
  async function onSubmit(activity: IncomingActivity, press: Press, arrival: Arrival): Promise<void> {
    const turn = turnOf(activity, arrival);
    if (!seal.accepts(press, activity.conversation.id)) {
      await delivery.post(await dispatcher.forged(press, turn), targetOf(activity), turn.log);
      return;
    }
    const answer = await dispatcher.press(press, turn, { shared: true });
    const messageId = activity.replyToId;
    const isEdit =
      press.verb !== "ask" && !FOR_ONE.includes(press.verb) && isShared(answer, press) && !answer.privately;
    if (messageId && isEdit && (await mayChange(activity, messageId))) {
      await delivery.update(answer, targetOf(activity), messageId, turn.log, arrival.onPosted);
    } else {
      await reply(activity, answer, turn, arrival);
    }
  }

  async function edit(
    activity: IncomingActivity,
    answer: Answer,
    messageId: string,
    turn: Turn,
  ): Promise<void> {
    if (await mayChange(activity, messageId)) {
      await delivery.update(answer, targetOf(activity), messageId, turn.log);
    }
  }

  async function onPress(activity: IncomingActivity, press: Press, arrival: Arrival): Promise<InvokeAnswer> {
    const turn = turnOf(activity, arrival);
    if (!seal.accepts(press, activity.conversation.id)) {
      return showText((await dispatcher.forged(press, turn)).view.title);
    }
    const answer = await dispatcher.press(press, turn, { shared: false });
    if (answer.kind === "refused") {
      return showText(isDenied(answer) ? words.replies.notAllowed(answer.view.title) : answer.view.headline);
    }
    if (press.verb === "ask") {
      detach(reply(activity, answer, turn, arrival));
      return showText(answer.privately ? words.access.moved.title : words.replies.answeredBelow);
    }
    if (changesMessage(press) && isShared(answer, press) && activity.replyToId && !answer.privately) {
      detach(edit(activity, answer, activity.replyToId, turn));
    }
    return showCard(seal.sealCard(renderer.card(answer.view), activity.conversation.id));
  }

  /** The word about an offered file. The file is sent beside the turn: it takes longer than Teams waits. */
  async function onConsent(
    activity: IncomingActivity,
    heard: HeardConsent,
    arrival: Arrival,
  ): Promise<InvokeAnswer> {
    const turn = turnOf(activity, arrival);
    const answer = await dispatcher.consent(heard.consent, turn);
    detach(followFile(activity, answer, heard, turn, arrival));
    return showText(answer.view.headline);
  }

  /** What became of it stands where Teams asked, and the file below. */
  async function followFile(
    activity: IncomingActivity,
    answer: Answer,
    { arrived }: HeardConsent,
    turn: Turn,
    arrival: Arrival,
  ): Promise<void> {
    const { replyToId } = activity;
    await (replyToId ? edit(activity, answer, replyToId, turn) : reply(activity, answer, turn, arrival));
    if (arrived && (await answer.arrived)) {
      await delivery.attach(arrived, arrived.name, targetOf(activity), turn.log);
    }
  }

  async function onInvoke(activity: IncomingActivity, arrival: Arrival): Promise<InvokeAnswer> {
    const heard = activity.name === "fileConsent/invoke" ? consentOf(activity.value) : undefined;
    const press = activity.name === "adaptiveCard/action" ? pressOfInvoke(activity.value) : undefined;
    if (heard) {
      return onConsent(activity, heard, arrival);
    }
    return press ? onPress(activity, press, arrival) : showText(words.replies.unknownButton);
  }

  async function onMembership(activity: IncomingActivity, arrival: Arrival): Promise<void> {
    const place = activity.channelData?.team?.id ?? activity.conversation.id;
    const address = addressOf(activity);
    if (botWasRemoved(activity) || activity.channelData?.eventType === "teamDeleted") {
      await places.removed(parts.tenantId, place, clock.now());
      await lifecycle.onRemoved(parts.tenantId, address);
    } else if (activity.channelData?.eventType === "channelDeleted" && activity.channelData.channel?.id) {
      const { id } = activity.channelData.channel;
      await places.removed(parts.tenantId, id, clock.now());
      await lifecycle.onRemoved(parts.tenantId, { conversationId: id }, "gone");
    } else if (botWasAdded(activity)) {
      await places.returned(parts.tenantId, place);
      await lifecycle.onInstalled(parts.tenantId, address);
      if (await places.welcomeOnce(parts.tenantId, place, clock.now())) {
        const turn = turnOf(activity, arrival);
        await delivery.post(dispatcher.welcome(turn), targetOf(activity), turn.log);
      }
    }
  }

  /**
   * Whoever writes or presses there has the bot there, whatever Teams told of it. Where the store is away the next
   * activity tells it again, and the answer says what is wrong.
   */
  async function isThere(activity: IncomingActivity): Promise<void> {
    const { conversationId, teamId } = addressOf(activity);
    try {
      for (const place of [conversationId, ...(teamId ? [teamId] : [])]) {
        await places.returned(parts.tenantId, place);
      }
    } catch (thrown) {
      log.warn({ code: asAppError(thrown).code }, "that the bot is in a place could not be stored");
    }
  }

  return async (activity, arrival) => {
    switch (activity.type) {
      case "message": {
        await isThere(activity);
        const press = activity.text ? undefined : pressOfSubmit(activity.value);
        await (press ? onSubmit(activity, press, arrival) : onMessage(activity, arrival));
        return undefined;
      }
      case "invoke": {
        await isThere(activity);
        return onInvoke(activity, arrival);
      }
      case "installationUpdate":
      case "conversationUpdate":
        await onMembership(activity, arrival);
        return undefined;
      default:
        return undefined;
    }
  };
}

/** Buttons of a digest and its form whose answer is for one person: a client that cannot do that gets it below. */
const FOR_ONE: readonly Verb[] = ["today", "details", "digest-preview"];

/** These change the message for all who see it; a card that opened by itself never does, nor what only the presser saw. */
const CHANGING: readonly Verb[] = ["refresh", "retry", "stored", "digest-set", "digest-confirm", "cancel"];

function changesMessage({ verb, base, automatic }: Press): boolean {
  return !automatic && CHANGING.includes(verb) && base === undefined;
}

/** What has a message of its own that may be edited for all; who somebody is, for example, has not. */
const SHARED: readonly View["kind"][] = ["usage", "report", "progress", "digest-status"];

/**
 * A digest is edited only where it is the overview of now: a posted one is the record of its week. The card of an
 * export that ends says so.
 */
function isShared({ view }: Answer, { question, verb }: Press): boolean {
  return (
    SHARED.includes(view.kind) ||
    verb === "cancel" ||
    (view.kind === "digest" && question.command === "overview")
  );
}

function isDenied({ view }: Answer): boolean {
  return view.kind === "problem" && view.code === "ACCESS-DENIED";
}

/** The conversation of an activity. */
export function targetOf(activity: IncomingActivity): Target {
  return {
    serviceUrl: activity.serviceUrl,
    conversationId: activity.conversation.id,
    tenantId: activity.conversation.tenantId ?? activity.channelData?.tenant?.id ?? "",
    botId: activity.recipient?.id ?? "",
  };
}
