import type { Gate } from "../access/gate.ts";
import type { TenantId } from "../kernel/ids.ts";
import { AppError } from "../kernel/problem.ts";
import { type WhoAmI, whoAmIView } from "../views/whoami.ts";
import type { Handler, Turn } from "./answer.ts";

interface WhoAmIParts {
  readonly gate: Gate;
  readonly tenantId: () => Promise<TenantId>;
}

/** "who am i": who the asker is to the bot, asked of Graph anew. */
export function whoAmIHandler({ gate, tenantId }: WhoAmIParts): Handler {
  async function access(turn: Turn): Promise<Pick<WhoAmI, "access" | "missingPermission">> {
    try {
      return { access: await gate.access(turn.viewer, { fresh: true }) };
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.code === "ACCESS-UNDECIDED") {
        const { code, facts } = thrown;
        turn.log.warn({ code, facts }, "who am i without an answer of Graph");
        const missing = facts.permission;
        return { access: "undecided", ...(missing && { missingPermission: missing }) };
      }
      throw thrown;
    }
  }

  return async (_question, turn) => {
    const { viewer, place, audience } = turn;
    const view = whoAmIView({
      ...(await access(turn)),
      rules: gate.rules,
      tenantId: await tenantId(),
      audience,
      ...(viewer.kind === "person" && { userId: viewer.userId }),
      ...(viewer.kind === "person" && viewer.name && place === "personal" && { name: viewer.name }),
      ...(viewer.kind === "unknown" && { userId: "–" }),
    });
    return { kind: "answered", view };
  };
}
