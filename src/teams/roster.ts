import type { CloudAdapter, TeamsChannelAccount, TurnContext } from "botbuilder";
import { TeamsInfo } from "botbuilder";
import { type TenantId, toTenantId, toUserId, type UserId } from "../kernel/ids.ts";
import { AppError } from "../kernel/problem.ts";
import type { PlaceAddress } from "../ports/digest.ts";
import type { Readers, Roster } from "../ports/roster.ts";
import { within } from "./proactive.ts";

/** Teams' largest page (learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context). */
const PAGE = 500;

/** A roster of a million members would be 2,000 pages; a link that goes round in circles is longer. */
const MOST_PAGES = 2_000;

/** Reads who is in a place from Teams; nothing of it is kept. */
export function createRoster(adapter: CloudAdapter, appId: string | undefined, tenantId: TenantId): Roster {
  /** What Teams answers holds names, and so does what the SDK says about it: only the status goes on. */
  async function inPlace(
    address: PlaceAddress,
    work: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    try {
      await within(adapter, appId, { ...address, tenantId }, work);
    } catch (thrown) {
      const { statusCode } = (thrown ?? {}) as { readonly statusCode?: unknown };
      throw new AppError(
        "TEAMS-ROSTER",
        typeof statusCode === "number" ? { status: statusCode } : {},
        thrown,
      );
    }
  }

  async function eachMember(
    address: PlaceAddress,
    visit: (member: TeamsChannelAccount) => void,
  ): Promise<void> {
    await inPlace(address, (context) => pages(context, visit));
  }

  return {
    async readers(address) {
      const counted = { people: 0, guests: 0, fromElsewhere: 0 };
      await eachMember(address, (member) => count(member, tenantId, counted));
      return counted;
    },
    async isMember(address, userId) {
      const isThisPerson = (member: TeamsChannelAccount): boolean =>
        toUserId(member.aadObjectId) === userId && toTenantId(member.tenantId) === tenantId;
      let found = false;
      const look = (member: TeamsChannelAccount): void => {
        found ||= isThisPerson(member);
      };
      await inPlace(address, async (context) => {
        const member = await memberOf(context, userId);
        await (member ? look(member) : pages(context, look));
      });
      return found;
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

/**
 * What a connector answers that does not know a member, or not by the object id, or not this call at all; the
 * Agents Playground knows members by its own ids only. The pages of the roster tell which it is.
 */
const UNTOLD: readonly unknown[] = [400, 404, 405, 501];

/** One member by object id; undefined where Teams does not tell it this way. */
async function memberOf(context: TurnContext, userId: UserId): Promise<TeamsChannelAccount | undefined> {
  try {
    return await TeamsInfo.getMember(context, userId);
  } catch (thrown) {
    const { statusCode } = (thrown ?? {}) as { readonly statusCode?: unknown };
    if (UNTOLD.includes(statusCode)) {
      return undefined;
    }
    throw thrown;
  }
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
