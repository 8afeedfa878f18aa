import type { CloudAdapter, TeamsChannelAccount, TurnContext } from "botbuilder";
import { TeamsInfo } from "botbuilder";
import { type TenantId, toTenantId, toUserId } from "../kernel/ids.ts";
import type { PlaceAddress } from "../ports/digest.ts";
import type { Readers, Roster } from "../ports/roster.ts";
import { within } from "./proactive.ts";

/** Teams' largest page (learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context). */
const PAGE = 500;

/** A roster of a million members would be 2,000 pages; a link that goes round in circles is longer. */
const MOST_PAGES = 2_000;

/** Reads who is in a place from Teams; nothing of it is kept. */
export function createRoster(adapter: CloudAdapter, appId: string | undefined, tenantId: TenantId): Roster {
  async function eachMember(
    address: PlaceAddress,
    visit: (member: TeamsChannelAccount) => void,
  ): Promise<void> {
    await within(adapter, appId, { ...address, tenantId }, (context) => pages(context, visit));
  }

  return {
    async readers(address) {
      const counted = { people: 0, guests: 0, fromElsewhere: 0 };
      await eachMember(address, (member) => count(member, tenantId, counted));
      return counted;
    },
    async nameOf(address, userId) {
      let name: string | undefined;
      await eachMember(address, (member) => {
        if (toUserId(member.aadObjectId) === userId) {
          name = member.name;
        }
      });
      return name;
    },
  };
}

async function pages(context: TurnContext, visit: (member: TeamsChannelAccount) => void): Promise<void> {
  let continuation: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { members, continuationToken } = await TeamsInfo.getPagedMembers(context, PAGE, continuation);
    members.forEach(visit);
    if (!continuationToken || continuationToken === continuation) {
      return;
    }
    continuation = continuationToken;
  }
  throw new Error("The roster does not end.");
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

function count(member: TeamsChannelAccount, tenantId: TenantId, counted: Mutable<Readers>): void {
  counted.people += 1;
  const isGuest = member.userRole === "guest" || member.userPrincipalName?.toUpperCase().includes("#EXT#");
  const home = toTenantId(member.tenantId);
  if (isGuest) {
    counted.guests += 1;
  } else if (home && home !== tenantId) {
    counted.fromElsewhere += 1;
  }
}
