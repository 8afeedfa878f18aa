import type { Log } from "../../kernel/log.ts";
import { AppError } from "../../kernel/problem.ts";
import type { Period, ReaderId, ReadOptions, UsageReader, UsageReading } from "../../ports/usage.ts";
import { isNational } from "../clouds.ts";
import type { GraphClient } from "../graph-client.ts";
import { type TokenKind, tokenKind } from "../token.ts";

export interface AutoParts {
  readonly client: GraphClient;
  readonly readers: Readonly<Record<ReaderId, UsageReader>>;
  readonly log: Log;
}

/**
 * Chooses the reader by the rights of the token: a signed-in person's reads `activity`, any other
 * reads `events`. Where the permission of the current API is missing, the legacy API may still answer
 * to the older permission; national clouds never had it.
 */
export function autoReader({ client, readers, log }: AutoParts): UsageReader {
  let kind: TokenKind | undefined;

  /**
   * Of two problems the administrator sees the one worth acting on: the missing permission of the
   * current API. Where the legacy one gave no data or found no licence, that is told, and the permission with it.
   */
  async function legacyInstead(
    period: Period,
    options: ReadOptions,
    missing: AppError,
  ): Promise<UsageReading> {
    const { permission } = missing.facts;
    const lacking = permission === undefined ? {} : { permission };
    log.warn(lacking, "The legacy report is read for want of a permission");
    try {
      const reading = await readers.legacy.read(period, options);
      return { ...reading, notes: [...reading.notes, { kind: "legacy-instead-of-events", ...lacking }] };
    } catch (error) {
      if (!(error instanceof AppError)) {
        throw error;
      }
      if (error.code === "GRAPH-RETIRED" || error.code === "GRAPH-LICENCE") {
        throw new AppError(error.code, { ...error.facts, ...lacking }, error);
      }
      log.warn({ code: error.code, ...error.facts }, "The legacy report could not be read either");
      throw missing;
    }
  }

  return {
    async read(period, options) {
      kind ??= tokenKind(await client.token(options.signal));
      try {
        return await readers[kind === "delegated" ? "activity" : "events"].read(period, options);
      } catch (error) {
        if (!isMissingPermission(error) || isNational(client.baseUrl)) {
          throw error;
        }
        return legacyInstead(period, options, error);
      }
    },
  };
}

function isMissingPermission(error: unknown): error is AppError {
  return error instanceof AppError && error.code === "GRAPH-PERMISSION";
}
