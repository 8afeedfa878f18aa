import type { FaultRule, Faults } from "./faults.ts";
import type { Script } from "./script.ts";
import type { TokenOptions } from "./tokens.ts";
import type { VIEWERS } from "./viewers.ts";

/** What may be changed while the server runs. */
export interface Switches {
  /**
   * What the four legacy reports answer: the same data in their own words; an empty list, as they are documented to
   * since 2025; a 400 as for an unknown segment, or a 410, in case they are taken away.
   */
  legacy: "data" | "empty" | "removed" | "gone";
  retryAfter: "seconds" | "date" | "absent";
  /** `UnknownError` was observed on the reports, `TooManyRequests` stands in the documentation. */
  throttledCode: "UnknownError" | "TooManyRequests";
  /** The tenant has Microsoft Entra ID P1 or P2. */
  licensed: boolean;
  /** Counts as JSON text to everybody, not only to clients that ask for it. */
  int64AsText: boolean;
  /** Milliseconds before each answer. */
  delay: number;
  /** Given rows instead of the generated company. */
  script: Script;
}

export interface SampleTenantOptions extends Partial<Switches> {
  /** Enabled accounts of the company; 2,500 by default. */
  readonly people?: number;
  /** Another seed is another company; 1 by default. */
  readonly seed?: number;
  readonly now?: () => Date;
  /**
   * People register more and more for a year up to this moment, and nothing new after it. By default the moment of the
   * start: a company has the same registrations whenever it is looked at, unless `now` goes back before that.
   */
  readonly registeredBy?: Date;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  readonly tenantId?: string;
  readonly pageSize?: number;
  /** Requests of the reports per window; 5 by default. */
  readonly quota?: number;
  /** Milliseconds; 10,000 by default. Real time, whatever `now` says. */
  readonly quotaWindow?: number;
  /** The longest time until a try is in the reports; most arrive sooner. 36 by default, as Microsoft documents. */
  readonly lagHours?: number;
  readonly faults?: readonly FaultRule[];
}

export interface RequestRecord {
  readonly method: string;
  /** Path and query as sent. */
  readonly path: string;
  /** 0 until an answer is on its way, and for ever where the connection is cut or hangs. */
  readonly status: number;
  readonly at: Date;
  readonly clientRequestId: string | undefined;
  readonly prefer: string | undefined;
}

export interface SampleTenant {
  /** For `GRAPH_BASE_URL`: scheme, host and port. */
  readonly url: string;
  readonly tenantId: string;
  readonly viewers: typeof VIEWERS;
  readonly faults: Faults;
  readonly switches: Switches;
  /** In the order of their arrival. */
  readonly requests: readonly RequestRecord[];
  token(kind: "app" | "delegated", options?: TokenOptions): string;
  /** Ends the server and every connection, the hanging ones too. */
  close(): Promise<void>;
}
