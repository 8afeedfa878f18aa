import type { Period, TouchedPeople, UsageSum } from "../../ports/usage.ts";
import { REASON_PAGES } from "../../reference/reason-pages.ts";
import { isNamedReason, isReasonId } from "../../reference/reasons.ts";
import type { Words } from "../../reference/words/words.ts";
import type { Advice, ReportSection, ReportTable } from "../../views/view.ts";
import { cutRows } from "../cut.ts";
import type { FeatureCount } from "../usage/count.ts";
import { featureWords, type Telling } from "../usage/section.ts";
import { ENOUGH_TRIES, triesOf, worstBeyondNoise } from "../usage/worst-method.ts";
import { failureChanges } from "./changes.ts";
import {
  adviceOf,
  failureGroups,
  type GroupCount,
  helpdeskCalls,
  type ReasonCount,
  reasonLabel,
  reasonText,
  total,
} from "./groups.ts";
import { featurePeople, groupPeople } from "./touched.ts";

/** More than this nobody reads on a card: what is beyond is one line with its sum. */
const ROWS = 40;

/** "Password resets: 371 of 2,627 tries failed (14 %)." */
export function featureSentence(count: FeatureCount, { words, format }: Telling): string {
  const { failures } = words.reports;
  const { row } = featureWords(count, words);
  const tries = triesOf(count);
  if (count.failures === 0) {
    return failures.noneFailed(row, format.number(tries), tries === 1);
  }
  const percent = tries >= ENOUGH_TRIES ? format.percent(count.failures, tries) : undefined;
  return failures.failed(row, format.number(count.failures), format.number(tries), percent, tries === 1);
}

interface ReasonsShown {
  readonly showTexts: boolean;
  readonly period: Period;
  /** Absent where people are not counted. */
  readonly people?: TouchedPeople;
  /** The period before; absent where it is not stored. */
  readonly before?: readonly UsageSum[];
}

/** One feature by reason: its sentence with the table and what changed, then what helps with each group. */
export function reasonSections(
  count: FeatureCount,
  sums: readonly UsageSum[],
  { showTexts, period, people, before }: ReasonsShown,
  telling: Telling,
): ReportSection[] {
  const { failures } = telling.words.reports;
  const groups = failureGroups(sums);
  const headline = featureSentence(count, telling);
  const changes = failureChanges(sums, before, period, telling);
  return groups.length === 0
    ? [{ headline, remarks: changes }]
    : [
        {
          headline,
          table: reasonTable(groups, count.failures, showTexts, telling),
          remarks: [
            ...featurePeople(count.value, people, telling),
            ...newsOf(groups, count.failures, telling),
            ...changes,
          ],
        },
        {
          headline: failures.whatHelps,
          remarks: [],
          advice: groups.map((group) => {
            const touched = groupPeople(count.value, group.group, people, telling);
            return groupAdvice(group, touched, showTexts, telling.words);
          }),
        },
      ];
}

/** The most frequent reason and the calls to expect. No rank below twenty failures, nor where two are level. */
function newsOf(groups: readonly GroupCount[], all: number, { words, format }: Telling): string[] {
  const { failures } = words.reports;
  const [first, second] = groups
    .flatMap(({ reasons }) => reasons)
    .sort((one, other) => other.count - one.count);
  const isMost =
    all >= ENOUGH_TRIES && first && second && isReasonId(first.reason) && first.count > second.count;
  const { asked, blocked } = helpdeskCalls(groups);
  const calls = asked + blocked;
  return [
    ...(isMost ? [failures.most(reasonText(first.reason, words), format.number(first.count))] : []),
    ...(calls > 0
      ? [failures.helpdesk(format.number(calls), format.number(asked), format.number(blocked), calls === 1)]
      : []),
  ];
}

interface Line {
  readonly text: string;
  readonly count: number;
  /** The sum of the lines below it, which is not one more reason. */
  readonly isSum?: boolean;
}

/** Reasons in their groups; a group of several reasons has a line of its own above them. */
function reasonTable(
  groups: readonly GroupCount[],
  all: number,
  showTexts: boolean,
  telling: Telling,
): ReportTable {
  const { words, format } = telling;
  const { columns, more } = words.reports.failures;
  const row = ({ text, count }: Line): string[] => [
    text,
    format.number(count),
    all >= ENOUGH_TRIES ? format.percent(count, all) : words.figures.none,
  ];
  const lines = groups.flatMap((group) => groupLines(group, showTexts, telling));
  const rests = lines.map((_line, index) => {
    const left = lines.slice(index).filter(({ isSum }) => !isSum);
    return row({ text: more(left.length), count: total(left) });
  });
  return {
    columns: [columns.reason, columns.failed, columns.share],
    rows: cutRows(lines.map(row), rests, ROWS),
    rests,
  };
}

function groupLines(group: GroupCount, showTexts: boolean, telling: Telling): Line[] {
  const { groups, within } = telling.words.reports.failures;
  const lines = showTexts ? shownLines(group.reasons, telling) : namedLines(group.reasons, telling);
  return lines.length === 1
    ? lines
    : [
        { text: groups[group.group].name, count: group.count, isSum: true },
        ...lines.map(({ text, count }) => ({ text: within(text), count })),
      ];
}

function shownLines(reasons: readonly ReasonCount[], { words }: Telling): Line[] {
  return reasons.map(({ reason, count }) => ({
    text: reasonLabel(reason, words),
    count,
  }));
}

/** Of texts that nobody knows only how many there are. */
function namedLines(reasons: readonly ReasonCount[], telling: Telling): Line[] {
  const { words, format } = telling;
  const texts = reasons.filter(({ reason }) => !isNamedReason(reason));
  const text = words.reports.failures.newTexts(format.number(texts.length), texts.length === 1);
  return [
    ...(texts.length > 0 ? [{ text, count: total(texts) }] : []),
    ...shownLines(
      reasons.filter(({ reason }) => isNamedReason(reason)),
      telling,
    ),
  ];
}

/** "34 people; 21 succeeded later. The person began and did not finish. Check …" */
function groupAdvice(
  group: GroupCount,
  touched: readonly string[],
  showTexts: boolean,
  words: Words,
): Advice {
  const { groups, hiddenTexts, page } = words.reports.failures;
  const { name, meaning } = groups[group.group];
  const hidden = !showTexts && group.group === "new-texts" ? [hiddenTexts] : [];
  const url = REASON_PAGES[group.group];
  return {
    name,
    text: [...touched, meaning, ...hidden, ...adviceOf(group, words)].join(" "),
    ...(url !== undefined && { page: { title: page, url } }),
  };
}

/** One feature by method: failed tries of all tries, most failures first. */
export function methodSection(count: FeatureCount, telling: Telling, people?: TouchedPeople): ReportSection {
  const { words, format } = telling;
  const { columns, more } = words.reports.failures;
  const failed = count.methods
    .filter(({ failures }) => failures > 0)
    .sort((one, other) => other.failures - one.failures);
  const worst = worstBeyondNoise(count.methods);
  const row = (name: string, failures: number, tries: number): string[] => [
    name,
    format.number(failures),
    format.number(tries),
    tries >= ENOUGH_TRIES ? format.percent(failures, tries) : words.figures.none,
  ];
  const rows = failed.map((method) => row(method.label, method.failures, triesOf(method)));
  const rests = failed.map((_method, index) => {
    const left = failed.slice(index);
    const failures = left.reduce((sum, method) => sum + method.failures, 0);
    return row(
      more(left.length),
      failures,
      left.reduce((sum, method) => sum + triesOf(method), 0),
    );
  });
  return {
    headline: featureSentence(count, telling),
    ...(rows.length > 0 && {
      table: {
        columns: [columns.method, columns.failed, columns.tries, columns.rate],
        rows: cutRows(rows, rests, ROWS),
        rests,
      },
    }),
    remarks: [
      ...featurePeople(count.value, people, telling),
      ...(worst && count.failures >= ENOUGH_TRIES
        ? [
            featureWords(count, words).worst(
              worst.label,
              format.number(worst.failures),
              format.number(triesOf(worst)),
            ),
          ]
        : []),
    ],
  };
}
