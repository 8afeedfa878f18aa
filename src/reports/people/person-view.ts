import type { Question } from "../../language/question.ts";
import {
  PEOPLE_FIGURES,
  type PeopleReaderId,
  type PersonTry,
  type ReportedPerson,
} from "../../ports/people.ts";
import type { PersonFact } from "../../reference/words/people-words.ts";
import type { Words } from "../../reference/words/words.ts";
import type { Audience } from "../../views/audience.ts";
import { createFormat } from "../../views/format.ts";
import { plainNotice } from "../../views/notice.ts";
import { printable } from "../../views/plain-text.ts";
import type { Fact, NoticeView, ReportSection, ReportView } from "../../views/view.ts";
import { firstButton, menuRefresh } from "../buttons.ts";
import { reasonLabel } from "../failures/groups.ts";
import { newName } from "../usage/count.ts";
import type { Telling } from "../usage/section.ts";
import { methodLabel, methodList } from "./method-list.ts";
import { createTimes, type Times } from "./times.ts";

export interface PersonAnswer {
  readonly person: ReportedPerson;
  readonly tries: readonly PersonTry[];
  readonly reader: PeopleReaderId;
  readonly readAt: Date;
  readonly question: Question;
  readonly audience: Audience;
  readonly onlyYou?: boolean;
  readonly base?: Question;
}

const TRIES_SHOWN = 10;

/** What one person registered and tried. It is for one person's eyes: the caller has checked the place. */
export function personView(answer: PersonAnswer): ReportView {
  const { person, tries, reader, readAt, question, audience, onlyYou = false, base = question } = answer;
  const { words } = audience;
  const { person: told, counted } = words.reports;
  const telling: Telling = { words, format: createFormat(audience) };
  const name = printable(person.name) || printable(person.userPrincipalName, 120) || words.noName;
  const standing = { question, onlyYou, base };
  const headline = headlineOf(person, name, words);

  return {
    kind: "report",
    title: told.titleOf(name),
    ...(onlyYou && { onlyYou: words.onlyYou }),
    headline,
    subtitle: telling.format.moment(readAt),
    notices: [],
    sections: [
      { headline, facts: factsOf(person, telling), remarks: [] },
      triesSection(tries, createTimes(audience), telling),
    ],
    explanations: [words.reports.registration.meaning, ...(person.rowUpdatedAt ? [told.rowUpdated] : [])],
    footer: told.footer(counted.readers[reader], telling.format.moment(readAt)),
    buttons: [firstButton(standing, words)],
    refresh: menuRefresh(standing, words),
    shortened: counted.shortened,
  };
}

function headlineOf({ ssprCapable }: ReportedPerson, name: string, { reports: { person } }: Words): string {
  if (ssprCapable === undefined) {
    return person.notKnown(name);
  }
  return ssprCapable ? person.canReset(name) : person.cannotReset(name);
}

const YES_OR_NO = ["isAdmin", ...PEOPLE_FIGURES] as const satisfies readonly PersonFact[];

function factsOf(person: ReportedPerson, { words, format }: Telling): Fact[] {
  const { person: told, counted } = words.reports;
  const fact = (name: PersonFact, value: string | undefined): Fact => ({
    name: told.facts[name],
    value: value ?? counted.notInApi,
  });
  const yesOrNo = (value: boolean | undefined): string | undefined =>
    value === undefined ? undefined : value ? told.yes : told.no;
  return [
    fact("userPrincipalName", printable(person.userPrincipalName, 120) || words.noName),
    fact("userType", person.userType && told.types[person.userType]),
    ...YES_OR_NO.map((name) => fact(name, yesOrNo(person[name]))),
    fact("methods", methodList(person.methods, words)),
    fact("rowUpdatedAt", person.rowUpdatedAt && format.moment(person.rowUpdatedAt)),
  ];
}

function triesSection(tries: readonly PersonTry[], times: Times, { words, format }: Telling): ReportSection {
  const { person: told } = words.reports;
  if (tries.length === 0) {
    return { remarks: [told.noTries] };
  }
  const newest = [...tries]
    .sort((one, other) => (other.at?.getTime() ?? 0) - (one.at?.getTime() ?? 0))
    .slice(0, TRIES_SHOWN);
  const all = told.tries(format.number(tries.length), tries.length === 1);
  return {
    headline: newest.length < tries.length ? told.newest(format.number(newest.length), all) : all,
    table: {
      columns: [told.columns.when, told.columns.what, told.columns.outcome],
      wordColumns: [1, 2],
      rows: newest.map((one) => [
        one.at ? times.at(one.at) : told.noTime,
        told.what(featureLabel(one.feature, words), methodLabel(one.method, words)),
        outcome(one, words),
      ]),
    },
    remarks: [times.remark],
  };
}

/** A success has no reason, whatever Graph says of it. */
function outcome({ isSuccess, reason }: PersonTry, words: Words): string {
  return isSuccess ? words.reports.person.worked : reasonLabel(reason, words);
}

function featureLabel(feature: string, words: Words): string {
  const { features } = words.reports.person;
  return feature === "reset" || feature === "registration" ? features[feature] : newName(feature, words);
}

/** Nobody of that name in the report; `user` is what was typed. */
export function personNotFoundView(user: string, { words }: Audience): NoticeView {
  const { notFound, notFoundWho, notFoundWhy } = words.reports.person;
  return plainNotice(notFound, [notFoundWho(printable(user, 120)), notFoundWhy]);
}
