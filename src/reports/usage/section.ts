import { SSPR_METHODS } from "../../reference/sspr-methods.ts";
import type { FeatureWords } from "../../reference/words/usage-words.ts";
import type { Words } from "../../reference/words/words.ts";
import type { Format } from "../../views/format.ts";
import type { UsageLine, UsageSection } from "../../views/view.ts";
import type { FeatureCount, MethodCount } from "./count.ts";
import { ENOUGH_TRIES, type Outcomes, sumOf, triesOf, worstBeyondNoise } from "./worst-method.ts";

/** What figures and sentences are made with. */
export interface Telling {
  readonly words: Words;
  readonly format: Format;
}

/** Far more methods than Graph knows: only a flood of unknown values is cut here. */
const ROWS = 40;

/**
 * One feature's table: only methods with tries. What is left out of it is one line with its sum, so that it
 * always adds up to its headline. `isNarrowed`: one family was asked for, so that the others are not "unused".
 */
export function methodSection(count: FeatureCount, isNarrowed: boolean, telling: Telling): UsageSection {
  const { words } = telling;
  const used = count.methods.filter((method) => triesOf(method) > 0);
  // A line that stands for one method takes the place of that method.
  const shown = used.length === ROWS + 1 ? used : used.slice(0, ROWS);
  const rests = [...shown.keys(), shown.length]
    .map((index) => used.slice(index))
    .filter((rest) => rest.length > 0)
    .map((rest) => ({
      ...line(words.usage.more(rest.length), sumOf(rest), telling),
      comparable: false,
    }));
  const rows = shown.map((method) => line(method.label, method, telling));
  const worst = worstBeyondNoise(used);
  const unused = isNarrowed ? [] : unusedMethods(count, words);
  return {
    headline: featureNews(count, telling),
    ...(worst && { remark: remark(count, worst, telling) }),
    columns: columns("method", words),
    rows: [...rows, ...rests.slice(rows.length)],
    rests,
    remarks: used.length > 0 && unused.length > 0 ? [words.usage.notUsed(unused)] : [],
    ...(isWorthDrawing(rows) && { chart: featureWords(count, words).chart }),
  };
}

/** All features in one table. There is no total: a try of a reset and one of a registration are not alike. */
export function featureSection(counts: readonly FeatureCount[], telling: Telling): UsageSection {
  const { words } = telling;
  const [headline = "", ...more] = counts.map((count) => featureNews(count, telling));
  const rows = counts
    .filter((count) => triesOf(count) > 0)
    .map((count) => line(featureWords(count, words).row, count, telling));
  return {
    headline,
    ...(more[0] && { remark: more[0] }),
    columns: columns("feature", words),
    rows,
    remarks: [],
    ...(isWorthDrawing(rows) && { chart: words.usage.byFeature }),
  };
}

/** The news of one feature: a rate beside its counts, or counts alone below 20 tries. */
export function featureNews(count: FeatureCount, { words, format }: Telling): string {
  const told = featureWords(count, words);
  const tries = triesOf(count);
  if (tries === 0) {
    return told.none;
  }
  const [successes, all] = [format.number(count.successes), format.number(tries)];
  return tries < ENOUGH_TRIES
    ? told.few(successes, all, tries === 1)
    : told.sentence(format.percent(count.successes, tries), successes, all);
}

function remark(count: FeatureCount, worst: MethodCount, { words, format }: Telling): string {
  const tries = format.number(triesOf(worst));
  return featureWords(count, words).worst(worst.label, format.number(worst.failures), tries);
}

/** One row: counts with their rate, or a dash below 20 tries. */
export function line(name: string, { successes, failures }: Outcomes, { words, format }: Telling): UsageLine {
  const tries = successes + failures;
  const comparable = tries >= ENOUGH_TRIES;
  return {
    name,
    successes,
    failures,
    ok: format.number(successes),
    failed: format.number(failures),
    okShort: format.short(successes),
    failedShort: format.short(failures),
    rate: comparable ? format.percent(successes, tries) : words.figures.none,
    comparable,
  };
}

/** One bar alone says nothing that its sentence does not say. */
function isWorthDrawing(rows: readonly UsageLine[]): boolean {
  return rows.filter(({ comparable }) => comparable).length >= 2;
}

/** The methods of the password reset policy that have no tries, and others that Graph lists with a zero. */
function unusedMethods({ feature, methods }: FeatureCount, words: Words): string[] {
  const used = new Set(methods.filter((method) => triesOf(method) > 0).map(({ name }) => name));
  const offered = (feature ? SSPR_METHODS : []).filter(
    ({ name, alsoUnder }) => ![name, ...alsoUnder].some((one) => used.has(one)),
  );
  const listed = methods.filter((method) => triesOf(method) === 0);
  return [
    ...new Set([...offered.map(({ name }) => words.methods[name]), ...listed.map(({ label }) => label)]),
  ];
}

function columns(what: "method" | "feature", { usage }: Words): UsageSection["columns"] {
  return [usage.columns[what], usage.columns.ok, usage.columns.failed, usage.columns.rate];
}

export function featureWords({ feature, label }: FeatureCount, words: Words): FeatureWords {
  return feature ? words.features[feature] : words.otherFeature(label);
}
