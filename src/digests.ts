import { createDigestCommands, type DigestCommands } from "./commands/digest/handlers.ts";
import type { BotConfig } from "./config.ts";
import { createComposer } from "./digest/compose.ts";
import { deliver } from "./digest/deliver.ts";
import type { DigestNumbersSource } from "./digest/numbers.ts";
import { createScheduler, type Scheduler } from "./digest/scheduler.ts";
import type { Outside } from "./kernel/outside.ts";
import { en } from "./reference/words/en.ts";
import type { Store } from "./store/store.ts";
import type { Teams } from "./teams/teams.ts";

export interface Digests {
  readonly commands: DigestCommands;
  readonly scheduler: Scheduler;
}

/** Wires the weekly digest: what people say about it, and the clock that posts it. */
export function createDigests(
  { tenantId, digestCatchUp: catchUp, smallGroupFloor }: BotConfig,
  { subscriptions, deliveries: ledger, places }: Store,
  { roster, digests: messenger }: Pick<Teams, "roster" | "digests">,
  numbers: DigestNumbersSource,
  { clock, timings, log }: Outside,
): Digests {
  const composer = createComposer({ numbers, ledger, roster, words: en, smallGroupFloor, clock, log });
  const posting = { subscriptions, ledger, messenger, places, clock, log };
  return {
    scheduler: createScheduler({ ...posting, tenantId, catchUp, compose: composer.compose }),
    commands: createDigestCommands({
      ...{ tenantId, subscriptions, ledger, roster, composer, numbers, clock, timings },
      deliverExtra: (subscription, week, { view, numbers: printed }) =>
        deliver(posting, { subscription, kind: "extra", week, dueAt: clock.now(), view, numbers: printed }),
    }),
  };
}
