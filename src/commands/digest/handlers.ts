import type { CommandId } from "../../language/question.ts";
import type { Handler, Turn } from "../answer.ts";
import { inTeams } from "./in-teams.ts";
import { pauseHandler, resumeHandler, sendHandler, statusHandler, unsubscribeHandler } from "./manage.ts";
import type { DigestParts } from "./parts.ts";
import { previewHandler, weekHandler } from "./show.ts";
import { subscribeHandler } from "./subscribe.ts";

type DigestHandlers = Readonly<Partial<Record<CommandId, Handler>>> &
  Readonly<Record<"digest" | "digest-subscribe", Handler>>;

/** The commands of a place's digest. */
export interface DigestCommands {
  readonly handlers: DigestHandlers;
  /** Whether the turn's place was ever given a digest. */
  wasGiven(turn: Turn): Promise<boolean>;
}

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
    async wasGiven({ address }) {
      const [last] = address ? await parts.ledger.last(parts.tenantId, address.conversationId, 1) : [];
      return last !== undefined;
    },
  };
}

/** In the terminal each of them says where it belongs. */
export function digestHandlers(places: DigestCommands | undefined): DigestHandlers {
  const nowhere = inTeams(() => Promise.reject(new Error("a terminal has no place of Teams")));
  return places?.handlers ?? { digest: nowhere, "digest-subscribe": nowhere, "digest-week": nowhere };
}
