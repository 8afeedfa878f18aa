import type {
  DigestStatusView,
  DigestTable,
  DigestView,
  FormInput,
  FormView,
  UsageLine,
} from "../views/view.ts";
import { factsText, type Layout, usageTable } from "./text-parts.ts";

export function digestText(
  view: DigestView,
  heading: readonly string[],
  room: number,
  text: Layout,
): string[] {
  const { table, people, reasons, schedule } = view;
  const setBy = schedule?.setBy ? ` ${schedule.setBy.before} ${schedule.setBy.name}.` : "";
  return [
    text([...heading, view.subtitle]),
    text(view.notices),
    [text(view.news), ...(table ? [tableText(table, room, text)] : [])].join("\n"),
    ...(people ? [block([text([people.title]), factsText(people.facts, room), text(people.remarks)])] : []),
    ...(reasons
      ? [
          block([
            text([reasons.title]),
            factsText(
              reasons.lines.map(({ count, text: reason }) => ({ name: count, value: reason })),
              room,
            ),
          ]),
        ]
      : []),
    text(view.advice === undefined ? [] : [view.advice]),
    text([...view.footer, ...(schedule ? [`${schedule.text}${setBy}`] : [])]),
  ];
}

/** What a terminal can show of a form: it cannot be filled in there. */
export function formText(view: FormView, heading: readonly string[], text: Layout): string[] {
  return [
    text(view.readers === undefined ? heading : [...heading, view.readers]),
    text(view.inputs.map(inputText)),
    text(view.notes),
  ];
}

export function statusText(
  { lines, facts, deliveries, remarks }: DigestStatusView,
  heading: readonly string[],
  room: number,
  text: Layout,
): string[] {
  return [
    text(heading),
    factsText(facts, room),
    text(lines),
    ...(deliveries ? [block([text([deliveries.title]), factsText(deliveries.facts, room)])] : []),
    text(remarks),
  ];
}

/** All methods are the sum of the lines, not one more bar. */
function tableText({ columns, rows, all }: DigestTable, room: number, text: Layout): string {
  const total: UsageLine = { ...all, comparable: false };
  const was = all.was === undefined ? [] : [`${all.name}: ${all.was}`];
  return block([usageTable({ columns, rows: [...rows, total] }, room), text(was)]);
}

function inputText(input: FormInput): string {
  const chosen = input.kind === "choices" ? input.values : [input.value];
  const titles = chosen.map((value) =>
    input.kind === "text" ? value : (input.choices.find((choice) => choice.value === value)?.title ?? value),
  );
  const problem = input.problem === undefined ? "" : ` (${input.problem})`;
  return `${input.label}: ${titles.join(", ")}${problem}`;
}

function block(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n");
}
