import { z } from "zod";
import type { Core } from "../core.ts";
import type { Outside } from "../kernel/outside.ts";
import { AppError } from "../kernel/problem.ts";
import { askOperator } from "./ask-operator.ts";
import { collectNow } from "./collect-now.ts";

const askSchema = z.strictObject({ text: z.string(), locale: z.string(), timeZone: z.string() });

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
      default:
        throw new AppError("INTERNAL", { detail: `The bot knows no call "${name}".` });
    }
  };
}
