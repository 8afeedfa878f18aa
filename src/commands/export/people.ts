import type { Cell } from "../../export/csv.ts";
import {
  failingTable,
  peopleTable,
  peopleTotals,
  REGISTRATION_TABLE,
  type RegistrationFigure,
  registrationFigures,
} from "../../export/tables.ts";
import { AppError } from "../../kernel/problem.ts";
import type { FailingPerson, PeopleFilter, PeopleLists, ReportedPerson } from "../../ports/people.ts";
import { leftOutParts, peopleText, shownScope } from "../../reports/people-reading.ts";
import { createFormat } from "../../views/format.ts";
import { byPerson, MOST_FAILING } from "../people/failing-people.ts";
import {
  type Asked,
  type Contents,
  labelsOf,
  numbersFor,
  type ReportSource,
  type SourceParts,
} from "./source.ts";

/** "export registration …": each figure about the people of a scope. Small counts are told as on the card. */
export function registrationSource(
  asked: Asked,
  { people, refreshAfter }: SourceParts,
): ReportSource<RegistrationFigure> {
  const { options, turn } = asked;
  const { words } = turn.audience;
  const format = createFormat(turn.audience);
  const tell = (count: number): Cell => (format.isFew(count) ? format.people(count) : count);
  return {
    table: REGISTRATION_TABLE,
    async read(write, signal) {
      const collect = (askedAt: Date) => people.collect(askedAt);
      const reading = await numbersFor(await people.latest(), collect, asked, refreshAfter, signal);
      const question = { command: "registration", options } as const;
      const { scope, counts } = shownScope({ reading, question });
      await write(registrationFigures(scope, counts, labelsOf(turn), tell));
      const { figures } = words.exports;
      const leftOut = leftOutParts(counts, { words, format });
      return {
        reader: reading.reader,
        readAt: reading.readAt,
        filters: { scope },
        totals: peopleTotals(counts, tell),
        facts: [
          { name: figures.counted, value: peopleText(scope, counts.people, { words, format }) },
          ...(leftOut.length > 0 ? [{ name: figures.leftOut, value: leftOut.join(", ") }] : []),
        ],
      };
    },
  };
}

/** "export people …": a line for each person, read live and given on page by page. */
export function peopleSource(
  filter: Exclude<PeopleFilter, "failing">,
  { options, turn }: Asked,
  { lists }: SourceParts,
): ReportSource<ReportedPerson> {
  const asked = options.scope ?? "members";
  const scope = lists.scopes.includes(asked) ? asked : "everyone";
  return {
    table: peopleTable(labelsOf(turn)),
    async read(write, signal) {
      let people = 0;
      for await (const page of lists.registered(filter, scope, { signal, onProgress: nobodyLooks })) {
        people += page.length;
        await write(page);
      }
      const reader = isRetired(lists) ? "legacy" : "details";
      return listed(turn, { reader, filters: { filter, scope } }, people);
    },
  };
}

/** "export people failing …": they are counted before the first line, since the last try may be the one that counts. */
export function failingSource(
  { options, turn }: Asked,
  { lists, beginOf }: SourceParts,
): ReportSource<FailingPerson> {
  const { feature, period = "D30" } = options;
  const { now: to } = turn.audience;
  return {
    table: failingTable(labelsOf(turn)),
    async read(write, signal) {
      const from = new Date(beginOf(period, to));
      const query = { from, to, ...(feature && { feature }) };
      const { people, isPartial } = await byPerson(lists.failing(query, { signal, onProgress: nobodyLooks }));
      if (isPartial) {
        throw new AppError("EXPORT-TOO-LARGE", {
          detail: `More than ${MOST_FAILING} people had failed tries.`,
        });
      }
      await write(people);
      const reader = isRetired(lists) ? "legacy" : "events";
      const filters = { filter: "failing", scope: "everyone", period, ...query };
      return listed(turn, { reader, filters }, people.length);
    },
  };
}

function listed(
  { audience }: Asked["turn"],
  about: Pick<Contents, "reader" | "filters">,
  people: number,
): Contents {
  return {
    ...about,
    readAt: audience.now,
    totals: { people },
    facts: [{ name: audience.words.exports.figures.listed, value: createFormat(audience).number(people) }],
  };
}

/** The retired API knows nobody but everyone. */
function isRetired({ scopes }: PeopleLists): boolean {
  return scopes.length === 1;
}

/** Rows that are written tell how far it is. */
const nobodyLooks = (): void => undefined;
