import type { GraphClient } from "../../graph/graph-client.ts";
import { rawObjectOf, rawPagesOf } from "../../graph/raw-pages.ts";
import { asAppError } from "../../kernel/problem.ts";
import { REPORT_READING_ROLES } from "../../reference/roles.ts";
import type { Looked } from "./endpoints.ts";
import type { Names } from "./names.ts";
import { createRowFold, plainKey, type RowShape } from "./row-fold.ts";

/** Of every endpoint; a large tenant has hundreds of pages, and their shape is seen in the first. */
export const MOST_PAGES = 5;

/** How the rows of one endpoint look. */
export interface Look extends RowShape {
  /** Present where it could not be read to the end, or to the last page that is looked at. */
  readonly problem?: { readonly code: string; readonly status?: number; readonly graphCode?: string };
  readonly pageSizes: readonly number[];
  /** Another page was offered and not read. */
  readonly hasMorePages: boolean;
  /** Properties beside the rows. */
  readonly envelope: readonly string[];
  /** Names of the parameters of links to a next page. */
  readonly nextLinkParameters: readonly string[];
}

/** Reads the first pages and folds them; what fails is a part of what was seen. */
export async function look(client: GraphClient, looked: Looked, names: Names): Promise<Look> {
  const fold = createRowFold(names);
  const pageSizes: number[] = [];
  const envelope = new Set<string>();
  const parameters = new Set<string>();
  let hasMorePages = false;
  const call = { endpoint: looked.endpoint, signal: new AbortController().signal };
  const read = async (): Promise<void> => {
    if (looked.kind === "ids") {
      const ids = REPORT_READING_ROLES.map(({ templateId }) => templateId);
      await client.postJson(looked.path, { ids }, call);
      return;
    }
    if (looked.kind === "object") {
      fold.add(await rawObjectOf(client, looked.path, call));
      return;
    }
    for await (const page of rawPagesOf(client, looked.path, call)) {
      page.rows.forEach(fold.add);
      pageSizes.push(page.rows.length);
      for (const key of Object.keys(page.envelope)) {
        envelope.add(plainKey(key));
      }
      const link = page.envelope["@odata.nextLink"];
      hasMorePages = typeof link === "string";
      for (const name of parametersOf(link)) {
        parameters.add(name);
      }
      if (pageSizes.length === MOST_PAGES) {
        return;
      }
    }
  };
  const fault = await read().then(
    () => undefined,
    (thrown: unknown) => asAppError(thrown),
  );
  return {
    ...(fault && { problem: problemOf(fault) }),
    ...fold.shape(),
    pageSizes,
    hasMorePages,
    envelope: [...envelope].sort(),
    nextLinkParameters: [...parameters].sort(),
  };
}

function problemOf({ code, facts }: ReturnType<typeof asAppError>): NonNullable<Look["problem"]> {
  const { status, graphCode } = facts;
  return { code, ...(status !== undefined && { status }), ...(graphCode !== undefined && { graphCode }) };
}

function parametersOf(link: unknown): readonly string[] {
  return typeof link === "string" && URL.canParse(link)
    ? [...new URL(link).searchParams.keys()].map((name) => (/^\$?\w{1,40}$/.test(name) ? name : "(other)"))
    : [];
}
