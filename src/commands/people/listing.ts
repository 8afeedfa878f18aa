import type { Question } from "../../language/question.ts";
import type { PeopleFilter, PeopleLists, PeopleScope } from "../../ports/people.ts";
import type { Period, ReadProgress } from "../../ports/usage.ts";
import { PEOPLE_ON_A_PAGE, type PeoplePage } from "../../reports/people/people-view.ts";
import { byPerson, MOST_FAILING } from "./failing-people.ts";
import { MOST_ROWS, openRowList, type RowList, type RowPage } from "./row-list.ts";

/** One page of a list, without what only the turn knows. */
type ListedPage = Pick<
  PeoplePage,
  | "listed"
  | "page"
  | "hasNext"
  | "total"
  | "scope"
  | "otherThan"
  | "window"
  | "readAt"
  | "keptAt"
  | "countedAt"
>;

/** A list that is being read for one person. */
export interface Listing {
  readonly scope: PeopleScope;
  page(page: number): Promise<ListedPage>;
  progress(): ReadProgress;
  isAwaited(): boolean;
  close(): Promise<void>;
}

export interface ListingParts {
  readonly lists: PeopleLists;
  /** When a period begins that ends at this moment, in milliseconds. */
  readonly beginOf: (period: Period, end: Date) => number;
}

type Registered = Exclude<PeopleFilter, "failing">;

/** Begins to read when the first page is asked for. */
export function openListing(
  filter: PeopleFilter,
  { options }: Question,
  now: Date,
  parts: ListingParts,
): Listing {
  return filter === "failing"
    ? openFailing(options, now, parts)
    : openRegistered(filter, options, now, parts);
}

function openRegistered(
  filter: Registered,
  { scope: said }: Question["options"],
  readAt: Date,
  { lists }: ListingParts,
): Listing {
  const asked = said ?? "members";
  const scope = lists.scopes.includes(asked) ? asked : "everyone";
  const rows = openRowList((options) => lists.registered(filter, scope, options), PEOPLE_ON_A_PAGE);
  return {
    ...listingOf(rows, scope),
    async page(page) {
      const { rows: people, ...more } = told(await rows.page(page));
      return { listed: { filter, people }, page, scope, readAt, ...otherThan(asked, scope), ...more };
    },
  };
}

function openFailing(
  { scope: asked = "everyone", feature, period = "D30" }: Question["options"],
  readAt: Date,
  { lists, beginOf }: ListingParts,
): Listing {
  const window = { from: new Date(beginOf(period, readAt)), to: readAt };
  let counted: Pick<PeoplePage, "total" | "countedAt"> = {};
  const rows = openRowList(async function* (options) {
    const { people, isPartial } = await byPerson(
      lists.failing({ ...window, ...(feature && { feature }) }, options),
    );
    counted = isPartial ? { countedAt: MOST_FAILING } : { total: people.length };
    // The rest is not needed any more.
    yield people.slice(0, MOST_ROWS + 1);
  }, PEOPLE_ON_A_PAGE);
  return {
    ...listingOf(rows, "everyone"),
    async page(page) {
      const { rows: people, ...more } = told(await rows.page(page));
      return {
        listed: { filter: "failing", people },
        ...{ page, scope: "everyone", window, readAt },
        ...otherThan(asked, "everyone"),
        ...counted,
        ...more,
      };
    },
  };
}

function listingOf(
  { progress, isAwaited, close }: RowList<unknown>,
  scope: PeopleScope,
): Omit<Listing, "page"> {
  return { scope, progress, isAwaited, close };
}

function told<Row>({
  rows,
  hasNext,
  isCut,
}: RowPage<Row>): Pick<RowPage<Row>, "rows" | "hasNext"> & Pick<PeoplePage, "keptAt"> {
  return { rows, hasNext, ...(isCut && { keptAt: MOST_ROWS }) };
}

function otherThan(asked: PeopleScope, scope: PeopleScope): Pick<PeoplePage, "otherThan"> {
  return asked === scope ? {} : { otherThan: asked };
}
