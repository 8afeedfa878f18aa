import type { Log } from "../../kernel/log.ts";
import { AppError } from "../../kernel/problem.ts";
import type { ReaderId, UsageReader } from "../../ports/usage.ts";
import { isNational } from "../clouds.ts";
import { TRANSITIVE_MEMBERS } from "../excluded-accounts.ts";
import type { GraphClient } from "../graph-client.ts";
import { type TokenKind, tokenKind } from "../token.ts";

/** The permission that the current API misses, where Graph names one. */
export interface Lacking {
  readonly permission?: string;
}

/** What may be read, each with its own API. */
interface Choice<Reading> {
  readonly signal: AbortSignal;
  readonly delegated: () => Promise<Reading>;
  readonly application: () => Promise<Reading>;
  readonly legacy: (lacking: Lacking) => Promise<Reading>;
}

export type AutoChoice = <Reading>(choice: Choice<Reading>) => Promise<Reading>;

/**
 * Chooses the API by the rights of the token: a signed-in person's, or any other. Where the permission of the current
 * API is missing, the legacy API may still answer to the older permission; national clouds never had it.
 */
export function createAutoChoice(client: Pick<GraphClient, "token" | "baseUrl">, log: Log): AutoChoice {
  let kind: TokenKind | undefined;
  return async (choice) => {
    kind ??= tokenKind(await client.token(choice.signal));
    try {
      return await (kind === "delegated" ? choice.delegated() : choice.application());
    } catch (error) {
      if (!isMissingPermission(error) || isNational(client.baseUrl)) {
        throw error;
      }
      return legacyInstead(choice, error, log);
    }
  };
}

/** Chooses the reader of usage; a reading of the legacy one says so. */
export function autoReader(
  choose: AutoChoice,
  { activity, events, legacy }: Readonly<Record<ReaderId, UsageReader>>,
): UsageReader {
  return {
    read: (period, options) =>
      choose({
        signal: options.signal,
        delegated: () => activity.read(period, options),
        application: () => events.read(period, options),
        async legacy(lacking) {
          const reading = await legacy.read(period, options);
          return { ...reading, notes: [...reading.notes, { kind: "legacy-instead-of-events", ...lacking }] };
        },
      }),
  };
}

/**
 * Of two problems the administrator sees the one worth acting on: the missing permission of the current API. Where the
 * legacy one gave no data or found no licence, that is told, and the permission with it.
 */
async function legacyInstead<Reading>(
  { legacy }: Choice<Reading>,
  missing: AppError,
  log: Log,
): Promise<Reading> {
  const { permission } = missing.facts;
  const lacking = permission === undefined ? {} : { permission };
  log.warn(lacking, "The legacy report is read for want of a permission");
  try {
    return await legacy(lacking);
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

/** Without the members of a group the report itself can still be read: another report is no remedy. */
function isMissingPermission(error: unknown): error is AppError {
  return (
    error instanceof AppError &&
    error.code === "GRAPH-PERMISSION" &&
    error.facts.permission !== TRANSITIVE_MEMBERS.permission
  );
}
