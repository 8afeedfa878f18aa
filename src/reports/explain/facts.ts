import type { Question } from "../../language/question.ts";
import type { PeopleReading } from "../../ports/people.ts";
import type { UsageSnapshot } from "../../ports/usage.ts";
import type { Fact } from "../../views/view.ts";
import { countedLines, shownScope } from "../people-reading.ts";
import type { Telling } from "../usage/section.ts";
import { range } from "../usage/usage-view.ts";
import { peopleEndpoint, usageEndpoint } from "./endpoints.ts";
import type { ExplainedNumbers } from "./numbers.ts";

/** What is told of a reading. */
export interface ReadFacts {
  readonly facts: readonly Fact[];
  /** What was asked of Graph, and who is counted. */
  readonly remarks: readonly string[];
  /** The report by name. */
  readonly reader: string;
  readonly readAt: Date;
}

export function readFacts(numbers: ExplainedNumbers, question: Question, telling: Telling): ReadFacts {
  return "snapshot" in numbers
    ? triesFacts(numbers.snapshot, numbers.took, telling)
    : peopleFacts(numbers.reading, numbers.about, question, telling);
}

function triesFacts(snapshot: UsageSnapshot, took: number | undefined, telling: Telling): ReadFacts {
  const { periods, readers, reports } = telling.words;
  const { period, reader, readAt } = snapshot;
  const how = {
    filter: reports.explain.filters[reader],
    window: reports.explain.window(periods[period].rolling, range(snapshot, telling)),
    took,
  };
  return {
    facts: factsOf(snapshot, how, telling),
    remarks: [reports.explain.asked(usageEndpoint(reader, period)), reports.failures.allAccounts],
    reader: readers[reader],
    readAt,
  };
}

function peopleFacts(
  reading: PeopleReading,
  about: "registration" | "methods" | "phone-retirement",
  question: Question,
  telling: Telling,
): ReadFacts {
  const { explain, counted } = telling.words.reports;
  const { reader, readAt, took } = reading;
  const shown = shownScope({ reading, question });
  const how = {
    filter: explain.filters[reader],
    window: explain.asItStands,
    took,
  };
  return {
    facts: factsOf(reading, how, telling),
    remarks: [
      explain.asked(peopleEndpoint(reader, about, shown.scope)),
      ...countedLines(reading, shown, telling),
    ],
    reader: counted.readers[reader],
    readAt,
  };
}

interface How {
  readonly filter: string;
  readonly window: string;
  /** Milliseconds. */
  readonly took: number | undefined;
}

function factsOf(
  read: { readonly readAt: Date; readonly pages: number; readonly rowsRead: number },
  { filter, window, took }: How,
  { words: { reports }, format: { moment, number } }: Telling,
): Fact[] {
  const { facts, notKept, seconds, pagesAndRows } = reports.explain;
  const time = took === undefined ? undefined : Math.max(1, Math.round(took / 1000));
  return [
    { name: facts.filter, value: filter },
    { name: facts.window, value: window },
    { name: facts.readAt, value: moment(read.readAt) },
    { name: facts.took, value: time === undefined ? notKept : seconds(number(time), time === 1) },
    { name: facts.pages, value: pagesAndRows(number(read.pages), number(read.rowsRead)) },
  ];
}
