import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalWords } from "../../src/language/canonical.ts";
import { COMMANDS } from "../../src/language/commands.ts";
import { VOCABULARY } from "../../src/language/lexicon.ts";
import { parse } from "../../src/language/parse.ts";
import { COMMAND_IDS } from "../../src/language/question.ts";
import { isSmall } from "../../src/language/small-words.ts";
import { tokenise } from "../../src/language/tokens.ts";
import { questions, READING } from "./questions.ts";

const CODE_UNITS = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  maxLength: 300,
});
const WORDS = fc
  .array(fc.oneof(fc.constantFrom(...VOCABULARY), fc.nat(60).map(String), fc.string({ maxLength: 6 })), {
    maxLength: 12,
  })
  .map((words) => words.join(" "));
const ANYTHING = fc.oneof(CODE_UNITS, fc.string({ unit: "binary", maxLength: 300 }), WORDS);

const COURTESIES = [
  ["please", ""],
  ["", "please"],
  ["hello,", ""],
  ["", "thanks!"],
  ["Hi", "thank you"],
  ["show me the", ""],
  ["can you show me", "please?"],
  ["could you please give me", ""],
  ["I would like to see", ""],
  ["tell me", "now"],
  ["I'd like to see", "pls"],
  ["Let's see the", ""],
] as const;
const QUESTIONS = [
  ["what is", "?"],
  ["what's the", "?"],
  ["whats our", ""],
  ["how is", "doing?"],
  ["what about", "?"],
] as const;

const MENTIONS = [
  "<at>AuthPulse</at>",
  '<at id="0">Auth Pulse</at>&nbsp;',
  "@AuthPulse",
  "\u200b<at>Priya Nair</at>\u00a0",
];
const SEPARATORS = [
  " ",
  "  ",
  "\u00a0",
  "\n",
  "\t",
  ", ",
  " - ",
  "; ",
  "&nbsp;",
  " / ",
  " … ",
  " “",
  "” ",
  "\u200b ",
  " 📊 ",
];

describe("parse", () => {
  it("gives any text a reading that can be printed", () => {
    fc.assert(
      fc.property(ANYTHING, (text) => {
        const reading = parse(text);

        expect(JSON.parse(JSON.stringify(reading))).toEqual(reading);
        if ("misunderstood" in reading) {
          expect(reading.suggestions.length).toBeGreaterThan(0);
          expect(reading.suggestions.length).toBeLessThanOrEqual(3);
          expect(reading.unknownWords.length).toBeLessThanOrEqual(10);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("names a word when nothing is near, unless no word means anything", () => {
    fc.assert(
      fc.property(WORDS, (text) => {
        const reading = parse(text);
        const isSilent =
          "misunderstood" in reading &&
          reading.unknownWords.length === 0 &&
          reading.suggestions.every((words) => words === "help");

        expect(isSilent && !tokenise(text)?.every(({ word }) => isSmall(word))).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it("suggests only what it understands", () => {
    fc.assert(
      fc.property(ANYTHING, (text) => {
        const reading = parse(text);
        const suggestions = "misunderstood" in reading ? reading.suggestions : [];

        for (const suggestion of suggestions) {
          expect(parse(suggestion)).toHaveProperty("command");
          expect(parse(suggestion)).not.toHaveProperty("corrected");
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it("reads the canonical words of every question as that question", () => {
    fc.assert(
      fc.property(questions(), (question) => {
        expect(parse(canonicalWords(question))).toEqual(question);
      }),
      { numRuns: 2_000 },
    );
  });

  it("does not mind capitals, accents, full-width letters and separators", () => {
    const separators = fc.infiniteStream(fc.constantFrom(...SEPARATORS));
    fc.assert(
      fc.property(questions(), separators, fc.nat(3), (question, between, style) => {
        const words = canonicalWords(question).split(" ");
        const text = words.map((word) => dressed(word, style) + between.next().value).join("");

        expect(parse(text)).toEqual(question);
      }),
    );
  });

  it("does not mind mentions and courtesies", () => {
    const mention = fc.constantFrom("", ...MENTIONS);
    fc.assert(
      fc.property(
        questions(),
        mention,
        mention,
        fc.constantFrom(...COURTESIES),
        (question, first, last, [before, after]) => {
          const text = `${first} ${before} ${canonicalWords(question)} ${after} ${last}`;

          expect(parse(text)).toEqual(question);
        },
      ),
    );
  });

  it("does not mind the words of a question, but takes no question for an order", () => {
    const changing = COMMAND_IDS.filter((id) => COMMANDS[id].changes);
    fc.assert(
      fc.property(
        questions(READING),
        questions(changing),
        fc.constantFrom(...QUESTIONS),
        (question, order, [before, after]) => {
          expect(parse(`${before} ${canonicalWords(question)} ${after}`)).toEqual(question);
          expect(parse(`${before} ${canonicalWords(order)} ${after}`)).toHaveProperty("misunderstood");
        },
      ),
    );
  });

  it("does not mind the order of the options", () => {
    const shuffled = questions().chain((question) => {
      const { options } = question;
      const parts = (Object.keys(options) as (keyof typeof options)[]).map((name) =>
        name === "week" ? `week ${options.week}` : optionWords({ [name]: options[name] }),
      );
      const head = question.command === "digest-week" ? "digest" : COMMANDS[question.command].words;
      return fc
        .shuffledSubarray([head, ...parts], { minLength: parts.length + 1 })
        .map((all) => ({ question, text: all.join(" ") }));
    });
    fc.assert(
      fc.property(shuffled, ({ question, text }) => {
        expect(parse(text)).toEqual(question);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** What canonicalWords adds to "help" for these options. */
function optionWords(options: Parameters<typeof canonicalWords>[0]["options"]): string {
  return canonicalWords({ command: "help", options }).slice("help ".length);
}

function dressed(word: string, style: number): string {
  if (word.includes("@")) {
    return style === 1 ? word.toUpperCase() : word;
  }
  const styles = [
    word,
    word.toUpperCase(),
    word.replace(/[aeiou]/g, "$&\u0301"),
    Array.from(word, (sign) =>
      /[a-z0-9]/.test(sign) ? String.fromCharCode(sign.charCodeAt(0) + 0xfee0) : sign,
    ).join(""),
  ];
  return styles[style] ?? word;
}
