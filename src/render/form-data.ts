import type { DigestStatusView, FormInput, FormView } from "../views/view.ts";
import { fact, texts } from "./card-parts.ts";
import { factLists } from "./digest-data.ts";
import { escapeMarkdown } from "./markdown.ts";

/** A form's inputs, each under the name of its kind. Labels and choices of inputs know no markdown. */
export function formParts(view: FormView): object {
  return {
    ...(view.readers !== undefined && { readers: escapeMarkdown(view.readers) }),
    inputs: view.inputs.map(inputData),
    notes: texts(view.notes),
  };
}

export function statusParts({ lines, facts, deliveries, remarks }: DigestStatusView): object {
  return {
    lines: texts(lines),
    lists: factLists(facts),
    deliveries: deliveries
      ? [{ title: escapeMarkdown(deliveries.title), facts: deliveries.facts.map(fact) }]
      : [],
    remarks: texts(remarks),
  };
}

function inputData(input: FormInput): object {
  const { id, label, problem } = input;
  const shown = { id, label };
  return {
    choice: input.kind === "choice" ? [{ ...shown, value: input.value, choices: input.choices }] : [],
    choices:
      input.kind === "choices" ? [{ ...shown, value: input.values.join(","), choices: input.choices }] : [],
    text: input.kind === "text" ? [{ ...shown, value: input.value, placeholder: input.placeholder }] : [],
    ...(problem !== undefined && { problem: escapeMarkdown(problem) }),
  };
}
