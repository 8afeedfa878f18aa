import { collectProgress, counted } from "./collect-progress.ts";
import { type Collecting, createCollecting, isOver, type ReportState } from "./collecting.ts";
import { EXIT, faultLine, settingsOf, type Terminal } from "./terminal.ts";
import { type Does, onCore } from "./with-core.ts";

/** Reads all reports of Graph and stores the numbers, showing how far each is. Fails when one of them failed. */
export async function collect(terminal: Terminal): Promise<number> {
  const config = settingsOf(terminal, "terminal");
  if (!config) {
    return EXIT.usage;
  }
  try {
    const states = await onCore(terminal, config, (does) => collectAll(terminal, does));
    for (const state of states) {
      close(terminal, state);
    }
    return states.every(({ stored }) => stored) ? EXIT.done : EXIT.failed;
  } catch (thrown) {
    terminal.tell(`Nothing was stored. ${faultLine(thrown)}`);
    return EXIT.failed;
  }
}

async function collectAll(terminal: Terminal, does: Does): Promise<readonly ReportState[]> {
  let collecting: Collecting | undefined;
  const next = (begin: boolean): Promise<readonly ReportState[]> =>
    does({
      here(core, outside) {
        collecting ??= createCollecting(core, outside);
        return collecting(begin);
      },
      call: { name: "collect", argument: { begin } },
    });
  const progress = collectProgress(terminal);
  try {
    let states = await next(true);
    for (; !states.every(isOver); states = await next(false)) {
      progress.show(states);
    }
    progress.show(states);
    return states;
  } finally {
    progress.end();
  }
}

function close(terminal: Terminal, { name, stored, problem = "" }: ReportState): void {
  if (!stored) {
    terminal.tell(`Nothing was stored of ${name}. ${problem}`);
    return;
  }
  const { reader, pages, rowsRead: rows, readAt, age } = stored;
  const seconds = new Intl.NumberFormat(terminal.locale).format(Math.round(age / 1000));
  terminal.print(
    `Stored of ${name}: ${counted({ pages, rows }, terminal)} of the ${reader} report, read ${readAt}, ${seconds} s ago.`,
  );
}
