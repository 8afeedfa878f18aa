import type { AuditAct, AuditPlace } from "../../ports/audit.ts";

/** Texts of the audit: who looked at names, exported, changed or was refused. */
export interface AuditWords {
  readonly title: string;
  /** So many lines of an act, within a list: "3 exports". */
  readonly counts: Readonly<Record<AuditAct, (count: string, one: boolean) => string>>;
  /** `counts` are those that happened; `within` is "in the last 30 days". */
  readonly headline: (counts: readonly string[], within: string) => string;
  readonly none: (within: string) => string;
  /** Why there may be nothing. */
  readonly nobody: string;
  readonly subtitle: (rolling: string, range: string) => string;
  readonly columns: Readonly<Record<"when" | "who" | "what" | "outcome", string>>;
  /** What somebody did; `command` is in the words that help shows. */
  readonly acts: Readonly<Record<AuditAct, (command: string) => string>>;
  readonly detailed: (act: string, detail: string) => string;
  /** `target` is the person who was looked up. */
  readonly about: (act: string, target: string) => string;
  readonly places: Readonly<Record<AuditPlace, (act: string) => string>>;
  readonly operator: string;
  readonly unknown: string;
  readonly forgotten: string;
  readonly notInTenant: (id: string) => string;
  /** What is written down most often; anything else stands as it was written. */
  readonly outcomes: Readonly<Record<string, string>>;
  readonly more: (count: string, one: boolean) => string;
  readonly allOfIt: string;
  readonly namesMissing: string;
  readonly namesLimited: (limit: string) => string;
  readonly kept: (months: string, one: boolean) => string;
  readonly footer: string;
}
