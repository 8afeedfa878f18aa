import type { UsageCollector } from "../../collect/usage-collector.ts";
import type { Question } from "../../language/question.ts";
import type { UsageSnapshot } from "../../ports/usage.ts";
import { explainView } from "../../reports/explain/explain-view.ts";
import { failuresView } from "../../reports/failures/failures-view.ts";
import { usageView } from "../../reports/usage/usage-view.ts";
import type { View } from "../../views/view.ts";
import type { Handler } from "../answer.ts";
import { type FromReadingParts, fromReading, type Numbers, type Shown } from "./from-reading.ts";

export interface UsageParts extends FromReadingParts {
  readonly collector: UsageCollector;
}

/** "sspr usage …": success and failure counts per feature and method. */
export function usageHandler(parts: UsageParts): Handler {
  return fromReading(parts, triesOf(parts), (snapshot, shown) =>
    shown.explain ? explained("usage", snapshot, shown) : usageView({ snapshot, ...shown.told }),
  );
}

/** "failures …": what tries fail of, by reason or by method. */
export function failuresHandler(parts: UsageParts): Handler {
  return fromReading(parts, triesOf(parts), (snapshot, shown) => {
    if (shown.explain) {
      return explained("failures", snapshot, shown);
    }
    const { place } = shown.turn;
    return failuresView({
      snapshot,
      ...(snapshot.sums && { sums: snapshot.sums }),
      showUnknownTexts: place === "personal" || place === "terminal",
      ...shown.told,
    });
  });
}

function triesOf({ collector }: UsageParts): (question: Question) => Numbers<UsageSnapshot> {
  return ({ options: { period = "D30" } }) => ({
    collection: collector.collection,
    latest: () => collector.latest(period),
    collect: (askedAt) => collector.collect(period, askedAt),
  });
}

function explained(about: "usage" | "failures", snapshot: UsageSnapshot, shown: Shown): View {
  const { question, base, onlyYou, told } = shown;
  const { took } = snapshot;
  const numbers = { about, snapshot, ...(took !== undefined && { took }) };
  return explainView({ numbers, question, base, audience: told.audience, onlyYou });
}
