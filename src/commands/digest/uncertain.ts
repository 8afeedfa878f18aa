import type { Delivery } from "../../ports/digest.ts";
import { weekNumber } from "../../views/iso-week.ts";
import type { DigestParts } from "./parts.ts";

/** Rows of a place that are looked through: two years, with some extras. */
const LOOK_BACK = 120;

/** A delivery of which nobody knows whether it is there, with all that its card showed. */
export type Uncertain = Delivery & Required<Pick<Delivery, "numbers" | "endedAt">>;

/**
 * What a week's "Post it again" is about. Undefined once something is known, as the answer came late or somebody has
 * pressed it: the button stays on cards for good.
 */
export async function uncertainOf(
  { ledger, tenantId }: Pick<DigestParts, "ledger" | "tenantId">,
  conversationId: string,
  week: number,
): Promise<Uncertain | undefined> {
  const rows = await ledger.last(tenantId, conversationId, LOOK_BACK);
  const newest = rows.find((row) => weekNumber(row.week) === week);
  const { state, numbers, endedAt } = newest ?? {};
  return newest && state === "unknown" && numbers && endedAt ? { ...newest, numbers, endedAt } : undefined;
}
