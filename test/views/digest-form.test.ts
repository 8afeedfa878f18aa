import { describe, expect, it } from "vitest";
import type { Schedule } from "../../src/ports/digest.ts";
import { confirmView, digestForm, type FormAnswer, needsConfirmation } from "../../src/views/digest-form.ts";
import type { FormInput } from "../../src/views/view.ts";
import { AUDIENCE } from "./samples.ts";

const SUBSCRIBE = { command: "digest-subscribe", options: {} } as const;
const EDIT = { command: "digest-edit", options: {} } as const;
const WEEK_46 = { command: "digest-week", options: { week: 46 } } as const;
const DEFAULT: Schedule = { day: 2, time: "13:00", timeZone: "Europe/Berlin" };
const READERS = { people: 214, guests: 3, fromElsewhere: 0 };
const ANSWER: FormAnswer = {
  question: SUBSCRIBE,
  schedule: DEFAULT,
  extras: ["advice"],
  audience: AUDIENCE,
  place: { name: "Identity Operations › General", readers: READERS },
};

function input(id: FormInput["id"], more: Partial<FormAnswer> = {}): FormInput {
  const found = digestForm({ ...ANSWER, ...more }).inputs.find((one) => one.id === id);
  if (found === undefined) {
    throw new Error(`no input ${id}`);
  }
  return found;
}

describe("digestForm", () => {
  it("names the place, its readers and its guests", () => {
    expect(digestForm(ANSWER).readers).toBe(
      "Identity Operations › General · 214 people can read it, 3 of them guests",
    );
  });

  it.each([
    [{ people: 1, guests: 0, fromElsewhere: 0 }, "1 person can read it"],
    [
      { people: 1_500, guests: 2, fromElsewhere: 40 },
      "1,500 people can read it, 2 of them guests, 40 of another organization",
    ],
  ])("counts the readers of a place without a name (%o)", (readers, line) => {
    expect(digestForm({ ...ANSWER, place: { readers } }).readers).toBe(line);
  });

  it("has no line about readers in a personal chat", () => {
    expect(digestForm({ ...ANSWER, place: {} })).not.toHaveProperty("readers");
  });

  it("shows what is set", () => {
    expect(digestForm(ANSWER).inputs.map((one) => ("value" in one ? one.value : one.values))).toEqual([
      "2",
      "13:00",
      "Europe/Berlin",
      "",
      ["advice"],
    ]);
  });

  it("offers the full hours of a day, and what is set between them", () => {
    const usual = input("time");
    const odd = input("time", { schedule: { ...DEFAULT, time: "21:15" } });

    expect(usual).toMatchObject({ kind: "choice" });
    expect("choices" in usual && usual.choices).toHaveLength(15);
    expect("choices" in odd && odd.choices.at(-1)).toEqual({ title: "21:15", value: "21:15" });
  });

  it("offers the asker's zone first, the one that is set, common ones and UTC, each once", () => {
    const zone = input("zone", {
      audience: { ...AUDIENCE, timeZone: "Asia/Tokyo" },
      schedule: { ...DEFAULT, timeZone: "Asia/Kathmandu" },
    });
    const choices = "choices" in zone ? zone.choices : [];

    expect(choices.slice(0, 2)).toEqual([
      { title: "Asia/Tokyo, now UTC+9", value: "Asia/Tokyo" },
      { title: "Asia/Kathmandu, now UTC+5:45", value: "Asia/Kathmandu" },
    ]);
    expect(choices.at(-1)).toEqual({ title: "UTC", value: "UTC" });
    expect(new Set(choices.map(({ value }) => value)).size).toBe(choices.length);
  });

  it("puts every problem at its field", () => {
    const { inputs } = digestForm({ ...ANSWER, problems: ["time", "zone"], otherZone: "Mars/Olympus" });

    expect(inputs.filter(({ problem }) => problem !== undefined).map(({ id }) => id)).toEqual([
      "time",
      "otherZone",
    ]);
    expect(inputs.find(({ id }) => id === "otherZone")).toMatchObject({ value: "Mars/Olympus" });
  });

  it("sends to its own question, and gives way to the digest's state when it is cancelled", () => {
    expect(digestForm(ANSWER).buttons).toEqual([
      { title: "Subscribe", verb: "digest-set", question: SUBSCRIBE },
      { title: "Preview", verb: "digest-preview", question: SUBSCRIBE, base: SUBSCRIBE },
      { title: "Cancel", verb: "refresh", question: { command: "digest", options: {} } },
    ]);
  });

  it("leads back to the digest that it was opened from", () => {
    const form = digestForm({ ...ANSWER, question: EDIT, onlyYou: true, base: WEEK_46 });

    expect(form.onlyYou).toBe("Only you see this view");
    expect(form.buttons).toEqual([
      { title: "Save", verb: "digest-set", question: EDIT, base: WEEK_46 },
      { title: "Preview", verb: "digest-preview", question: EDIT, base: WEEK_46 },
      { title: "Cancel", verb: "back", question: WEEK_46 },
    ]);
  });

  it("says from when on a week is whole", () => {
    expect(digestForm(ANSWER).notes.join()).toContain("Tuesday 13:00 is the first hour");
  });
});

describe("the second press", () => {
  it.each([
    [{ people: 100, guests: 0, fromElsewhere: 0 }, false],
    [{ people: 101, guests: 0, fromElsewhere: 0 }, true],
    [{ people: 2, guests: 1, fromElsewhere: 0 }, true],
    [{ people: 2, guests: 0, fromElsewhere: 1 }, true],
  ])("is needed for %o: %s", (readers, needed) => {
    expect(needsConfirmation(readers)).toBe(needed);
  });

  it.each([
    [{ people: 214, guests: 3, fromElsewhere: 0 }, "3 guests will see these numbers."],
    [
      { people: 214, guests: 1, fromElsewhere: 1 },
      "1 guest and 1 person of another organization will see these numbers.",
    ],
    [{ people: 1_214, guests: 0, fromElsewhere: 0 }, "1,214 people will see these numbers."],
  ])("names who will see the numbers (%o)", (readers, sentence) => {
    const view = confirmView({ question: SUBSCRIBE, audience: AUDIENCE, readers, values: {} });

    expect(view.readers).toBe(sentence);
    expect(view.headline).toBe(sentence);
    expect(view.inputs).toEqual([]);
  });

  it("carries what was chosen", () => {
    const values = { day: "2", time: "13:00", zone: "Europe/Berlin", extras: "advice" };
    const [press] = confirmView({
      question: SUBSCRIBE,
      audience: AUDIENCE,
      readers: READERS,
      values,
    }).buttons;

    expect(press).toEqual({ title: "Subscribe anyway", verb: "digest-confirm", question: SUBSCRIBE, values });
  });
});
