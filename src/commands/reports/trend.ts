import type { PeopleCollector } from "../../collect/people-collector.ts";
import type { UsageCollector } from "../../collect/usage-collector.ts";
import { weekOf } from "../../digest/calendar.ts";
import { peopleWeeks } from "../../digest/people-weeks.ts";
import { usageWeeks, weeksUpTo } from "../../digest/usage-weeks.ts";
import type { Question } from "../../language/question.ts";
import type { PeopleReaderId, PeopleReading } from "../../ports/people.ts";
import type { PeopleDays, PeopleHistory } from "../../ports/people-history.ts";
import type { SnapshotStore, UsageSource } from "../../ports/usage.ts";
import type { ServiceChange } from "../../reference/service-changes.ts";
import { ofHelpdeskTrend, ofPeopleTrend, ofUsageTrend } from "../../reports/explain/stored-figures.ts";
import { type ExplainedStore, explainStoredView } from "../../reports/explain/stored-view.ts";
import { type HelpdeskTrend, helpdeskTrendView } from "../../reports/trend/helpdesk-trend.ts";
import { type PeopleTrend, peopleTrendView } from "../../reports/trend/people-trend.ts";
import { USUAL_WEEKS } from "../../reports/trend/trend-view.ts";
import { type UsageTrend, usageTrendView } from "../../reports/trend/usage-trend.ts";
import { knownZone } from "../../views/format.ts";
import { type TrendKind, trendKind } from "../../views/question-title.ts";
import type { View } from "../../views/view.ts";
import type { Handler, Turn } from "../answer.ts";
import { explainedTo, type FromReadingParts, fromReading, type Numbers, type Shown } from "./from-reading.ts";
import { type HelpdeskParts, helpdeskWeeks } from "./helpdesk-weeks.ts";
import { wholeReading } from "./whole-reading.ts";

export interface TrendParts extends FromReadingParts, Pick<HelpdeskParts, "days" | "dayHistory"> {
  readonly usage: UsageCollector;
  readonly people: PeopleCollector;
  readonly snapshots: SnapshotStore;
  readonly history: PeopleHistory;
  /** Reports whose counts may answer. */
  readonly peopleReaders: readonly PeopleReaderId[];
  readonly source: () => Promise<UsageSource>;
  readonly changes: readonly ServiceChange[];
}

/** "trend …": tries, people or resets by who made them, by week, from what is stored. */
export function trendHandler(parts: TrendParts): Handler {
  const { changes } = parts;
  const ofTries = fromReading<UsageTrend>(parts, triesOf(parts), (trend, shown) =>
    shown.explain
      ? explained(ofUsageTrend(trend, shown.told.audience.words), shown)
      : usageTrendView({ trend, changes, ...shown.told }),
  );
  const ofPeople = fromReading<PeopleTrend>(parts, peopleOf(parts), (trend, shown) =>
    shown.explain
      ? explained(ofPeopleTrend(trend, shown.told.audience.words), shown)
      : peopleTrendView({ trend, changes, ...shown.told }),
  );
  const ofHelpdesk = fromReading<HelpdeskTrend>(
    parts,
    ({ options }) => helpdeskWeeks(parts, weeksAsked(options)),
    (trend, shown) =>
      shown.explain
        ? explained(ofHelpdeskTrend(trend, shown.told.audience.words), shown)
        : helpdeskTrendView({ trend, changes, ...shown.told }),
  );
  const handlers: Readonly<Record<TrendKind, Handler>> = {
    usage: ofTries,
    method: ofTries,
    registration: ofPeople,
    helpdesk: ofHelpdesk,
  };
  return (question, turn, asking) => handlers[trendKind(question.options)](question, turn, asking);
}

function explained(stored: ExplainedStore, shown: Shown): View {
  return explainStoredView(stored, explainedTo(shown));
}

function triesOf(parts: TrendParts): (question: Question, turn: Turn) => Numbers<UsageTrend> {
  const { usage, snapshots: store, source, clock } = parts;
  return ({ options }, { audience }) => {
    const timeZone = knownZone(audience.timeZone);
    const asked = weeksAsked(options);
    const latest = async (): Promise<UsageTrend | undefined> => {
      const weeks = await usageWeeks({
        usage: store,
        source: await source(),
        now: clock.now(),
        timeZone,
        asked,
      });
      const snapshot = weeks ? undefined : await usage.latest("D30");
      return (
        weeks ??
        (snapshot && { reader: snapshot.reader, readAt: snapshot.readAt, asked, weeks: [], mayGrow: false })
      );
    };
    return {
      collection: usage.collection,
      latest,
      collect: wholeReading((askedAt) => usage.collect("D30", askedAt), latest),
    };
  };
}

function peopleOf(parts: TrendParts): (question: Question, turn: Turn) => Numbers<PeopleTrend> {
  const { people, history, peopleReaders, source, clock } = parts;
  return ({ options }, { audience }) => {
    const timeZone = knownZone(audience.timeZone);
    const latest = async (): Promise<PeopleTrend | undefined> => {
      const spans = weeksUpTo(weekOf(clock.now(), timeZone), timeZone, weeksAsked(options));
      const begin = spans[0]?.from ?? clock.now();
      const days = await history.daily(await source(), peopleReaders, begin, clock.now());
      const newest = days ? undefined : await people.latest();
      const known = days ?? (newest && onlyDay(newest));
      return known && peopleWeeks(known, spans);
    };
    return {
      collection: people.collection,
      latest,
      collect: wholeReading((askedAt) => people.collect(askedAt), latest),
    };
  };
}

/** A reading from before days were kept. */
function onlyDay({ reader, readAt, scopes }: PeopleReading): PeopleDays | undefined {
  const scope = scopes.members ? "members" : "everyone";
  const counts = scopes[scope];
  return counts && { reader, scope, days: [{ readAt, counts }], others: 0 };
}

function weeksAsked({ weeks = USUAL_WEEKS }: Question["options"]): number {
  return Math.max(1, weeks);
}
