import type { DigestTable, DigestView } from "../views/view.ts";
import { fact, row, texts } from "./card-parts.ts";
import { escapeMarkdown } from "./markdown.ts";

/** The first sentence of the news is bold, the others explain it. */
export function digestParts(view: DigestView): object {
  const { people, reasons, schedule } = view;
  return {
    subtitle: escapeMarkdown(view.subtitle),
    ...(view.notices.length > 0 && { notices: texts(view.notices) }),
    news: texts(view.news).map(({ text }, index) => ({ text, weight: index === 0 ? "Bolder" : "Default" })),
    tables: view.table ? [tableData(view.table)] : [],
    people: people
      ? [
          {
            title: escapeMarkdown(people.title),
            lists: factLists(people.facts),
            remarks: texts(people.remarks),
          },
        ]
      : [],
    reasons: reasons
      ? [
          {
            title: escapeMarkdown(reasons.title),
            lines: reasons.lines.map(({ count, text }) => fact({ name: count, value: text })),
          },
        ]
      : [],
    ...(view.advice !== undefined && { advice: escapeMarkdown(view.advice) }),
    footer: texts(view.footer),
    ...(schedule && { schedule: scheduleText(schedule) }),
    mentions: mentions(schedule?.setBy),
  };
}

type Schedule = NonNullable<DigestView["schedule"]>;

function tableData({ columns, rows, all }: DigestTable): object {
  const [name, ok, failed, rate] = columns.map(escapeMarkdown);
  return {
    columns: { name, ok, failed, rate },
    rows: rows.map(row),
    all: row(all),
    ...(all.was !== undefined && { was: escapeMarkdown(all.was) }),
  };
}

/** A FactSet without facts is not valid. */
export function factLists(facts: readonly { readonly name: string; readonly value: string }[]): object[] {
  return facts.length > 0 ? [{ facts: facts.map(fact) }] : [];
}

function scheduleText({ text, setBy }: Schedule): string {
  const said = escapeMarkdown(text);
  const [mention] = mentions(setBy);
  return setBy && mention ? `${said} ${escapeMarkdown(setBy.before)} ${mention.text}.` : said;
}

interface Mention {
  readonly text: string;
  readonly id: string;
  readonly name: string;
}

/**
 * Teams links a mention by equal text in the card and in `msteams.entities`; `mentioned.id` may be the object id
 * (learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format).
 */
function mentions(setBy: Schedule["setBy"]): Mention[] {
  const name = setBy ? plainName(setBy.name) : "";
  return setBy && name !== "" ? [{ text: `<at>${name}</at>`, id: setBy.userId, name }] : [];
}

/** Within a mention nothing can be escaped. */
function plainName(name: string): string {
  return name.replace(/[\\*_`[\]<>&~]/g, "").trim();
}
