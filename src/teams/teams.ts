import type { Dispatcher } from "../commands/dispatch.ts";
import type { Background } from "../kernel/background.ts";
import type { TenantId } from "../kernel/ids.ts";
import type { Outside } from "../kernel/outside.ts";
import type { PlaceStore } from "../ports/places.ts";
import type { Words } from "../reference/words/words.ts";
import type { Renderer } from "../render/renderer.ts";
import { TeamsAdapter } from "./adapter.ts";
import { Authentication } from "./authentication.ts";
import { createBot } from "./bot.ts";
import type { BotTokens } from "./bot-credentials.ts";
import { createDelivery } from "./delivery.ts";
import { createMessenger } from "./messenger.ts";
import { createReceiver, type Receive } from "./turns.ts";

export interface TeamsParts {
  /** The bot's registration; absent in local mode. */
  readonly bot?: { readonly appId: string; readonly tenantId: TenantId; readonly tokens: BotTokens };
  readonly botCloud: Readonly<Record<string, string>>;
  /** The tenant that is reported on. */
  readonly tenantId: TenantId;
  readonly dispatcher: Dispatcher;
  readonly places: PlaceStore;
  readonly renderer: Renderer;
  readonly words: Words;
  readonly background: Background;
  readonly outside: Outside;
}

/** Puts the Teams side together: what comes in goes to the dispatcher, what it answers goes out. */
export function createTeams(parts: TeamsParts): Receive {
  const { bot, tenantId, dispatcher, places, renderer, words, background, outside } = parts;
  const { clock, timings, log, elapsed } = outside;
  const detach = background.detach;
  const authentication = new Authentication({
    ...bot,
    cloud: parts.botCloud,
    sendDeadline: timings.sendDeadline,
  });
  const adapter = new TeamsAdapter(authentication);
  const delivery = createDelivery(createMessenger(adapter, bot?.appId), renderer);
  const answer = createBot({
    tenantId,
    dispatcher,
    delivery,
    renderer,
    places,
    words,
    clock,
    timings,
    log,
    detach,
  });
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
}
