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
import { createAdmission, TURN_LIMITS } from "./admission.ts";
import { Authentication } from "./authentication.ts";
import { type BotParts, createBot } from "./bot.ts";
import type { BotTokens } from "./bot-credentials.ts";
import { createBusyReply } from "./busy.ts";
import { createDelivery } from "./delivery.ts";
import { createDigestMessenger } from "./digest-messenger.ts";
import { createMessenger } from "./messenger.ts";
import { createRoster } from "./roster.ts";
import { createSeal } from "./seal.ts";
import { isTrustedService, isTrustedUpload } from "./service-hosts.ts";
import { createReceiver, type Receiver } from "./turns.ts";

export interface TeamsSettings {
  /** The bot's registration; absent in local mode. */
  readonly bot?: { readonly appId: string; readonly tenantId: TenantId; readonly tokens: BotTokens };
  readonly botCloud: Readonly<Record<string, string>>;
  /** The tenant that is reported on. */
  readonly tenantId: TenantId;
  /** Hosts of a private cloud that the bot's token may go to beside Microsoft's, in lower case. */
  readonly serviceHosts?: readonly string[];
  /** 32 random bytes that stay the same, or the buttons of older cards are refused. */
  readonly sealKey: Uint8Array;
  /** How many turns may wait; see `TurnLimits`. */
  readonly queueLimit: number;
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
  /** Whether a file may be put to this address. */
  isTrustedUpload(url: string): boolean;
  receiver(answering: Answering): Receiver;
}

export function createTeams(settings: TeamsSettings): Teams {
  const { bot, botCloud, tenantId, serviceHosts: extra = [], renderer, outside } = settings;
  const { clock, timings, log, elapsed, metrics } = outside;
  const trust = { local: !bot, extra };
  const seal = createSeal(settings.sealKey);
  const authentication = new Authentication({
    ...bot,
    cloud: botCloud,
    sendDeadline: timings.sendDeadline,
    trusts: (serviceUrl) => isTrustedService(serviceUrl, trust),
  });
  const adapter = new TeamsAdapter(authentication);
  const messenger = createMessenger(adapter, bot?.appId, seal);
  return {
    roster: createRoster(adapter, bot?.appId, tenantId),
    digests: createDigestMessenger(messenger, renderer, tenantId, clock),
    isTrustedUpload: (url) => isTrustedUpload(url, trust),
    receiver({ background, ...answering }) {
      const { detach } = background;
      const delivery = createDelivery(messenger, renderer);
      const answer = createBot({
        ...answering,
        tenantId,
        delivery,
        renderer,
        seal,
        clock,
        timings,
        log,
        detach,
      });
      const { words } = answering;
      const admission = createAdmission({
        limits: { ...TURN_LIMITS, waiting: settings.queueLimit },
        open: background.count,
        onChange: (running, waiting) => metrics?.turnsNow(running, waiting),
      });
      return createReceiver({
        adapter,
        bot: answer,
        admission,
        tellBusy: createBusyReply({ messenger, renderer, words, clock, log }),
        tenantId,
        local: !bot,
        words,
        clock,
        timings,
        log,
        elapsed,
        ...(metrics && { metrics }),
        detach,
      });
    },
  };
}
