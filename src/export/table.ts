import type { UsageSource } from "../ports/usage.ts";
import { BYTE_ORDER_MARK, type Cell, csvBytes, type Row } from "./csv.ts";
import type { Spool, SpooledFile } from "./spool.ts";

export type ExportReport = "usage" | "registration" | "failures" | "people";

/** What the lines of a file are about. The names of columns are for programs and never change their meaning. */
export interface Table<Record> {
  readonly report: ExportReport;
  readonly columns: readonly Column<Record>[];
}

export interface Column<Record> {
  readonly name: string;
  readonly cell: (record: Record) => Cell;
}

export type Totals = Readonly<{ [name: string]: Cell }>;

/** What a file says of itself, so that it can be checked against the card. */
export interface Head {
  readonly exportedAt: Date;
  readonly source: UsageSource;
  /** Which report of Graph was read, as the ports name it. */
  readonly reader: string;
  readonly readAt: Date;
  /** What was asked for, in the words of questions: `period`, `feature`, `scope` and so on. */
  readonly filters: Readonly<{ [name: string]: Cell }>;
  /** The figures of the card. */
  readonly totals: Totals;
}

/** Reads everything, gives it on in batches (waiting for each), and tells what it was. */
export type Produce<Record> = (
  write: (records: readonly Record[]) => Promise<void>,
  signal: AbortSignal,
) => Promise<Head>;

/** Rows that are turned into text together: what lives shortly is collected soon. */
const AT_ONCE = 100;

export interface SpoolOptions {
  readonly signal: AbortSignal;
  readonly onRows: (rows: number) => void;
}

/**
 * Spools a table as a CSV file: lines of what the file says of itself, a line of empty cells, the names of the
 * columns, and a line for each record. Every line has the same number of cells (RFC 4180 section 2), so that strict
 * readers take it. Rejects as `produce` or the spool does, or with the signal's reason; nothing is left then.
 */
export async function spoolTable<Record>(
  spool: Spool,
  table: Table<Record>,
  produce: Produce<Record>,
  { signal, onRows }: SpoolOptions,
): Promise<SpooledFile> {
  signal.throwIfAborted();
  const writer = await spool.create();
  try {
    let rows = 0;
    const head = await produce(async (records) => {
      signal.throwIfAborted();
      for (let first = 0; first < records.length; first += AT_ONCE) {
        const some = records.slice(first, first + AT_ONCE);
        await writer.write(csvBytes(some.map((record) => rowOf(table, record))));
      }
      rows += records.length;
      onRows(rows);
    }, signal);
    signal.throwIfAborted();
    return await writer.finish(headBytes(table, head, rows));
  } catch (thrown) {
    await writer.discard();
    throw thrown;
  }
}

function rowOf<Record>(table: Table<Record>, record: Record): Row {
  return table.columns.map(({ cell }) => cell(record));
}

function headBytes<Record>({ report, columns }: Table<Record>, head: Head, rows: number): Buffer {
  const names = columns.map(({ name }) => name);
  const facts: readonly Row[] = [
    ["authPulseExport", report],
    ["exportedAt", head.exportedAt],
    ["tenantId", head.source.tenantId],
    ["graphHost", head.source.graphHost],
    ["reader", head.reader],
    ["readAt", head.readAt],
    ...Object.entries(head.filters).map(([name, value]): Row => [`filter.${name}`, value]),
    ...Object.entries(head.totals).map(([name, value]): Row => [`total.${name}`, value]),
    ["rows", rows],
    [],
  ];
  const wide = facts.map((cells) => names.map((_name, at) => cells[at]));
  return Buffer.concat([BYTE_ORDER_MARK, csvBytes([...wide, names])]);
}
