import type { EventLog } from "./event-log.ts";
import type { FaultRule } from "./faults.ts";
import type { Growth } from "./growth.ts";
import type { OrderMemo } from "./ordering.ts";
import type { People } from "./people.ts";
import type { RegistrationCounts } from "./registration-counts.ts";
import type { Script } from "./script.ts";
import type { SkipTokens } from "./skip-tokens.ts";

/** What the answers are made from. */
export interface Company {
  readonly people: People;
  readonly growth: Growth;
  readonly log: EventLog;
  readonly counts: RegistrationCounts;
  readonly script: Script;
  readonly skipTokens: SkipTokens;
  readonly lastOrder: OrderMemo;
}

/** One understood request on its way to an answer. */
export interface Call {
  readonly company: Company;
  /** Scheme, host and port of this server. */
  readonly origin: string;
  readonly version: "v1.0" | "beta";
  /** As it was sent, with the version. */
  readonly path: string;
  /** As it was sent, without the question mark. */
  readonly search: string;
  readonly query: URLSearchParams;
  /** What the address carries in its variable places, in their order; undefined where it left one out. */
  readonly parameters: readonly (string | undefined)[];
  readonly body: unknown;
  /** Unix milliseconds. */
  readonly now: number;
  readonly pageSize: number;
  readonly fault: FaultRule | undefined;
}
