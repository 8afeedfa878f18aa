import type { UsageCollector } from "../../collect/usage-collector.ts";
import { comparePeriods } from "../../digest/compare-periods.ts";
import type { Question } from "../../language/question.ts";
import type { SnapshotStore, UsageSource } from "../../ports/usage.ts";
import type { ServiceChange } from "../../reference/service-changes.ts";
import { type Comparison, compareView } from "../../reports/compare/compare-view.ts";
import { ofComparison } from "../../reports/explain/stored-figures.ts";
import { explainStoredView } from "../../reports/explain/stored-view.ts";
import type { Handler } from "../answer.ts";
import { explainedTo, type FromReadingParts, fromReading, type Numbers } from "./from-reading.ts";
import { wholeReading } from "./whole-reading.ts";

interface CompareParts extends FromReadingParts {
  readonly usage: UsageCollector;
  readonly snapshots: SnapshotStore;
  readonly source: () => Promise<UsageSource>;
  readonly changes: readonly ServiceChange[];
}

/** "compare …": this period beside the one before. */
export function compareHandler(parts: CompareParts): Handler {
  const { changes } = parts;
  return fromReading<Comparison>(parts, comparedOf(parts), (comparison, shown) => {
    const { told, explain } = shown;
    return explain
      ? explainStoredView(ofComparison(comparison, told.audience.words), explainedTo(shown))
      : compareView({ comparison, changes, ...told });
  });
}

function comparedOf({ usage, snapshots, source }: CompareParts): (question: Question) => Numbers<Comparison> {
  return ({ options: { period } }) => {
    const latest = async (): Promise<Comparison | undefined> => {
      const compared = await comparePeriods({ usage: snapshots, source: await source(), period });
      const snapshot = compared ? undefined : await usage.latest("D30");
      return (
        compared ??
        (snapshot && {
          reader: snapshot.reader,
          readAt: snapshot.readAt,
          period: period ?? "D30",
          isShorter: false,
        })
      );
    };
    return {
      collection: usage.collection,
      latest,
      collect: wholeReading((askedAt) => usage.collect("D30", askedAt), latest),
    };
  };
}
