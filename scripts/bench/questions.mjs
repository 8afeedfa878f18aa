/** Words of reports whose numbers are stored. */
const REPORTS = ["usage", "failures", "registration", "methods"];
const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/**
 * Questions of which no two give the same card: each with a typing mistake of its own, which the card says how it was
 * read, the reports in turn. `parse` says whether a word with a mistake is understood. Throws when all have been asked.
 */
export function* newQuestions(parse) {
  const mistaken = REPORTS.map((report) =>
    mistakesIn(report).filter((text) => parse(text).command === parse(report).command),
  );
  const most = Math.max(...mistaken.map(({ length }) => length));
  for (const timeZone of differentZones(new Date())) {
    for (let index = 0; index < most; index += 1) {
      for (const texts of mistaken) {
        if (index < texts.length) {
          yield { text: texts[index], timeZone };
        }
      }
    }
  }
  throw new Error("every question has been asked");
}

/** The word with one letter replaced, in every way. */
function mistakesIn(word) {
  return Array.from(word).flatMap((right, at) =>
    Array.from(LETTERS)
      .filter((letter) => letter !== right)
      .map((letter) => `${word.slice(0, at)}${letter}${word.slice(at + 1)}`),
  );
}

/** One time zone for each time that clocks show now. */
function differentZones(now) {
  const byClock = new Map();
  for (const timeZone of Intl.supportedValuesOf("timeZone")) {
    const shown = now.toLocaleString("en-GB", { timeZone });
    if (!byClock.has(shown)) {
      byClock.set(shown, timeZone);
    }
  }
  return [...byClock.values()];
}
