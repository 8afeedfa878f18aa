import { CollectionStopped, NOTHING_YET } from "../../collect/single-reading.ts";
import { toUserId } from "../../kernel/ids.ts";
import type { PeopleLists } from "../../ports/people.ts";
import type { ReadProgress } from "../../ports/usage.ts";
import { notToldView, whichPersonView } from "../../reports/people/notices.ts";
import { personNotFoundView, personView } from "../../reports/people/person-view.ts";
import { nothingStoredView } from "../../views/no-numbers.ts";
import type { View } from "../../views/view.ts";
import type { Acted, Handler } from "../answer.ts";
import { type InTimeParts, inTime } from "../in-time.ts";
import { nothingShown } from "./people.ts";

interface PersonParts extends InTimeParts {
  readonly lists: PeopleLists;
  /** Aborted when the product is stopped. */
  readonly stopping: AbortSignal;
}

interface Found {
  readonly view: View;
  readonly acted: Acted;
}

/** "person …": what one colleague registered and tried, read live. Who was looked up is written down by object id. */
export function personHandler(parts: PersonParts): Handler {
  const { lists, clock, stopping } = parts;

  return async (question, turn, asking) => {
    const { user } = question.options;
    if (user === undefined) {
      return nothingShown(whichPersonView(turn.audience));
    }
    if (asking.mode === "stored") {
      return nothingShown(nothingStoredView({ question, audience: turn.audience }));
    }
    const objectId = toUserId(user);
    if (objectId && !lists.scopes.includes("members")) {
      return nothingShown(notToldView("object-id", turn.audience));
    }
    let progress: ReadProgress = NOTHING_YET;
    let acted: Acted | undefined;

    async function find(name: string): Promise<Found> {
      const onProgress = (now: ReadProgress): void => {
        progress = now;
      };
      const found = await lists.person(name, { signal: stopping, onProgress });
      const target = toUserId(found?.person.id) ?? objectId;
      const audience = { ...turn.audience, now: clock.now() };
      const { onlyYou, base } = asking;
      return {
        acted: { what: "names", outcome: found ? "answered" : "not found", ...(target && { target }) },
        view: found
          ? personView({
              ...{ ...found, reader: readerOf(lists), readAt: turn.audience.now, question, audience },
              ...(onlyYou && { onlyYou }),
              ...(base && { base }),
            })
          : personNotFoundView(name, audience),
      };
    }

    async function shown(name: string): Promise<View> {
      try {
        const found = await find(name);
        acted = found.acted;
        return found.view;
      } catch (thrown) {
        throw stopping.aborted ? new CollectionStopped() : thrown;
      }
    }

    const work = { view: shown(user), progress: () => progress };
    const answer = await inTime(work, question, turn, asking, parts);
    return { ...answer, ...(acted && { acted }), actedLater: () => acted };
  };
}

/** The current rows serve an application and a signed-in person alike. */
function readerOf({ scopes }: PeopleLists): "details" | "legacy" {
  return scopes.includes("members") ? "details" : "legacy";
}
