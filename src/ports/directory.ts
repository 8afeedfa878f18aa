import type { UserId } from "../kernel/ids.ts";

export interface Directory {
  /**
   * Which of these role template ids or group ids the user holds now, transitively.
   * Rejects with an AppError when Graph does not say.
   */
  held(user: UserId, ids: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>>;
}
