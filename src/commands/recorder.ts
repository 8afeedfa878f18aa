import type { Viewer } from "../access/viewer.ts";
import type { Clock } from "../kernel/clock.ts";
import type { TenantId } from "../kernel/ids.ts";
import { COMMANDS } from "../language/commands.ts";
import type { Question } from "../language/question.ts";
import type { AuditAct, AuditEntry, AuditLog } from "../ports/audit.ts";
import type { Acted, Turn } from "./answer.ts";

export interface Recorder {
  /** What becomes of a question that is written down in any case; undefined for the others. */
  actOf(question: Question): AuditAct | undefined;
  /** Writes a line of the log and a row of the store. Rejects when the row cannot be written. */
  record(question: Question, turn: Turn, acted: Acted): Promise<void>;
}

interface RecorderParts {
  readonly audit: AuditLog;
  readonly tenantId: () => Promise<TenantId>;
  readonly clock: Clock;
}

/** Looks at names, exports, changes, refusals: who, when, what, where and with which outcome. */
export function createRecorder({ audit, tenantId, clock }: RecorderParts): Recorder {
  return {
    actOf({ command }) {
      // An export writes down its own start and end: the end is long after the answer.
      const { permission } = COMMANDS[command];
      return permission === "person" || permission === "people"
        ? "names"
        : permission === "audit"
          ? "audit"
          : undefined;
    },
    async record(question, turn, { what, outcome, target, detail }) {
      const told = detail ?? detailOf(question);
      const entry: AuditEntry = {
        at: clock.now(),
        tenantId: await tenantId(),
        who: whoOf(turn.viewer),
        what,
        command: question.command,
        ...(told && { detail: told }),
        ...(target && { target }),
        place: turn.place,
        ...(turn.address && { conversationId: turn.address.conversationId }),
        outcome,
        correlationId: turn.correlationId,
      };
      turn.log.info({ audit: entry }, "audit");
      await audit.record(entry);
    },
  };
}

function whoOf(viewer: Viewer): AuditEntry["who"] {
  return viewer.kind === "person" ? viewer.userId : viewer.kind;
}

/** Options in the words of the product. Whom a person was looked up by is a name, and left out. */
function detailOf({ options }: Question): string | undefined {
  const said = Object.entries(options)
    .filter(([name]) => name !== "user")
    .map(([name, value]) => `${name}=${String(value)}`);
  return said.length > 0 ? said.join(" ") : undefined;
}
