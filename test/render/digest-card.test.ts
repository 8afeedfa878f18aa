import { describe, expect, it } from "vitest";
import { digestView } from "../../src/digest/digest-view.ts";
import { createRenderer } from "../../src/render/renderer.ts";
import { viewText } from "../../src/render/text.ts";
import { confirmView, digestForm } from "../../src/views/digest-form.ts";
import type { View } from "../../src/views/view.ts";
import { MODEL, SUBSCRIPTION } from "../digest/samples.ts";
import { AUDIENCE } from "../views/samples.ts";
import { elementsOf, type Json, pressesOf, textsOf } from "./card-check.ts";

const renderer = createRenderer();
const SUBSCRIBE = { command: "digest-subscribe", options: {} } as const;
const FORM = digestForm({
  question: SUBSCRIBE,
  schedule: SUBSCRIPTION.schedule,
  extras: ["advice"],
  audience: AUDIENCE,
  place: { name: "General", readers: { people: 5, guests: 0, fromElsewhere: 0 } },
  problems: ["zone"],
  otherZone: "Mars/Olympus",
});

function named(name: string): View {
  return digestView({
    ...MODEL,
    subscription: { ...SUBSCRIPTION, setBy: { userId: "6f1c1b8e-0000-4000-8000-000000000002", name } },
  });
}

function ofType(view: View, type: string): Json[] {
  return elementsOf(renderer.card(view)).filter((element) => element["type"] === type);
}

describe("the digest card", () => {
  const model = digestView(MODEL);

  it("has at most 120 words outside its table", () => {
    const [table] = ofType(model, "Table");
    const inTable = table ? textsOf(table) : [];
    const facts = ofType(model, "FactSet").flatMap(({ facts: list }) =>
      (list as Json[]).flatMap(({ title, value }) => [String(title), String(value)]),
    );
    const outside = [...textsOf(renderer.card(model)), ...facts].filter((text) => !inTable.includes(text));
    const words = outside.join(" ").match(/(?<!\S)[(“<]*\p{L}\S*/gu) ?? [];

    expect(inTable).toHaveLength(28);
    expect(words.length).toBeLessThanOrEqual(120);
  });

  it("mentions who set it up, by equal text and by the object id", () => {
    const card = renderer.card(model);

    expect(card).toMatchObject({
      msteams: {
        entities: [
          {
            type: "mention",
            text: "<at>Priya Nair</at>",
            mentioned: { id: "6f1c1b8e-0000-4000-8000-000000000002", name: "Priya Nair" },
          },
        ],
      },
    });
    expect(textsOf(card).at(-1)).toBe(
      "Every Tuesday 13:00 (Europe/Berlin). Next: 24 Nov. Set up by <at>Priya Nair</at>.",
    );
  });

  it("lets a name close no mention and open no link", () => {
    const [mention] = ofType(named("</at><at>*Eve* [x](http://e)"), "mention");

    expect(mention?.["text"]).toBe("<at>/atatEve x(http://e)</at>");
  });

  it("names nobody where no name is known, or none is left", () => {
    const { setBy: _setBy, ...unknown } = SUBSCRIPTION;

    for (const view of [digestView({ ...MODEL, subscription: unknown }), named("<>")]) {
      expect(renderer.card(view)).toMatchObject({ msteams: { entities: [] } });
      expect(textsOf(renderer.card(view)).at(-1)).toMatch(/Next: 24 Nov\.$/);
    }
  });

  it("puts its three buttons into one row", () => {
    expect(ofType(model, "ActionSet")).toHaveLength(1);
  });

  it("is plain text in a terminal, with the sum below its methods", () => {
    const lines = viewText(model, 80).replaceAll("\u00a0", " ").split("\n");

    expect(lines).toContain("All                 612     144  81 %");
    expect(lines).toContain("All: was 88 %");
    expect(lines).toContain("58  stopped after starting the SMS option");
    expect(lines.join(" ")).toContain("Set up by Priya Nair.");
  });
});

describe("the form card", () => {
  it("has an input for each choice, with what is set", () => {
    const inputs = [...ofType(FORM, "Input.ChoiceSet"), ...ofType(FORM, "Input.Text")];

    expect(inputs.map(({ id, value }) => [id, value])).toEqual([
      ["day", "2"],
      ["time", "13:00"],
      ["zone", "Europe/Berlin"],
      ["extras", "advice"],
      ["otherZone", "Mars/Olympus"],
    ]);
    expect(inputs.map(({ isMultiSelect }) => isMultiSelect)).toEqual([
      undefined,
      undefined,
      undefined,
      true,
      undefined,
    ]);
  });

  it("says below its field what is wrong", () => {
    const texts = textsOf(renderer.card(FORM));

    expect(texts).toContain("No time zone is called that. Names look like Europe/Berlin.");
  });

  it("sends its inputs with Subscribe and Preview, not with Cancel", () => {
    const sent = ofType(FORM, "Action.Execute").map(({ verb, associatedInputs, fallback }) => [
      verb,
      associatedInputs,
      (fallback as Json)["associatedInputs"],
    ]);

    expect(sent).toEqual([
      ["digest-set", "auto", "auto"],
      ["digest-preview", "auto", "auto"],
      ["refresh", "none", "none"],
    ]);
  });

  it("carries the choices to the second press where Teams would put inputs", () => {
    const values = { day: "2", time: "13:00", zone: "Europe/Berlin", extras: "advice" };
    const readers = { people: 9, guests: 3, fromElsewhere: 0 };
    const view = confirmView({ question: SUBSCRIBE, audience: AUDIENCE, readers, values });
    const [press] = pressesOf(renderer.card(view));

    expect(press?.execute).toEqual({ verb: "digest-confirm", v: 1, question: SUBSCRIBE, ...values });
    expect(press?.submit).toEqual(press?.execute);
  });
});
