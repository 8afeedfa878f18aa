import { z } from "zod";
import type { Core } from "../core.ts";
import { toUserId } from "../kernel/ids.ts";
import type { Outside } from "../kernel/outside.ts";
import { AppError } from "../kernel/problem.ts";
import { askOperator } from "./ask-operator.ts";
import { createCollecting } from "./collecting.ts";
import { endFile, partOfFile } from "./file-parts.ts";

const askSchema = z.strictObject({
  text: z.string(),
  locale: z.string(),
  timeZone: z.string(),
  asFile: z.boolean().exactOptional(),
});
const collectSchema = z.strictObject({ begin: z.boolean() });
const fileSchema = z.strictObject({ id: z.string(), from: z.int().nonnegative() });
const endSchema = z.strictObject({ id: z.string(), isTaken: z.boolean() });

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
const auditSchema = z.strictObject({
  from: time.exactOptional(),
  to: time.exactOptional(),
  after: z.strictObject({ at: time, lines: z.int().positive() }).exactOptional(),
});

/** Answers the calls that come over the socket of the data directory; only the same user can reach it. */
export function answerLocalCalls(
  core: Core,
  outside: Outside,
): (name: string, argument: unknown) => Promise<unknown> {
  const collecting = createCollecting(core, outside);
  return async (name, argument) => {
    const quiet = (): void => undefined;
    switch (name) {
      case "ask":
        return askOperator(core, outside, askSchema.parse(argument), quiet);
      case "file":
        return partOfFile(core, fileSchema.parse(argument));
      case "file-end":
        return endFile(core, endSchema.parse(argument));
      case "collect":
        return collecting(collectSchema.parse(argument).begin);
      case "states":
        return core.states();
      case "forget":
        return core.records.forget(forgetSchema.parse(argument).userId);
      case "audit":
        return core.records.audit(auditSchema.parse(argument));
      default:
        throw new AppError("INTERNAL", { detail: `The bot knows no call "${name}".` });
    }
  };
}
