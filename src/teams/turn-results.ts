import type { TurnResult } from "./adapter.ts";

/**
 * Teams repeats what is refused like this, or tells the person that the bot could not be reached. Microsoft does not
 * document which statuses are repeated and how often (github.com/MicrosoftDocs/msteams-docs/issues/8998).
 */
export const OVERFLOW: TurnResult = {
  status: 503,
  retryAfter: 5,
  body: { code: "ServiceUnavailable", message: "AuthPulse is asked too much at once." },
};
export const UNREADABLE: TurnResult = {
  status: 400,
  body: { code: "BadActivity", message: "The body is not an activity of the Bot Framework." },
};
export const UNAUTHORIZED: TurnResult = {
  status: 401,
  body: { code: "Unauthorized", message: "Unauthorized" },
};
export const FORBIDDEN: TurnResult = { status: 403, body: { code: "Forbidden", message: "Forbidden" } };
