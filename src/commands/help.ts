import type { Gate } from "../access/gate.ts";
import { PERMISSIONS, type Permission } from "../access/permission.ts";
import { AppError } from "../kernel/problem.ts";
import { helpView } from "../views/help.ts";
import type { Handler, Turn } from "./answer.ts";
import { suggestionsOf, type Working } from "./suggestions.ts";

/** "help": what works in this version, and what the asker may do. */
export function helpHandler(gate: Gate, working: Working): Handler {
  /** Help has to come also while Graph is away; then it says nothing of access. */
  async function allowed(turn: Turn): Promise<readonly Permission[] | undefined> {
    try {
      const access = await gate.access(turn.viewer);
      return PERMISSIONS.filter((permission) => access[permission].allowed);
    } catch (thrown) {
      if (thrown instanceof AppError) {
        turn.log.warn({ code: thrown.code, facts: thrown.facts }, "help without the access of the asker");
        return undefined;
      }
      throw thrown;
    }
  }

  return async (_question, turn) => {
    const known = await allowed(turn);
    const view = helpView({
      available: suggestionsOf(working()),
      audience: turn.audience,
      ...(known && { allowed: known }),
    });
    return { kind: "answered", view };
  };
}
