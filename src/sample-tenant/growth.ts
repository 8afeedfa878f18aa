import { DAY, HOUR } from "./time.ts";

/** How far registration has come at a moment (Unix milliseconds): from 0, a year before it is done, to 1. */
export type Growth = (asOf: number) => number;

const YEAR = 364 * DAY;
/** The reports are made anew so often; what happens in between is in none of them. */
const STEP = 6 * HOUR;

/** Registration grows steadily for a year up to a moment (Unix milliseconds), and stays as it is afterwards. */
export function createGrowth(doneAt: number): Growth {
  return (asOf) => {
    const steps = Math.ceil(Math.max(0, doneAt - asOf) / STEP);
    return Math.max(0, 1 - (steps * STEP) / YEAR);
  };
}
