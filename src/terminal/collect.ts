import type { ReadProgress } from "../ports/usage.ts";
import { type CollectReport, collectNow } from "./collect-now.ts";
import { EXIT, faultLine, settingsOf, type Terminal, tellingNews } from "./terminal.ts";
import { withCore } from "./with-core.ts";

/** Reads Graph and stores the numbers, saying how far it is. */
export async function collect(terminal: Terminal): Promise<number> {
  const config = settingsOf(terminal, "terminal");
  if (!config) {
    return EXIT.usage;
  }
  const figure = new Intl.NumberFormat(terminal.locale);
  const count = (number: number, thing: string): string =>
    `${figure.format(number)} ${thing}${number === 1 ? "" : "s"}`;
  const tell = tellingNews(terminal);
  const onProgress = ({ pages, rows, waitingUntil }: ReadProgress): void => {
    const waiting = waitingUntil ? `, Graph asks to wait until ${waitingUntil.toISOString()}` : "";
    tell(`Reading Microsoft Graph: ${count(pages, "page")}, ${count(rows, "row")} so far${waiting}.`);
  };
  try {
    const report = await withCore<CollectReport>(terminal, config, {
      here: (core, outside) => collectNow(core, outside, onProgress),
      call: { name: "collect", argument: {} },
    });
    const { reader, pages, rowsRead, readAt } = report;
    terminal.print(
      `Stored: ${count(rowsRead, "row")} on ${count(pages, "page")} of the ${reader} report, read ${readAt}.`,
    );
    return EXIT.done;
  } catch (thrown) {
    terminal.tell(`Nothing was stored. ${faultLine(thrown)}`);
    return EXIT.failed;
  }
}
