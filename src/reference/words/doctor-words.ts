import type { ProblemCode } from "../../kernel/problem.ts";

/** What a remedy depends on; times are finished text. */
interface RemedyDetails {
  readonly permission: string;
  readonly retryAt?: string;
}

/** What was seen, and what to do about it where something is wrong. */
interface Seen {
  readonly what: string;
  readonly remedy: string;
}

/** What `doctor` says. */
export interface DoctorWords {
  /** Instead of those of the problem cards, whose reader sits in Teams. */
  readonly remedies: Readonly<Partial<Record<ProblemCode, (details: RemedyDetails) => string>>>;
  readonly states: Readonly<Record<"ok" | "problem" | "skipped", string>>;
  readonly columns: readonly [check: string, state: string, what: string];
  readonly remedy: string;
  readonly requestId: string;
  readonly summary: (count: Readonly<Record<"ok" | "problem" | "skipped", number>>) => string;
  readonly settings: { readonly ok: string; readonly first: string };
  readonly token: {
    readonly subject: string;
    readonly ok: (details: {
      readonly credential: string;
      readonly kind: string;
      readonly tenant: string;
      readonly app: string;
      readonly until?: string;
    }) => string;
    readonly credentials: Readonly<
      Record<"secret" | "certificate" | "federated" | "managed-identity" | "token" | "developer", string>
    >;
    readonly kinds: Readonly<Record<"app" | "delegated" | "unknown", string>>;
    readonly untold: string;
    readonly otherTenant: (said: string, settings: string) => Seen;
    readonly missing: string;
  };
  readonly report: {
    readonly subject: (endpoint: string) => string;
    readonly ok: (endpoint: string, rows: number, permission: string) => string;
  };
  readonly directory: {
    readonly members: string;
    readonly account: string;
    readonly ok: (subject: string) => string;
  };
  readonly group: {
    readonly excluded: (id: string) => string;
    readonly access: (id: string, settings: string) => string;
    readonly ok: (subject: string) => string;
    readonly unknown: (id: string, settings: string) => Seen;
    readonly unseen: (subject: string) => Seen;
  };
  readonly licence: { readonly ok: string; readonly refused: string; readonly untold: string };
  readonly access: {
    readonly ok: (held: string) => string;
    readonly nobody: string;
    readonly none: Seen;
  };
  readonly store: {
    readonly subject: string;
    readonly kinds: Readonly<Record<"embedded" | "server", string>>;
    readonly ok: (details: {
      readonly kind: string;
      readonly schema: number;
      readonly known: number;
      readonly room?: string;
    }) => string;
    readonly unmade: (room: string) => string;
    readonly held: (pid: number, version: string, room: string) => string;
    readonly newer: (schema: number, known: number) => Seen;
    readonly noRoom: (room: string) => Seen;
  };
  readonly bot: {
    readonly subject: string;
    readonly ok: (credential: string, app: string) => string;
    readonly local: Seen;
  };
  readonly endpoint: {
    readonly subject: string;
    readonly listens: (address: string, version: string) => string;
    readonly fromOutside: string;
    readonly local: string;
    readonly anyPort: Seen;
    readonly nobody: (address: string) => Seen;
    readonly silent: (address: string) => Seen;
    readonly other: (address: string) => Seen;
    readonly notReady: (address: string, status: string) => Seen;
  };
  readonly teamsApp: {
    readonly ok: (name: string, version: string) => string;
    readonly local: Seen;
    readonly elsewhere: Seen;
    readonly withoutTools: Seen;
  };
  readonly shapes: {
    readonly reading: (endpoint: string) => string;
    readonly written: (file: string, endpoints: number) => string;
    readonly taken: (file: string) => string;
    /** Stands in the file, too. */
    readonly holds: string;
  };
}
