import type { TenantId } from "../../kernel/ids.ts";
import type { SubscriptionStore } from "../../ports/digest.ts";
import { allDigestsView } from "../../reports/digests/all-digests.ts";
import type { Handler } from "../answer.ts";

export interface AllDigestsParts {
  readonly subscriptions: Pick<SubscriptionStore, "standings">;
  readonly tenantId: () => Promise<TenantId>;
}

/** `digest all`: every place of the tenant, in a personal chat and in the terminal. */
export function allDigestsHandler({ subscriptions, tenantId }: AllDigestsParts): Handler {
  return async (question, turn, { onlyYou, base, corrected, refined }) => {
    const view = allDigestsView({
      ...(await subscriptions.standings(await tenantId())),
      question,
      audience: turn.audience,
      ...(onlyYou && { onlyYou }),
      ...(base && { base }),
      ...(corrected && { corrections: corrected }),
      ...(refined && { refined }),
    });
    return { kind: "answered", view };
  };
}
