import type { PhoneUsers } from "../../ports/people.ts";
import { rateText } from "../change-news.ts";
import { isOne } from "../people-reading.ts";
import type { Telling } from "../usage/section.ts";
import type { Campaign } from "./rules.ts";

/** What to do, as the rest of a sentence: the same in chat, overview and digest. */
export function taskOf({ id, evidence }: Campaign, { words, format }: Telling): string {
  const isTold = evidence.kind === "people" && !format.isFew(evidence.people);
  const count = isTold ? format.people(evidence.people) : undefined;
  return words.campaign.campaigns[id].task(count, evidence.kind === "worse" ? evidence.method : undefined);
}

/** Whom a campaign is for; few people are not told exactly. */
export function whoText({ evidence }: Campaign, { words, format }: Telling): string {
  const { who } = words.campaign;
  switch (evidence.kind) {
    case "people":
      return who.people(format.people(evidence.people), isOne(evidence.people, { format }));
    case "tries":
      return evidence.people === undefined
        ? who.tries(format.number(evidence.tries))
        : who.people(format.people(evidence.people), isOne(evidence.people, { format }));
    case "admin-resets":
      return who.adminResets(format.number(evidence.byAdmins));
    case "worse":
      return who.worse(evidence.method);
  }
}

/** The figures that speak for a campaign, in one sentence; `than` says when a change's before was. */
export function evidenceText({ id, evidence }: Campaign, than: string, telling: Telling): string {
  const { words, format } = telling;
  const told = words.campaign.evidence;
  const { what } = words.campaign.campaigns[id];
  switch (evidence.kind) {
    case "people": {
      const { people, of } = evidence;
      const percent = format.isFew(people) ? undefined : format.percent(people, of);
      return told.people(format.people(people), format.people(of), percent, what);
    }
    case "tries": {
      const { tries, of, days } = evidence;
      return told.tries(format.number(tries), format.number(of), format.percent(tries, of), what, days);
    }
    case "admin-resets": {
      const { byAdmins, of } = evidence;
      return told.adminResets(format.number(byAdmins), format.number(of), format.percent(byAdmins, of));
    }
    case "worse":
      return told.worse(
        evidence.method,
        rateText(evidence.now, telling),
        rateText(evidence.before, telling),
        than,
      );
  }
}

/** How many people used a phone. Who did not register anything better is not told apart where they are few. */
export function phoneLines(users: PhoneUsers["D30"] | undefined, { words, format }: Telling): string[] {
  return users && !format.isFew(users.people) && !format.isFew(users.people - users.withStrong)
    ? [
        words.campaign.phoneUsers(
          format.people(users.people),
          isOne(users.people, { format }),
          format.people(users.withStrong),
        ),
      ]
    : [];
}
