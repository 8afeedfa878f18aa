import { AppError } from "../kernel/problem.ts";
import type { GraphCall, GraphClient } from "./graph-client.ts";
import { type Page, pageOf, readShape, type Shape } from "./shape.ts";

/** At 1,000 rows a page this is ten million rows; runaway paging has been seen at Microsoft's side. */
const MOST_PAGES = 10_000;

/** Answers to a link of Graph's own that can only mean the link: the first page was accepted. */
const LINK_REFUSED = new Set([400, 404, 410]);

/**
 * The rows of a collection, page by page, following each whole `@odata.nextLink`
 * (learn.microsoft.com/graph/paging); a page may be empty and still have a successor.
 * Throws GRAPH-PAGING for a link that is no address of the same host, comes twice or is no longer accepted,
 * and for an absurd number of pages: who consumes this must drop what it has when anything is thrown.
 */
export async function* pagesOf<T>(
  client: GraphClient,
  path: string,
  row: Shape<T>,
  call: GraphCall,
): AsyncGenerator<readonly T[]> {
  const schema = pageOf(row);
  const seen = new Set<string>();
  let link: string | undefined = path;
  while (link !== undefined) {
    if (seen.size >= MOST_PAGES) {
      throw paging(`There are more than ${MOST_PAGES} pages.`);
    }
    seen.add(link);
    const page: Page<T> = readShape(schema, await fetchPage(client, link, seen.size, call));
    yield page.value;
    link = page["@odata.nextLink"] ?? undefined;
    if (link !== undefined) {
      checkLink(link, client.baseUrl, seen);
    }
  }
}

async function fetchPage(
  client: GraphClient,
  link: string,
  number: number,
  call: GraphCall,
): Promise<unknown> {
  try {
    return await client.getJson(link, call);
  } catch (error) {
    if (number > 1 && error instanceof AppError && LINK_REFUSED.has(error.facts.status ?? 0)) {
      throw paging(`The link to page ${number} is no longer accepted.`, error);
    }
    throw error;
  }
}

/** The token goes with every request, so a link may only lead to where the first request went. */
function checkLink(link: string, baseUrl: string, seen: ReadonlySet<string>): void {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  const refused = (why: string) => paging(`The link to page ${seen.size + 1} ${why}.`);
  if (url === undefined) {
    throw refused("is not a whole address");
  }
  if (url.origin !== new URL(baseUrl).origin) {
    throw refused("leads to another host");
  }
  if (url.username || url.password) {
    throw refused("holds a user name or a password");
  }
  if (seen.has(link)) {
    throw refused("has come before");
  }
}

function paging(detail: string, cause?: AppError): AppError {
  return new AppError("GRAPH-PAGING", { ...cause?.facts, detail }, cause);
}
