import Table from "cli-table3";
import { median } from "./stats.mjs";

/** All measures as one table; the ratio of a measure is the median of those of its pairs. */
export function table(measures) {
  const shown = new Table({
    head: ["row", "measured", "reference", "ratio", "spread", "target", "met"],
    style: { head: [], border: [], compact: true },
    colWidths: [44, 18, 32, 8, 15, 10, 12],
    wordWrap: true,
  });
  shown.push(...measures.map(line));
  return shown.toString();
}

/** What else the rows tell, each beside the name of its measure. */
export function notes(measures) {
  return measures.filter(({ note }) => note).map(({ row, note }) => `${row}: ${note}`);
}

function line({ row, reference, unit, ours, theirs, target }) {
  const ratios = ours.map((value, pair) => value / theirs[pair]);
  const ratio = median(ratios);
  return [
    row,
    `${short(median(ours))} ${unit}`,
    `${short(median(theirs))} ${unit}, ${reference}`,
    short(ratio),
    `${short(Math.min(...ratios))}–${short(Math.max(...ratios))}`,
    ...judged(ratio, target),
  ];
}

/** The target and whether it is met, or by how much it is not. A measure without one is stated only. */
function judged(ratio, target) {
  if (target === undefined) {
    return ["", "stated"];
  }
  const { atLeast, atMost } = target;
  const missedBy = atLeast === undefined ? ratio / atMost - 1 : 1 - ratio / atLeast;
  const wanted = atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`;
  return [wanted, missedBy <= 0 ? "met" : `no, by ${Math.ceil(missedBy * 100)} %`];
}

/** Three digits that count. */
function short(value) {
  return value >= 1000
    ? Math.round(value).toLocaleString("en")
    : value.toLocaleString("en", { maximumSignificantDigits: 3 });
}
