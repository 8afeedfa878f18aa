import type { CommandId } from "../../language/question.ts";
import type { DeliveryState, PlaceAddress } from "../../ports/digest.ts";
import type { Handler, Turn } from "../answer.ts";
import { inTeams } from "./in-teams.ts";
import { pauseHandler, resumeHandler, sendHandler, statusHandler, unsubscribeHandler } from "./manage.ts";
import type { DigestParts } from "./parts.ts";
import { previewHandler, weekHandler } from "./show.ts";
import { subscribeHandler } from "./subscribe.ts";

/** `digest-all` is about every place, and needs none. */
type DigestCommand = Exclude<Extract<CommandId, `digest${string}`>, "digest-all">;
type DigestHandlers = Readonly<Record<DigestCommand, Handler>>;

/** The commands of a place's digest. */
export interface DigestCommands {
  readonly handlers: DigestHandlers;
  /** Whether the turn's place was given a digest; for figures of now, whether it still is. */
  wasGiven(turn: Turn, figures: "posted" | "now"): Promise<boolean>;
  /** When the turn's place gets its next digest; undefined where none is set up, without a time where it is not active. */
  next(turn: Turn): Promise<{ readonly at?: Date } | undefined>;
  /** Whether a message is a posted digest: it is the record of its week, and never edited. */
  isRecord(address: PlaceAddress, messageId: string): Promise<boolean>;
}

/** Rows of a place that are looked through: two years, with some extras. */
const LOOK_BACK = 120;

/** What was, or may have been, posted there. */
const PRINTED: readonly DeliveryState[] = ["posting", "delivered", "unknown"];

export function createDigestCommands(parts: DigestParts): DigestCommands {
  const form = subscribeHandler(parts);
  return {
    handlers: {
      digest: statusHandler(parts),
      "digest-subscribe": form,
      "digest-edit": form,
      "digest-preview": previewHandler(parts, form),
      "digest-send": sendHandler(parts),
      "digest-pause": pauseHandler(parts),
      "digest-resume": resumeHandler(parts),
      "digest-unsubscribe": unsubscribeHandler(parts),
      "digest-week": weekHandler(parts),
    },
    async wasGiven({ address }, figures) {
      const { tenantId, subscriptions } = parts;
      const isSubscribed =
        address !== undefined &&
        (figures === "posted" || (await subscriptions.get(tenantId, address.conversationId)) !== undefined);
      const rows =
        address && isSubscribed
          ? await parts.ledger.last(parts.tenantId, address.conversationId, LOOK_BACK)
          : [];
      return rows.some(({ numbers, state }) => numbers && PRINTED.includes(state));
    },
    async next({ address }) {
      const stored = address && (await parts.subscriptions.get(parts.tenantId, address.conversationId));
      return stored && (stored.state.kind === "active" ? { at: stored.nextDue } : {});
    },
    async isRecord(address, messageId) {
      const rows = await parts.ledger.last(parts.tenantId, address.conversationId, LOOK_BACK);
      return rows.some(({ activityId }) => activityId === messageId);
    },
  };
}

/** In the terminal each of them says where it belongs. */
export function digestHandlers(places: DigestCommands | undefined): DigestHandlers {
  const nowhere = inTeams(() => Promise.reject(new Error("a terminal has no place of Teams")));
  return (
    places?.handlers ?? {
      digest: nowhere,
      "digest-subscribe": nowhere,
      "digest-edit": nowhere,
      "digest-preview": nowhere,
      "digest-send": nowhere,
      "digest-pause": nowhere,
      "digest-resume": nowhere,
      "digest-unsubscribe": nowhere,
      "digest-week": nowhere,
    }
  );
}
