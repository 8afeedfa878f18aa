import type { Question } from "../../language/question.ts";
import { AUDIT_ACTS, type AuditAct, type AuditEntry } from "../../ports/audit.ts";
import { PERIODS, type Period } from "../../ports/usage.ts";
import type { Audience } from "../../views/audience.ts";
import { createFormat } from "../../views/format.ts";
import type { ActionButton, ReportSection, ReportView } from "../../views/view.ts";
import { firstButton, look, menuRefresh, type Standing } from "../buttons.ts";
import { createTimes } from "../people/times.ts";
import { type Heard, heardNotices } from "../usage/notices.ts";
import type { Telling } from "../usage/section.ts";
import { type Accounts, outcomeText, whatText, whoText } from "./line.ts";

export interface AuditAnswer extends Heard {
  readonly period: Period;
  /** Both ends of the period. */
  readonly from: Date;
  readonly to: Date;
  /** The newest lines, the newest first. */
  readonly entries: readonly AuditEntry[];
  /** How many lines of each act there are in the period; none is absent. */
  readonly counts: ReadonlyMap<AuditAct, number>;
  readonly accounts: Accounts;
  /** `some-missing`: Graph did not give all; `limited`: no more than `limit` people were looked up. */
  readonly names: { readonly someMissing: boolean; readonly limitedTo?: number };
  /** Calendar months that a line is kept. */
  readonly keptMonths: number;
  readonly question: Question;
  readonly audience: Audience;
  readonly onlyYou?: boolean;
  readonly base?: Question;
}

/** Who did what, where and with which outcome. It names people: the caller has checked the place. */
export function auditView(answer: AuditAnswer): ReportView {
  const { period, from, to, question, audience, keptMonths, onlyYou = false, base = question } = answer;
  const { words } = audience;
  const { audit: told, reports, periods } = words;
  const telling: Telling = { words, format: createFormat(audience) };
  const { format } = telling;
  const standing = { question, onlyYou, base };
  const headline = headlineOf(answer, telling);
  const range = period === "D1" ? format.hours(from, to) : format.days(from, to);

  return {
    kind: "report",
    title: told.title,
    ...(onlyYou && { onlyYou: words.onlyYou }),
    headline,
    subtitle: told.subtitle(periods[period].rolling, range),
    notices: [...heardNotices(answer, words), ...nameNotices(answer, telling)],
    sections: [section(answer, headline, telling)],
    explanations: [told.kept(format.number(keptMonths), keptMonths === 1), told.allOfIt],
    footer: told.footer,
    buttons: buttons(period, standing, words),
    refresh: menuRefresh(standing, words),
    shortened: reports.counted.shortened,
  };
}

/** "12 looks at names, 3 exports and 5 refusals in the last 30 days."; what did not happen is left out. */
function headlineOf({ counts, period }: AuditAnswer, { words, format }: Telling): string {
  const { within } = words.periods[period];
  const happened = AUDIT_ACTS.flatMap((act) => {
    const count = counts.get(act) ?? 0;
    return count > 0 ? [words.audit.counts[act](format.number(count), count === 1)] : [];
  });
  return happened.length > 0 ? words.audit.headline(happened, within) : words.audit.none(within);
}

function nameNotices({ names }: AuditAnswer, { words: { audit }, format }: Telling): string[] {
  return [
    ...(names.someMissing ? [audit.namesMissing] : []),
    ...(names.limitedTo === undefined ? [] : [audit.namesLimited(format.number(names.limitedTo))]),
  ];
}

function section(answer: AuditAnswer, headline: string, { words, format }: Telling): ReportSection {
  const { audit: told } = words;
  const { entries, counts, accounts, audience } = answer;
  if (entries.length === 0) {
    return { headline, remarks: [told.nobody] };
  }
  const times = createTimes(audience);
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const moreFrom = (shown: number): string => told.more(format.number(all - shown), all - shown === 1);
  return {
    headline,
    table: {
      columns: [told.columns.when, told.columns.who, told.columns.what, told.columns.outcome],
      wordColumns: [1, 2, 3],
      widths: [3, 4, 5, 4],
      rows: entries.map((entry) => [
        times.at(entry.at),
        whoText(entry.who, accounts, told),
        whatText(entry, accounts, told),
        outcomeText(entry.outcome, told),
      ]),
      rests: entries.map((_entry, index) => ["", "", moreFrom(index), ""]),
    },
    remarks: [...(all > entries.length ? [moreFrom(entries.length)] : []), times.remark],
  };
}

function buttons(period: Period, standing: Standing, words: Audience["words"]): ActionButton[] {
  const { question } = standing;
  return [
    firstButton(standing, words),
    ...PERIODS.filter((other) => other !== period).map((other) =>
      look(
        words.periods[other].button,
        { ...question, options: { ...question.options, period: other } },
        standing,
      ),
    ),
  ];
}
