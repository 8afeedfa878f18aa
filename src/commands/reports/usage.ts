import type { UsageCollector } from "../../collect/usage-collector.ts";
import { failuresBefore } from "../../digest/failures-before.ts";
import type { Question } from "../../language/question.ts";
import type { SnapshotStore, UsageSnapshot, UsageSource, UsageSum } from "../../ports/usage.ts";
import { explainView } from "../../reports/explain/explain-view.ts";
import { failuresView } from "../../reports/failures/failures-view.ts";
import { usageView } from "../../reports/usage/usage-view.ts";
import type { View } from "../../views/view.ts";
import type { Handler } from "../answer.ts";
import { type FromReadingParts, fromReading, type Numbers, type Shown } from "./from-reading.ts";

export interface UsageParts extends FromReadingParts {
  readonly collector: UsageCollector;
}

interface FailuresParts extends UsageParts {
  readonly snapshots: SnapshotStore;
  readonly source: () => Promise<UsageSource>;
}

interface FailuresReading extends UsageSnapshot {
  /** Sums of the period before, where all of it is stored. */
  readonly before?: readonly UsageSum[];
}

/** "sspr usage …": success and failure counts per feature and method. */
export function usageHandler(parts: UsageParts): Handler {
  return fromReading(parts, triesOf(parts), (snapshot, shown) =>
    shown.explain ? explained("usage", snapshot, shown) : usageView({ snapshot, ...shown.told }),
  );
}

/** "failures …": what tries fail of, by reason or by method. */
export function failuresHandler(parts: FailuresParts): Handler {
  return fromReading<FailuresReading>(parts, failuresOf(parts), (snapshot, shown) => {
    if (shown.explain) {
      return explained("failures", snapshot, shown);
    }
    const { place } = shown.turn;
    return failuresView({
      snapshot,
      ...(snapshot.sums && { sums: snapshot.sums }),
      ...(snapshot.before && { before: snapshot.before }),
      showUnknownTexts: place === "personal" || place === "terminal",
      ...shown.told,
    });
  });
}

/** The reading with the period before it. */
function failuresOf(parts: FailuresParts): (question: Question) => Numbers<FailuresReading> {
  const { snapshots, source } = parts;
  const numbersOf = triesOf(parts);

  async function withBefore(snapshot: UsageSnapshot): Promise<FailuresReading> {
    const before = snapshot.sums && (await failuresBefore(snapshots, await source(), snapshot));
    return { ...snapshot, ...(before && { before }) };
  }

  return (question) => {
    const { collection, latest, collect } = numbersOf(question);
    return {
      collection,
      async latest() {
        const snapshot = await latest();
        return snapshot && withBefore(snapshot);
      },
      collect(askedAt) {
        const { progress, done } = collect(askedAt);
        return { progress, done: done.then(withBefore) };
      },
    };
  };
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
