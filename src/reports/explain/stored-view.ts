import type { StoredFigures } from "../../reference/words/explain-words.ts";
import { createFormat } from "../../views/format.ts";
import type { ReportView } from "../../views/view.ts";
import { type ExplainedTo, madeView } from "./made-view.ts";

/** Figures that are put together from what several readings have left in the store. */
export interface ExplainedStore {
  readonly about: StoredFigures;
  /** Addresses of Microsoft Graph that were asked. */
  readonly endpoints: readonly string[];
  /** The reports by name. */
  readonly reader: string;
  /** The newest reading. */
  readonly readAt: Date;
  /** From the first to the last moment of what is shown; absent where nothing of it is stored. */
  readonly span?: { readonly from: Date; readonly to: Date };
  /** The zone of its weeks, where that is not the asker's. */
  readonly timeZone?: string;
}

/** How figures came about that no single reading has: what was asked of Graph, over which time, and their formulas. Pure. */
export function explainStoredView(stored: ExplainedStore, to: ExplainedTo): ReportView {
  const { about, endpoints, reader, readAt, span } = stored;
  const { words } = to.audience;
  const { explain } = words.reports;
  const format = createFormat(to.audience);
  const inItsZone = createFormat({ ...to.audience, timeZone: stored.timeZone ?? to.audience.timeZone });
  const { facts } = explain;
  return madeView(
    {
      facts: [
        { name: facts.filter, value: explain.stored },
        { name: facts.window, value: span ? inItsZone.hours(span.from, span.to) : explain.notKept },
        { name: facts.readAt, value: format.moment(readAt) },
      ],
      remarks: endpoints.map(explain.asked),
      reader,
      readAt,
    },
    [
      {
        headline: explain.formulas,
        table: {
          columns: [explain.columns.figure, explain.columns.formula],
          wordColumns: [1],
          rows: explain.figures[about].map(([figure, formula]) => [figure, formula]),
        },
        remarks: [],
      },
      { headline: explain.adminCenter, remarks: [...explain.tiles[about], ...explain.differs[about]] },
    ],
    to,
  );
}
