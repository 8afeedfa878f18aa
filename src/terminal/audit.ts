import { z } from "zod";
import { type Cell, csvBytes } from "../export/csv.ts";
import { type AuditLine, type AuditRange, LINES_A_CALL, markAfter } from "../records/records.ts";
import { ask } from "./ask.ts";
import { EXIT, faultLine, settingsOf, type Terminal } from "./terminal.ts";
import { type Does, onCore } from "./with-core.ts";

interface AuditOptions {
  readonly csv?: boolean;
  readonly since?: string;
  readonly until?: string;
}

/** Who looked at names, exported, changed or was refused: as `ask audit`, or all that is kept as CSV. */
export async function audit(terminal: Terminal, options: AuditOptions): Promise<number> {
  const range = rangeOf(options);
  if ("problem" in range) {
    terminal.tell(range.problem);
    return EXIT.usage;
  }
  if (!options.csv) {
    return ask(terminal, ["audit"], false);
  }
  const config = settingsOf(terminal, "terminal");
  if (!config) {
    return EXIT.usage;
  }
  try {
    await onCore(terminal, config, (does) => writeCsv(terminal, range, does));
    return EXIT.done;
  } catch (thrown) {
    terminal.tell(`The audit could not be read to its end. ${faultLine(thrown)}`);
    return EXIT.failed;
  }
}

const COLUMNS = [
  "at",
  "tenantId",
  "who",
  "what",
  "command",
  "detail",
  "target",
  "place",
  "conversationId",
  "outcome",
  "correlationId",
] as const satisfies readonly (keyof AuditLine)[];

/** Some lines at a time, so that many of them never stand in memory together. */
async function writeCsv(terminal: Terminal, range: AuditRange, does: Does): Promise<void> {
  let argument = range;
  for (let isFirst = true; ; isFirst = false) {
    const asked = argument;
    const lines = await does<readonly AuditLine[]>({
      here: ({ records }) => records.audit(asked),
      call: { name: "audit", argument: asked },
    });
    const cells = lines.map((line) => COLUMNS.map((column): Cell => line[column]));
    await terminal.write(csvBytes(isFirst ? [COLUMNS, ...cells] : cells));
    const after = markAfter(lines, asked.after);
    if (lines.length < LINES_A_CALL || !after) {
      return;
    }
    argument = { ...range, after };
  }
}

function rangeOf({ csv, since, until }: AuditOptions): AuditRange | { readonly problem: string } {
  if (!csv && (since !== undefined || until !== undefined)) {
    return { problem: "--since and --until go with --csv." };
  }
  const wrong = [since, until].find((text) => text !== undefined && !spanOf(text));
  if (wrong !== undefined) {
    return {
      problem: `"${wrong}" is no date. Write a day like 2026-11-24, or a time like 2026-11-24T13:00:00Z.`,
    };
  }
  const from = since === undefined ? undefined : spanOf(since)?.begin;
  const to = until === undefined ? undefined : spanOf(until)?.end;
  if (from && to && from >= to) {
    return { problem: `--since ${since} is not before --until ${until}.` };
  }
  return { ...(from && { from }), ...(to && { to }) };
}

const DAY = 24 * 60 * 60_000;
const daySchema = z.iso.date();
const timeSchema = z.iso.datetime({ offset: true });

/** Both ends of a day in UTC, or a time, which is its own end; undefined for anything else. */
function spanOf(text: string): { readonly begin: Date; readonly end: Date } | undefined {
  const isDay = daySchema.safeParse(text).success;
  if (!isDay && !timeSchema.safeParse(text).success) {
    return undefined;
  }
  const begin = new Date(text);
  return { begin, end: isDay ? new Date(begin.getTime() + DAY) : begin };
}
