import type { View } from "../views/view.ts";
import type { PlaceAddress } from "./digest.ts";

/**
 * What became of one POST. Posting to Teams is not idempotent, so that only `not-sent` and `refused` are known
 * to have left nothing behind.
 */
export type PostOutcome =
  /** Teams accepted it, sometimes without giving an id. */
  | { readonly kind: "delivered"; readonly activityId?: string }
  /** Teams answered with a refusal: its HTTP status, `error.code`, and the milliseconds of its Retry-After. */
  | {
      readonly kind: "refused";
      readonly status: number;
      readonly code?: string;
      readonly retryAfter?: number;
    }
  /** It never left this machine; the reason as a code. */
  | { readonly kind: "not-sent"; readonly reason: string }
  /** It left and no answer came: it may have been posted. The reason as a code. */
  | { readonly kind: "unknown"; readonly reason: string };

/** Posts outside of a turn. */
export interface Messenger {
  /** Makes one POST and settles within the send deadline. */
  post(address: PlaceAddress, view: View): Promise<PostOutcome>;
}
