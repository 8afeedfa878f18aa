import type { MethodFamily } from "../../reference/methods.ts";
import { createFormat } from "../../views/format.ts";
import { questionTitle } from "../../views/question-title.ts";
import type { ReportSection, ReportTable, ReportView } from "../../views/view.ts";
import { explainButton, firstButton, look, menuRefresh } from "../buttons.ts";
import { cutRows } from "../cut.ts";
import {
  countedLines,
  type PeopleAnswer,
  peopleFooter,
  peopleNotices,
  peopleSubtitle,
  peopleText,
  questionOf,
  type ShownScope,
  shareOrNone,
  shareText,
  shownScope,
} from "../people-reading.ts";
import type { Telling } from "../usage/section.ts";
import { ENOUGH_TRIES } from "../usage/worst-method.ts";
import { type FamilyPeople, type MethodPeople, methodTree, type StrengthPeople } from "./tree.ts";

/** Far more methods than Graph knows: only a flood of unknown values is cut here. */
const ROWS = 40;

/**
 * People per registered method, by strength and family. Pure: the same reading, question and audience give the same
 * view. Rows never add up to anything, because people hold several methods.
 */
export function methodsView(answer: PeopleAnswer): ReportView {
  const { reading, question, audience, onlyYou = false, base = question } = answer;
  const { words } = audience;
  const { method } = question.options;
  const { counted, methods: told } = words.reports;
  const telling: Telling = { words, format: createFormat(audience) };
  const shown = shownScope(answer);
  const { scope, counts } = shown;
  const tree = methodTree(counts.methods ?? {}, method, words);
  const standing = { question, onlyYou, base };
  const headline = headlineOf(answer, shown, tree, telling);
  const isEmpty = tree.length === 0;
  const sections = tree.map((part) => strengthSection(part, shown, telling));

  return {
    kind: "report",
    title: questionTitle({ ...question, options: { ...question.options, scope } }, words),
    ...(onlyYou && { onlyYou: words.onlyYou }),
    headline,
    subtitle: peopleSubtitle(answer, shown, telling),
    notices: [
      ...peopleNotices(answer, shown, telling),
      ...(isEmpty ? [headline] : []),
      ...(isEmpty && counts.methods ? [told.late] : []),
    ],
    sections: isEmpty ? [] : [{ headline, remarks: phoneLines(shown, method, telling) }, ...sections],
    explanations: [
      ...countedLines(reading, shown, telling),
      ...(isEmpty ? [] : [told.several, told.strength]),
      ...(sections.some(({ table }) => table?.rows.some((row) => row.includes(words.figures.none)))
        ? [counted.noShare]
        : []),
    ],
    footer: peopleFooter(answer, telling),
    buttons: [
      firstButton(standing, words),
      look(words.reports.registration.title, questionOf("registration", scope), standing),
      look(words.reports.phoneRetirement.title, { command: "phone-retirement", options: {} }, standing),
      explainButton(standing, words),
    ],
    refresh: menuRefresh(standing, words),
    shortened: counted.shortened,
  };
}

/** The method with the most people; no rank of fewer than twenty people, and none where two are level. */
function headlineOf(
  { reading, question: { options } }: PeopleAnswer,
  { scope, counts }: ShownScope,
  tree: readonly StrengthPeople[],
  telling: Telling,
): string {
  const { words } = telling;
  const { methods: told, counted } = words.reports;
  const people = peopleText(scope, counts.people, telling);
  if (counts.methods === undefined) {
    return told.notInApi(counted.readers[reading.reader]);
  }
  if (tree.length === 0) {
    return options.method ? told.noneWith(words.families[options.method], people) : told.none(people);
  }
  const [first, second] = tree
    .flatMap(({ families }) => families.flatMap(({ methods }) => methods))
    // Everybody has one, so it is no news.
    .filter(({ label }) => label !== told.password)
    .sort((one, other) => other.people - one.people);
  const isMost = counts.people >= ENOUGH_TRIES && first && first.people > (second?.people ?? 0);
  return isMost
    ? told.most(
        first.label,
        countText(first, telling),
        people,
        first.isLowerBound ? undefined : shareOrNone(first.people, counts.people, telling),
      )
    : told.counted(people);
}

/** Those who could do without a phone; told where all methods are, or phones. */
function phoneLines(
  { scope, counts: { phoneUsers } }: ShownScope,
  method: MethodFamily | undefined,
  telling: Telling,
): string[] {
  return phoneUsers && (method === undefined || method === "phone")
    ? [telling.words.reports.methods.usedPhone(peopleText(scope, phoneUsers.D30.withStrong, telling))]
    : [];
}

function strengthSection(
  part: StrengthPeople,
  { scope, counts }: ShownScope,
  telling: Telling,
): ReportSection {
  const { methods: told } = telling.words.reports;
  const name = told.strengths[part.strength];
  const count = countText(part, telling);
  const isTold = count !== telling.words.figures.none;
  return {
    headline: isTold ? told.have(name, count, peopleText(scope, counts.people, telling)) : name,
    table: table(part.families, counts.people, telling),
    remarks: [],
  };
}

function table(families: readonly FamilyPeople[], whole: number, telling: Telling): ReportTable {
  const { columns, more, unlisted } = telling.words.reports.methods;
  const lines = families.flatMap((family) => familyLines(family, telling));
  const rows = lines.map((line) => [
    line.label,
    countText(line, telling),
    line.isLowerBound ? lowerShare(line, whole, telling) : shareText(line.people, whole, telling),
  ]);
  const rests = lines.map((_line, index) => {
    const left = lines.slice(index).filter(({ isFamily }) => !isFamily);
    return [more(left.length), unlisted, telling.words.figures.none];
  });
  return {
    columns: [columns.method, columns.people, columns.share],
    rows: cutRows(rows, rests, ROWS),
    rests,
  };
}

interface Line extends MethodPeople {
  /** Stands above its methods, and is not one more. */
  readonly isFamily?: boolean;
}

function familyLines(family: FamilyPeople, { words }: Telling): Line[] {
  const { methods: told } = words.reports;
  return family.methods.length === 1
    ? [family]
    : [
        { ...family, label: told.family(family.label), isFamily: true },
        ...family.methods.map((method) => ({ ...method, label: told.within(method.label) })),
      ];
}

function lowerShare({ people }: MethodPeople, whole: number, telling: Telling): string {
  const share = shareOrNone(people, whole, telling);
  const { figures, reports } = telling.words;
  return share === undefined ? figures.none : reports.methods.atLeast(share);
}

/** A small count that is not told bounds nothing from below. */
function countText({ people, isLowerBound }: MethodPeople, { words, format }: Telling): string {
  const text = format.people(people);
  if (!isLowerBound) {
    return text;
  }
  return text === format.number(people) ? words.reports.methods.atLeast(text) : words.figures.none;
}
