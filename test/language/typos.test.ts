import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalWords } from "../../src/language/canonical.ts";
import { COMMANDS } from "../../src/language/commands.ts";
import { parse } from "../../src/language/parse.ts";
import { COMMAND_IDS, type CommandId, type Question } from "../../src/language/question.ts";
import { questions, READING } from "./questions.ts";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** All words that are one wrong, missing, extra or swapped letter away. */
function misspellings(word: string): string[] {
  const found = new Set<string>();
  for (let at = 0; at <= word.length; at += 1) {
    const [before, after] = [word.slice(0, at), word.slice(at)];
    found.add(before + after.slice(1));
    found.add(before + after.charAt(1) + after.charAt(0) + after.slice(2));
    for (const letter of LETTERS) {
      found.add(before + letter + after);
      found.add(before + letter + after.slice(1));
    }
  }
  found.delete(word);
  return [...found];
}

interface Misspelt {
  readonly question: Question;
  readonly text: string;
  /** Undefined when the question has no word that is long enough. */
  readonly said: string | undefined;
}

/** A question of these commands in canonical words, of which one is misspelt. */
function misspelt(ids: readonly CommandId[]): fc.Arbitrary<Misspelt> {
  return questions(ids).chain((question) => {
    const words = canonicalWords(question).split(" ");
    const long = words.flatMap((word, index) => (/^[a-z]{5,}$/.test(word) ? [index] : []));
    const none: Misspelt = { question, text: words.join(" "), said: undefined };
    const misspelled = (index: number): fc.Arbitrary<Misspelt> =>
      fc
        .constantFrom(...misspellings(words[index] ?? ""))
        .map((said) => ({ question, text: words.with(index, said).join(" "), said }));
    return long.length === 0 ? fc.constant(none) : fc.constantFrom(...long).chain(misspelled);
  });
}

describe("a misspelt word", () => {
  it.each([
    ["regisrtations", "registrations", "registration"],
    ["overveiw", "overview", "overview"],
    ["usge", "usage", "usage"],
    ["fialures", "failures", "failures"],
    ["trennd", "trend", "trend"],
    ["campain", "campaign", "campaign"],
  ])("%j is read as %j, and the reading says so", (said, read, command) => {
    expect(parse(said)).toEqual({ command, options: {}, corrected: [{ said, read }] });
  });

  it("is corrected wherever it stands, with the spelling that was typed", () => {
    const reading = parse("Please show SSPR Usgae by methd");

    expect(reading).toEqual({
      command: "usage",
      options: { by: "method" },
      corrected: [
        { said: "Usgae", read: "usage" },
        { said: "methd", read: "method" },
      ],
    });
  });

  it("is not corrected when the word that was meant is shorter than five letters", () => {
    expect(parse("hlep")).toMatchObject({ misunderstood: true });
    expect(parse("usage smss")).toMatchObject({ misunderstood: true, unknownWords: ["smss"] });
  });

  it.each(["night", "thees", "dying", "plaese", "repotr", "thansk"])(
    "is not corrected to a word without meaning, of which nothing would be left: %j",
    (said) => {
      expect(parse(`failures ${said}`)).toEqual({
        misunderstood: true,
        suggestions: ["failures"],
        unknownWords: [said],
      });
    },
  );

  it("is corrected to a small word where that is part of a name", () => {
    expect(parse("weekly reprot")).toEqual({
      command: "digest",
      options: {},
      corrected: [{ said: "reprot", read: "report" }],
    });
  });

  it("with two wrong letters is asked about, not corrected", () => {
    expect(parse("usage by mehtdo")).toMatchObject({
      misunderstood: true,
      suggestions: ["sspr usage by method", "sspr usage", "trend usage"],
    });
  });

  it("is not corrected when it may be either of two words that lead to different questions", () => {
    expect(parse("statos")).toEqual({
      misunderstood: true,
      suggestions: ["overview", "sspr usage"],
      unknownWords: ["statos"],
    });
    expect(parse("nregistered")).toMatchObject({ misunderstood: true, unknownWords: ["nregistered"] });
  });

  it("in a user principal name is left alone", () => {
    expect(parse("person usgae@contoso.com")).toEqual({
      command: "person",
      options: { user: "usgae@contoso.com" },
    });
  });

  it("never changes what a reading command is asked", () => {
    fc.assert(
      fc.property(misspelt(READING), ({ question, text, said }) => {
        const reading = parse(text);
        if ("misunderstood" in reading) {
          return;
        }
        expect({ command: reading.command, options: reading.options }).toEqual(question);
        expect(reading.corrected?.map((correction) => correction.said) ?? [said]).toContain(said);
      }),
      { numRuns: 2_000 },
    );
  });

  it("never leads to a command that changes something, unless the other word says the same", () => {
    const changing = COMMAND_IDS.filter((id) => COMMANDS[id].changes);
    fc.assert(
      fc.property(misspelt(changing), ({ question, text }) => {
        const reading = parse(text);
        if ("command" in reading && COMMANDS[reading.command].changes) {
          expect(reading).toEqual(question);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it("of a command is corrected nearly always", () => {
    const tried = COMMAND_IDS.filter((id) => !COMMANDS[id].changes)
      .flatMap((id) => COMMANDS[id].words.split(" "))
      .filter((word) => word.length >= 5 && "command" in parse(word))
      .flatMap((word) => misspellings(word).map((said) => ({ word, said })));

    const missed = tried.filter(({ said }) => "misunderstood" in parse(said));

    expect(missed.length / tried.length).toBeLessThan(0.02);
  });
});
