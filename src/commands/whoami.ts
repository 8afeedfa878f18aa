import type { Decision, Gate } from "../access/gate.ts";
import type { TenantId } from "../kernel/ids.ts";
import { AppError } from "../kernel/problem.ts";
import { whoAmIView } from "../views/whoami.ts";
import type { Handler, Turn } from "./answer.ts";

interface WhoAmIParts {
  readonly gate: Gate;
  readonly tenantId: () => Promise<TenantId>;
}

/** "who am i": who the asker is to the bot, asked of Graph anew. */
export function whoAmIHandler({ gate, tenantId }: WhoAmIParts): Handler {
  async function decide(turn: Turn): Promise<Decision | "undecided"> {
    try {
      return await gate.decide(turn.viewer, { fresh: true });
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.code === "ACCESS-UNDECIDED") {
        turn.log.warn({ code: thrown.code, facts: thrown.facts }, "who am i without an answer of Graph");
        return "undecided";
      }
      throw thrown;
    }
  }

  return async (_question, turn) => {
    const { viewer, place, audience } = turn;
    const decision = await decide(turn);
    const view = whoAmIView({
      tenantId: await tenantId(),
      audience,
      allowed: decision === "undecided" ? decision : decision.allowed,
      roles: decision === "undecided" ? [] : decision.roles,
      ...(viewer.kind === "person" && { userId: viewer.userId }),
      ...(viewer.kind === "person" && viewer.name && place === "personal" && { name: viewer.name }),
      ...(viewer.kind === "unknown" && { userId: "–" }),
    });
    return { kind: "answered", view };
  };
}
