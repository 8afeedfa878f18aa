import type { UsageCollector } from "../../collect/usage-collector.ts";
import { periodBefore } from "../../digest/period-before.ts";
import type { Question } from "../../language/question.ts";
import type { SnapshotStore, UsageSnapshot, UsageSource } from "../../ports/usage.ts";
import type { ServiceChange } from "../../reference/service-changes.ts";
import { bestMethodsView, type PeriodBefore } from "../../reports/best-methods/best-methods-view.ts";
import { explainView } from "../../reports/explain/explain-view.ts";
import type { View } from "../../views/view.ts";
import type { Handler } from "../answer.ts";
import { type FromReadingParts, fromReading, type Numbers, type Shown } from "./from-reading.ts";
import { wholeReading } from "./whole-reading.ts";

interface BestMethodsParts extends FromReadingParts {
  readonly usage: UsageCollector;
  readonly snapshots: SnapshotStore;
  readonly source: () => Promise<UsageSource>;
  readonly changes: readonly ServiceChange[];
}

/** The last complete numbers of a period, and what is stored of the one before. */
interface TwoPeriods {
  readonly readAt: Date;
  readonly snapshot: UsageSnapshot;
  readonly before: PeriodBefore;
}

/** "best methods …": methods in the order of how reliably they work. */
export function bestMethodsHandler(parts: BestMethodsParts): Handler {
  const { changes } = parts;
  return fromReading<TwoPeriods>(parts, periodsOf(parts), ({ snapshot, before }, shown) =>
    shown.explain
      ? explained(snapshot, shown)
      : bestMethodsView({ snapshot, before, changes, ...shown.told }),
  );
}

function periodsOf({
  usage,
  snapshots,
  source,
}: BestMethodsParts): (question: Question) => Numbers<TwoPeriods> {
  return ({ options: { period = "D30" } }) => {
    const latest = async (): Promise<TwoPeriods | undefined> => {
      const snapshot = await usage.latest(period);
      return (
        snapshot && {
          readAt: snapshot.readAt,
          snapshot,
          before: await periodBefore(snapshot, snapshots, await source()),
        }
      );
    };
    return {
      collection: usage.collection,
      latest,
      collect: wholeReading((askedAt) => usage.collect(period, askedAt), latest),
    };
  };
}

function explained(snapshot: UsageSnapshot, { question, base, onlyYou, told }: Shown): View {
  const { took } = snapshot;
  const numbers = { about: "best-methods" as const, snapshot, ...(took !== undefined && { took }) };
  return explainView({ numbers, question, base, audience: told.audience, onlyYou });
}
