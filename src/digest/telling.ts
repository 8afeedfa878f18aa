import { createDays, type Days } from "../views/days.ts";
import { createFormat } from "../views/format.ts";
import type { DigestAnswer } from "./answer.ts";
import type { DigestTelling } from "./sections/section.ts";

/** Words and figures in the zone that the week was cut in. */
export function tellingOf({ numbers, kind, audience }: Pick<DigestAnswer, "numbers" | "kind" | "audience">): {
  readonly telling: DigestTelling;
  readonly days: Days;
} {
  const local = { ...audience, timeZone: numbers.timeZone };
  const isOverview = kind === "overview";
  const { words } = audience;
  const span = words.digest.spans[isOverview ? "days" : "week"];
  return { telling: { words, format: createFormat(local), span, isOverview }, days: createDays(local) };
}
