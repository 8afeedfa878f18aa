import { MultiBar, type SingleBar } from "cli-progress";
import { isOver, type ReportState } from "./collecting.ts";
import { type Terminal, tellingNews } from "./terminal.ts";

/** Shows how far a collection is. */
export interface ShownProgress {
  show(states: readonly ReportState[]): void;
  /** Nothing is drawn any more; what follows stands below. */
  end(): void;
}

/** Bars where the terminal has a screen, and lines in a pipe. */
export function collectProgress(terminal: Terminal): ShownProgress {
  return terminal.screen ? bars(terminal, terminal.screen) : lines(terminal);
}

/** Each report has a line of its own, told only where it has changed. */
function lines(terminal: Terminal): ShownProgress {
  const tellers = new Map<string, (line: string) => void>();
  return {
    show(states) {
      for (const { name, waitingUntil, ...read } of states.filter((state) => !isOver(state))) {
        const tell = tellers.get(name) ?? tellingNews(terminal);
        tellers.set(name, tell);
        const waiting = waitingUntil === undefined ? "" : `, Graph asks to wait until ${waitingUntil}`;
        tell(`Reading Microsoft Graph, ${name}: ${counted(read, terminal)} so far${waiting}.`);
      }
    },
    end: () => undefined,
  };
}

/** Columns of a line that are no bar, at most; the bar takes the rest. */
const BESIDE_THE_BAR = 75;
/** As wide as the longest name. */
const NAME = 15;
const BAR = { shortest: 8, longest: 40 };

/**
 * One bar for each report that was read before: its rows are the estimate. Others have a counter without a percentage.
 * The cursor, the wrapping of lines and signals are left as they are, so that nothing has to be put back after Ctrl-C.
 */
function bars(terminal: Terminal, screen: NodeJS.WritableStream): ShownProgress {
  const barsize = Math.max(BAR.shortest, Math.min(terminal.width - BESIDE_THE_BAR, BAR.longest));
  const all = new MultiBar({
    ...{ stream: screen, barsize, hideCursor: null, linewrap: null, gracefulExit: false, emptyOnZero: true },
    ...{ autopadding: true, fps: 4, barCompleteChar: "█", barIncompleteChar: "░" },
  });
  const known = new Map<string, SingleBar>();
  return {
    show(states) {
      for (const state of states) {
        const told = { name: state.name.padEnd(NAME), told: besideBar(state, terminal) };
        const { expected = 0 } = state;
        const bar =
          known.get(state.name) ??
          all.create(expected, 0, told, {
            format: expected > 0 ? "{name} {bar} {percentage} %  {told}" : "{name} {told}",
          });
        known.set(state.name, bar);
        bar.update(barValue(state), told);
      }
    },
    end: () => all.stop(),
  };
}

/** The estimate is reached only when all is stored: a reading may be larger than the one before. */
function barValue({ rows, expected = 0, stored }: ReportState): number {
  return stored ? expected : Math.max(0, Math.min(rows, expected - 1));
}

function besideBar(state: ReportState, terminal: Terminal): string {
  const { stored, problem, waitingUntil } = state;
  if (problem !== undefined) {
    return "failed";
  }
  if (stored) {
    return counted({ pages: stored.pages, rows: stored.rowsRead }, terminal);
  }
  const read = counted(state, terminal);
  return waitingUntil === undefined ? read : `${read}, waiting until ${timeOf(waitingUntil, terminal)}`;
}

function timeOf(moment: string, { locale, timeZone }: Terminal): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: "medium", timeZone }).format(new Date(moment));
}

/** "5 pages, 4,221 rows". */
export function counted(
  { pages, rows }: Pick<ReportState, "pages" | "rows">,
  { locale }: Pick<Terminal, "locale">,
): string {
  const figure = new Intl.NumberFormat(locale);
  const count = (number: number, thing: string): string =>
    `${figure.format(number)} ${thing}${number === 1 ? "" : "s"}`;
  return `${count(pages, "page")}, ${count(rows, "row")}`;
}
