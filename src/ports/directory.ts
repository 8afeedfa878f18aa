import type { UserId } from "../kernel/ids.ts";

/** An account of the reported tenant; `none` where it has no such account. The name is only for showing. */
export interface DirectoryAccount {
  readonly kind: "member" | "guest" | "none";
  readonly name?: string;
}

export interface Directory {
  /**
   * Which of these role template ids or group ids the user holds now, transitively, in lower case.
   * Rejects with an AppError when Graph does not say.
   */
  held(user: UserId, ids: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>>;
  /** What account it is. Rejects with an AppError when Graph does not say. */
  account(user: UserId, signal: AbortSignal): Promise<DirectoryAccount>;
}
