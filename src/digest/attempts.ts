import type { Delivery } from "../ports/digest.ts";
import type { PostOutcome } from "../ports/messenger.ts";

/** What is known of a delivery after a try, or will be before its next one. */
export type AfterTry = Pick<Delivery, "state" | "activityId" | "reason" | "nextTry">;

/**
 * Only after these does Microsoft want another try
 * (learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability, "Status codes"); 500 is not one.
 */
const REPEATED: readonly number[] = [412, 429, 502, 503, 504];

const MOST_TRIES = 5;

/** Half a minute, 2, 8 and 32 minutes: longer than a restart of Teams' services, shorter than a morning. */
const FIRST_PAUSE = 30_000;
const FACTOR = 4;

interface Tried {
  readonly now: Date;
  /** This one included. */
  readonly attempts: number;
  /** When trying ends. */
  readonly until: Date;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** What becomes of a delivery. What may have been posted is never tried again. */
export function afterTry(outcome: PostOutcome, tried: Tried): AfterTry {
  switch (outcome.kind) {
    case "delivered":
      return { state: "delivered", ...(outcome.activityId && { activityId: outcome.activityId }) };
    case "unknown":
      return { state: "unknown", reason: outcome.reason };
    case "not-sent":
      // A fault of this installation is the same in a minute: an address that is not trusted, no credential.
      return again(outcome.reason, outcome.reason !== "INTERNAL", 0, tried);
    case "refused": {
      const { status, code, retryAfter = 0 } = outcome;
      return again(code ?? `HTTP-${status}`, REPEATED.includes(status), retryAfter, tried);
    }
  }
}

function again(reason: string, mayRepeat: boolean, retryAfter: number, tried: Tried): AfterTry {
  const { now, attempts, until, random } = tried;
  // Never earlier than Teams asks for; spread, so that a thousand do not come back at once.
  const pause = FIRST_PAUSE * FACTOR ** (attempts - 1) * (0.75 + random() / 2);
  const nextTry = new Date(now.getTime() + Math.max(retryAfter, pause));
  return mayRepeat && attempts < MOST_TRIES && nextTry <= until
    ? { state: "due", reason, nextTry }
    : { state: "failed", reason };
}
