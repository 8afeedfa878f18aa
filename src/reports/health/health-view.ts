import type { Question } from "../../language/question.ts";
import type { StoreAbout } from "../../ports/health.ts";
import type { PeopleReading } from "../../ports/people.ts";
import type { KeptQuarters, UsageSnapshot } from "../../ports/usage.ts";
import type { Words } from "../../reference/words/words.ts";
import type { Audience } from "../../views/audience.ts";
import { createFormat } from "../../views/format.ts";
import { printable } from "../../views/plain-text.ts";
import { questionTitle } from "../../views/question-title.ts";
import type { Fact, ReportView } from "../../views/view.ts";
import { firstButton, menuRefresh, type Standing } from "../buttons.ts";
import { keptText } from "../usage/notices.ts";
import type { Telling } from "../usage/section.ts";
import { type Collecting, collectingFacts } from "./collecting.ts";

/** Gaps that are named; of more it is said how many. */
const GAPS = 3;

/** What is known of the numbers and of what keeps them; no secrets, no names. */
export interface Health {
  readonly tenantId: string;
  readonly version: string;
  readonly graphHost: string;
  /** `GRAPH_REPORTS`. */
  readonly setting: string;
  readonly usage?: Pick<UsageSnapshot, "reader" | "readAt" | "took" | "pages" | "rowsRead">;
  readonly people?: Pick<PeopleReading, "reader" | "readAt" | "took" | "pages" | "rowsRead">;
  /** What stored tries cover without a gap. */
  readonly history?: { readonly from: Date; readonly to: Date };
  /** Time before that which was never read, the oldest first. */
  readonly gaps?: readonly { readonly from: Date; readonly to: Date }[];
  /** What the newest reading had fewer of than is stored. */
  readonly kept?: KeptQuarters;
  /** Counts of people by day. */
  readonly days?: { readonly since: Date; readonly count: number };
  readonly collecting: Collecting;
  readonly store: StoreAbout;
  /** Of this place; absent in the terminal, which is none. */
  readonly digest?: { readonly next?: Date; readonly isSetUp: boolean };
}

export interface HealthAnswer {
  readonly health: Health;
  readonly question: Question;
  readonly audience: Audience;
  readonly onlyYou?: boolean;
  readonly base?: Question;
}

/** Source, age and completeness of the numbers. Pure. */
export function healthView({
  health,
  question,
  audience,
  onlyYou = false,
  base = question,
}: HealthAnswer): ReportView {
  const { words, now } = audience;
  const telling: Telling = { words, format: createFormat(audience) };
  const { usage, people } = health;
  const told = words.history.health;
  const age = (reading: { readonly readAt: Date } | undefined): string | undefined =>
    reading && telling.format.age(reading.readAt);
  const standing: Standing = { question, onlyYou, base };
  const headline = usage || people ? told.headline(age(usage), age(people)) : told.nothing;
  return {
    kind: "report",
    title: questionTitle(question, words),
    ...(onlyYou && { onlyYou: words.onlyYou }),
    headline,
    subtitle: told.subtitle(telling.format.moment(now)),
    notices: [],
    sections: [{ headline, facts: factsOf(health, telling), remarks: [told.fromStore] }],
    explanations: [],
    footer: told.whole,
    buttons: [firstButton(standing, words)],
    refresh: menuRefresh(standing, words),
    shortened: words.history.shortened,
  };
}

function factsOf(health: Health, telling: Telling): Fact[] {
  const { words, format } = telling;
  const told = words.history.health;
  const { usage, people, history, gaps = [], kept, days, digest } = health;
  const fact = (name: keyof typeof told.names, value: string): Fact => ({ name: told.names[name], value });
  return [
    fact("graph", told.graph(printable(health.graphHost), health.setting)),
    fact("tries", usage ? readingText(words.readers[usage.reader], usage, telling) : told.never),
    fact(
      "people",
      people ? readingText(words.reports.counted.readers[people.reader], people, telling) : told.never,
    ),
    fact(
      "history",
      history ? told.history(format.moment(history.from), format.moment(history.to)) : told.noHistory,
    ),
    ...(gaps.length > 0 ? [fact("gaps", gapsText(gaps, telling))] : []),
    ...(kept ? [fact("kept", told.kept(keptText(kept, telling)))] : []),
    ...(history ? [fact("notRead", told.notRead(format.moment(history.to), format.age(history.to)))] : []),
    ...(days
      ? [fact("days", told.days(format.day(days.since), format.number(days.count), days.count === 1))]
      : []),
    ...collectingFacts(health.collecting, telling),
    fact("store", told.stores[health.store.kind](format.number(health.store.schema))),
    ...(digest
      ? [
          fact(
            "digest",
            digestText(digest, words, (at) => format.moment(at)),
          ),
        ]
      : []),
    fact("tenant", health.tenantId),
    fact("version", health.version),
  ];
}

/** The newest first. */
function gapsText(gaps: NonNullable<Health["gaps"]>, { words, format }: Telling): string {
  const told = words.history.health;
  const newest = gaps.toReversed().slice(0, GAPS);
  return told.gaps(
    newest.map(({ from, to }) => told.gap(format.moment(from), format.moment(to))),
    gaps.length - newest.length,
  );
}

function readingText(
  reader: string,
  { readAt, took, pages, rowsRead }: Omit<NonNullable<Health["usage"]>, "reader">,
  { words, format }: Telling,
): string {
  const told = words.history.health;
  const text = told.reading(
    reader,
    format.moment(readAt),
    format.age(readAt),
    format.number(pages),
    format.number(rowsRead),
  );
  const seconds = Math.max(1, Math.round((took ?? 0) / 1_000));
  return took === undefined ? text : told.took(text, told.seconds(format.number(seconds), seconds === 1));
}

function digestText(
  { next, isSetUp }: NonNullable<Health["digest"]>,
  { history: { health } }: Words,
  moment: (at: Date) => string,
): string {
  if (next) {
    return moment(next);
  }
  return isSetUp ? health.digestPaused : health.noDigest;
}
