import { randomUUID } from "node:crypto";
import type { Gate } from "./access/gate.ts";
import { createDigestCommands, type DigestCommands } from "./commands/digest/handlers.ts";
import type { BotConfig } from "./config.ts";
import { createComposer } from "./digest/compose.ts";
import { type DeliverParts, deliverExtra } from "./digest/deliver.ts";
import type { DigestNumbersSource } from "./digest/numbers.ts";
import { createPace } from "./digest/pace.ts";
import { createScheduler, type Scheduler } from "./digest/scheduler.ts";
import type { Compose } from "./digest/slots.ts";
import type { Outside } from "./kernel/outside.ts";
import { AppError } from "./kernel/problem.ts";
import type { Subscription } from "./ports/digest.ts";
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
  { subscriptions, deliveries: ledger, places, pace: departures }: Store,
  { roster, digests: messenger }: Pick<Teams, "roster" | "digests">,
  { numbers, gate }: { readonly numbers: DigestNumbersSource; readonly gate: Gate },
  { clock, elapsed, timings, random, log, metrics }: Outside,
): Digests {
  /** Nobody in a person's own chat has decided that the numbers may be read there but that person. */
  async function mayReceive({ address, setBy }: Subscription): Promise<boolean> {
    if (address.kind !== "personal") {
      return true;
    }
    return (
      setBy !== undefined &&
      (await gate.decide({ kind: "person", tenantId, userId: setBy }, "reports")).allowed
    );
  }

  const pace = createPace({ store: departures, tenantId, timings, clock, elapsed });
  const composer = createComposer({ numbers, ledger, roster, pace, words: en, smallGroupFloor, clock, log });
  const posting: DeliverParts = {
    ...{ tenantId, holder: randomUUID(), subscriptions, ledger, messenger, places, pace, timings, catchUp },
    ...{ clock, random, log },
    ...(metrics && { metrics }),
  };
  const compose: Compose = async (subscription, slot, again) => {
    if (!(await mayReceive(subscription))) {
      throw new AppError("ACCESS-DENIED", { detail: "whoever set this digest up may not see the reports" });
    }
    return again ? composer.composeAgain(subscription, slot, again) : composer.compose(subscription, slot);
  };
  const scheduler = createScheduler({ ...posting, compose });
  return {
    scheduler,
    commands: createDigestCommands({
      ...{ tenantId, subscriptions, ledger, roster, composer, numbers, clock, timings },
      deliverExtra: (...extra) => deliverExtra(posting, ...extra),
    }),
  };
}
