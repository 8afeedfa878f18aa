import type { Dispatcher } from "../commands/dispatch.ts";
import type { DigestLifecycle } from "../digest/lifecycle.ts";
import type { Background } from "../kernel/background.ts";
import type { TenantId } from "../kernel/ids.ts";
import type { Outside } from "../kernel/outside.ts";
import type { Messenger as DigestMessenger } from "../ports/messenger.ts";
import type { PlaceStore } from "../ports/places.ts";
import type { Roster } from "../ports/roster.ts";
import type { Words } from "../reference/words/words.ts";
import type { Renderer } from "../render/renderer.ts";
import { TeamsAdapter } from "./adapter.ts";
import { Authentication } from "./authentication.ts";
import { type BotParts, createBot } from "./bot.ts";
import type { BotTokens } from "./bot-credentials.ts";
import { createDelivery } from "./delivery.ts";
import { createDigestMessenger } from "./digest-messenger.ts";
import { createMessenger } from "./messenger.ts";
import { createRoster } from "./roster.ts";
import { createReceiver, type Receive } from "./turns.ts";

export interface TeamsSettings {
  /** The bot's registration; absent in local mode. */
  readonly bot?: { readonly appId: string; readonly tenantId: TenantId; readonly tokens: BotTokens };
  readonly botCloud: Readonly<Record<string, string>>;
  /** The tenant that is reported on. */
  readonly tenantId: TenantId;
  readonly renderer: Renderer;
  readonly outside: Outside;
}

interface Answering {
  readonly dispatcher: Dispatcher;
  readonly places: PlaceStore;
  readonly lifecycle: DigestLifecycle;
  readonly isRecord: BotParts["isRecord"];
  readonly words: Words;
  readonly background: Background;
}

/** Teams, seen from the product: what can be asked of it, and what is done with what it sends. */
export interface Teams {
  readonly roster: Roster;
  readonly digests: DigestMessenger;
  receiver(answering: Answering): Receive;
}

export function createTeams({ bot, botCloud, tenantId, renderer, outside }: TeamsSettings): Teams {
  const { clock, timings, log, elapsed } = outside;
  const authentication = new Authentication({ ...bot, cloud: botCloud, sendDeadline: timings.sendDeadline });
  const adapter = new TeamsAdapter(authentication);
  const messenger = createMessenger(adapter, bot?.appId);
  return {
    roster: createRoster(adapter, bot?.appId, tenantId),
    digests: createDigestMessenger(messenger, renderer, tenantId),
    receiver({ background, ...answering }) {
      const { detach } = background;
      const delivery = createDelivery(messenger, renderer);
      const answer = createBot({ ...answering, tenantId, delivery, renderer, clock, timings, log, detach });
      const { words } = answering;
      return createReceiver({
        adapter,
        bot: answer,
        tenantId,
        local: !bot,
        words,
        clock,
        timings,
        log,
        elapsed,
        detach,
      });
    },
  };
}
