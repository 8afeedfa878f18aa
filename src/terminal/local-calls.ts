import { z } from "zod";
import type { Core } from "../core.ts";
import { toUserId } from "../kernel/ids.ts";
import type { Outside } from "../kernel/outside.ts";
import { AppError } from "../kernel/problem.ts";
import { askOperator } from "./ask-operator.ts";
import { collectNow } from "./collect-now.ts";

const askSchema = z.strictObject({ text: z.string(), locale: z.string(), timeZone: z.string() });

const forgetSchema = z.strictObject({
  userId: z.string().transform((text, context) => {
    const userId = toUserId(text);
    if (!userId) {
      context.addIssue("not an object id");
    }
    return userId ?? z.NEVER;
  }),
});
const time = z.iso.datetime().transform((text) => new Date(text));
const auditSchema = z.strictObject({ from: time, to: time, skip: z.int().nonnegative() });

/** Answers the calls that come over the socket of the data directory; only the same user can reach it. */
export function answerLocalCalls(
  core: Core,
  outside: Outside,
): (name: string, argument: unknown) => Promise<unknown> {
  return async (name, argument) => {
    const quiet = (): void => undefined;
    switch (name) {
      case "ask":
        return askOperator(core, outside, askSchema.parse(argument), quiet);
      case "collect":
        return collectNow(core, outside, quiet);
      case "forget":
        return core.records.forget(forgetSchema.parse(argument).userId);
      case "audit": {
        const { from, to, skip } = auditSchema.parse(argument);
        return core.records.audit(from, to, skip);
      }
      default:
        throw new AppError("INTERNAL", { detail: `The bot knows no call "${name}".` });
    }
  };
}
