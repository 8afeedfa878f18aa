import { z } from "zod";
import type { GraphCall, GraphClient } from "./graph-client.ts";
import { pagesOf } from "./pages.ts";
import { readShape } from "./shape.ts";

/** A row of whatever shape. */
export type RawRow = Readonly<Record<string, unknown>>;

export interface RawPage {
  readonly rows: readonly RawRow[];
  /** The answer without its rows; with `@odata.nextLink` where there is another page. */
  readonly envelope: RawRow;
}

const ROW: z.ZodType<RawRow> = z.record(z.string(), z.unknown());

/** The pages of a collection as they are, with the rules of `pagesOf` about links. */
export async function* rawPagesOf(
  client: GraphClient,
  path: string,
  call: GraphCall,
): AsyncGenerator<RawPage> {
  let envelope: RawRow = {};
  const noting: GraphClient = {
    ...client,
    async getJson(url, options) {
      const answer = await client.getJson(url, options);
      const { value: _rows, ...rest } = readShape(ROW, answer);
      envelope = rest;
      return answer;
    },
  };
  for await (const rows of pagesOf(noting, path, ROW, call)) {
    yield { rows, envelope };
  }
}

/** An answer that is one object, not a collection. */
export async function rawObjectOf(client: GraphClient, path: string, call: GraphCall): Promise<RawRow> {
  return readShape(ROW, await client.getJson(path, call));
}
