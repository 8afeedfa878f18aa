import { canonicalWords } from "../../language/canonical.ts";
import type { Question } from "../../language/question.ts";
import type { FailingPerson, PeopleFilter, PeopleScope, ReportedPerson } from "../../ports/people.ts";
import type { Audience } from "../../views/audience.ts";
import { createFormat } from "../../views/format.ts";
import { printable } from "../../views/plain-text.ts";
import { questionTitle } from "../../views/question-title.ts";
import type { ActionButton, ReportTable, ReportView } from "../../views/view.ts";
import { firstButton, look, menuRefresh, type Standing } from "../buttons.ts";
import { reasonText } from "../failures/groups.ts";
import { type Heard, heardNotices } from "../usage/notices.ts";
import type { Telling } from "../usage/section.ts";
import { methodList } from "./method-list.ts";
import { createTimes, type Times } from "./times.ts";

/** People on one page of a list. */
export const PEOPLE_ON_A_PAGE = 10;

/** One page of a list. It is for one person's eyes: the caller has checked the place. */
export interface PeoplePage extends Heard {
  readonly listed:
    | { readonly filter: Exclude<PeopleFilter, "failing">; readonly people: readonly ReportedPerson[] }
    | { readonly filter: "failing"; readonly people: readonly FailingPerson[] };
  /** From 1 on. */
  readonly page: number;
  readonly hasNext: boolean;
  /** Where the rows of the other pages are kept. */
  readonly continuation: string;
  /** How many there are in all, from the last complete count. */
  readonly total?: number;
  /** Who is listed. Tries carry no type of user, so a list of those who fail is of everyone. */
  readonly scope: PeopleScope;
  /** Who was asked for, where the API does not tell them apart. */
  readonly otherThan?: PeopleScope;
  /** The list is kept no longer than so many rows, and this is the last page of them. */
  readonly keptAt?: number;
  /** Of those who fail: so many people are counted, though there are more. */
  readonly countedAt?: number;
  /** Nobody can turn the page where this is read, and there are more people. */
  readonly firstOnly?: boolean;
  /** Of those who fail: both ends of the period. */
  readonly window?: { readonly from: Date; readonly to: Date };
  readonly readAt: Date;
  readonly question: Question;
  readonly audience: Audience;
  readonly onlyYou?: boolean;
  readonly base?: Question;
}

/** A page of people by name, with what they registered or why they failed last. Pure. */
export function peopleView(answer: PeoplePage): ReportView {
  const { listed, question, audience, scope, total, readAt, onlyYou = false, base = question } = answer;
  const { words } = audience;
  const { people: told, counted } = words.reports;
  const telling: Telling = { words, format: createFormat(audience) };
  const { format } = telling;
  const title = questionTitle(
    { ...question, options: { ...question.options, filter: listed.filter } },
    words,
  );
  const standing = { question, onlyYou, base };
  const isEmpty = listed.people.length === 0;
  const times = createTimes(audience);
  const hasTimes = listed.filter === "failing" && listed.people.some(({ lastAt }) => lastAt);
  const headline = isEmpty ? nobody(answer, title, words) : told.headline(title, rangeText(answer, telling));

  return {
    kind: "report",
    title,
    ...(onlyYou && { onlyYou: words.onlyYou }),
    headline,
    subtitle: told.subtitle(
      answer.window ? format.days(answer.window.from, answer.window.to) : counted.scopes[scope],
      told.page(format.number(answer.page)),
    ),
    notices: [...heardNotices(answer, words), ...limits(answer, telling)],
    sections: [
      {
        headline,
        ...(!isEmpty && { table: tableOf(listed, times, telling) }),
        remarks: hasTimes ? [times.remark] : [],
      },
    ],
    explanations: [
      told.meaning[listed.filter],
      ...(listed.filter === "failing" ? [] : [told.notListed]),
      ...(listed.filter === "failing" ? [words.reports.failures.allAccounts] : []),
      ...(total === undefined || isEmpty || listed.filter === "failing" ? [] : [told.total]),
    ],
    footer: told.live(format.moment(readAt)),
    buttons: buttons(answer, standing),
    refresh: menuRefresh(standing, words),
    shortened: counted.shortened,
  };
}

/** Where the list is not what was asked for, or not all of it. */
function limits(answer: PeoplePage, { words, format }: Telling): string[] {
  const { scope, otherThan, keptAt, countedAt, firstOnly = false, question } = answer;
  const { people, counted } = words.reports;
  const all: Question = { command: "export", options: { ...question.options, report: "people" } };
  return [
    ...(otherThan ? [counted.otherScope(counted.scopes[otherThan], counted.scopes[scope])] : []),
    ...(countedAt === undefined ? [] : [people.countedAt(format.number(countedAt))]),
    ...(keptAt === undefined ? [] : [people.keptAt(format.number(keptAt))]),
    ...(firstOnly ? [people.firstOnly] : []),
    ...(firstOnly || keptAt !== undefined ? [people.exported(canonicalWords(all))] : []),
  ];
}

function nobody({ page, scope, listed }: PeoplePage, title: string, { reports }: Audience["words"]): string {
  const everyone = listed.filter === "failing" ? "everyone" : scope;
  return page > 1 ? reports.people.noMore : reports.people.none(title, reports.people.inTheScope[everyone]);
}

/** "11 to 20 of 1,619"; a total that is smaller than what is shown is older than the list and is left out. */
function rangeText({ page, listed, total }: PeoplePage, { words, format }: Telling): string {
  const before = (page - 1) * PEOPLE_ON_A_PAGE;
  const last = before + listed.people.length;
  const all = total !== undefined && total >= last ? format.number(total) : undefined;
  return words.reports.people.range(format.number(before + 1), format.number(last), all);
}

function tableOf(listed: PeoplePage["listed"], times: Times, telling: Telling): ReportTable {
  const { columns, last } = telling.words.reports.people;
  if (listed.filter === "failing") {
    return {
      columns: [columns.person, columns.failed, columns.last],
      wordColumns: [2],
      rows: listed.people.map((person) => [
        personText(person, telling),
        telling.format.number(person.failures),
        last(person.lastAt && times.at(person.lastAt), reasonText(person.reason, telling.words)),
      ]),
    };
  }
  return {
    columns: [columns.person, columns.methods],
    wordColumns: [1],
    rows: listed.people.map((person) => [
      personText(person, telling),
      methodList(person.methods, telling.words),
    ]),
  };
}

/** Name and user principal name; the latter alone where there is no other name. */
function personText(
  person: { readonly name: string; readonly userPrincipalName: string },
  { words }: Telling,
): string {
  const name = printable(person.name);
  const account = printable(person.userPrincipalName, 120) || words.noName;
  return name === "" || name === account ? account : words.reports.people.person(name, account);
}

function buttons(
  { page, hasNext, continuation, audience: { words } }: PeoplePage,
  standing: Standing,
): ActionButton[] {
  const paged = (title: string, to: number): ActionButton => ({
    ...look(title, standing.question, standing),
    paging: { continuation, page: to },
  });
  return [
    ...(page > 1 ? [paged(words.buttons.previous, page - 1)] : []),
    ...(hasNext ? [paged(words.buttons.next, page + 1)] : []),
    firstButton(standing, words),
  ];
}
