import type { PeopleCollector } from "../../collect/people-collector.ts";
import type { UsageCollector } from "../../collect/usage-collector.ts";
import { weekOf } from "../../digest/calendar.ts";
import { peopleWeeks } from "../../digest/people-weeks.ts";
import { weeksUpTo } from "../../digest/usage-weeks.ts";
import type { PeopleReaderId, PeopleReading } from "../../ports/people.ts";
import type { PeopleHistory } from "../../ports/people-history.ts";
import type { UsageSnapshot, UsageSource } from "../../ports/usage.ts";
import type { ServiceChange } from "../../reference/service-changes.ts";
import { explainView } from "../../reports/explain/explain-view.ts";
import { phoneRetirementView } from "../../reports/phone-retirement/phone-retirement-view.ts";
import type { PeopleTrend } from "../../reports/trend/people-trend.ts";
import { USUAL_WEEKS } from "../../reports/trend/trend-view.ts";
import { knownZone } from "../../views/format.ts";
import type { Handler, Turn } from "../answer.ts";
import { type FromReadingParts, fromReading, type Numbers } from "./from-reading.ts";
import { wholeReading } from "./whole-reading.ts";

interface PhoneRetirementParts extends FromReadingParts {
  readonly usage: UsageCollector;
  readonly people: PeopleCollector;
  readonly history: PeopleHistory;
  /** Reports whose counts may answer. */
  readonly peopleReaders: readonly PeopleReaderId[];
  readonly source: () => Promise<UsageSource>;
  readonly changes: readonly ServiceChange[];
  /** The tenant has its own telephony provider. */
  readonly isOwnProvider: boolean;
}

/** All that is stored about phones; tries and people have an age of their own. */
interface Phones {
  /** When people were counted. */
  readonly readAt: Date;
  readonly reading: PeopleReading;
  readonly trend?: PeopleTrend;
  readonly tries?: UsageSnapshot;
}

/** "phone retirement": who still depends on a phone, by week, beside the announced days. */
export function phoneRetirementHandler(parts: PhoneRetirementParts): Handler {
  const { changes, isOwnProvider } = parts;
  return fromReading<Phones>(parts, phonesOf(parts), ({ readAt: _readAt, ...numbers }, shown) => {
    const { question, base, onlyYou, told } = shown;
    const { reading } = numbers;
    return shown.explain
      ? explainView({
          numbers: { about: "phone-retirement", reading },
          ...{ question, base, audience: told.audience, onlyYou },
        })
      : phoneRetirementView({ ...numbers, changes, isOwnProvider, ...told });
  });
}

/** A new reading is one of people: tries are read by the questions about them and by schedule. */
function phonesOf(parts: PhoneRetirementParts): (question: unknown, turn: Turn) => Numbers<Phones> {
  const { usage, people, history, peopleReaders, source, clock } = parts;
  return (_question, { audience }) => {
    const timeZone = knownZone(audience.timeZone);
    const latest = async (): Promise<Phones | undefined> => {
      const reading = await people.latest();
      if (!reading) {
        return undefined;
      }
      const spans = weeksUpTo(weekOf(clock.now(), timeZone), timeZone, USUAL_WEEKS);
      const days = await history.daily(
        await source(),
        peopleReaders,
        spans[0]?.from ?? clock.now(),
        clock.now(),
      );
      const trend = days && peopleWeeks(days, spans);
      const tries = await usage.latest("D30");
      return { readAt: reading.readAt, reading, ...(trend && { trend }), ...(tries && { tries }) };
    };
    return {
      collection: people.collection,
      latest,
      collect: wholeReading((askedAt) => people.collect(askedAt), latest),
    };
  };
}
