import type { Viewer } from "../access/viewer.ts";
import { type TenantId, toTenantId, toUserId } from "../kernel/ids.ts";
import { remembered } from "../kernel/remembered.ts";
import type { PlaceAddress } from "../ports/digest.ts";
import type { IncomingActivity } from "./activity.ts";

/** Why an activity reaches no handler. */
export type Refusal = "channel" | "tenant";

/**
 * The tenant rule: the activity comes from Teams, names a tenant in `conversation.tenantId` or
 * `channelData.tenant.id`, and every one that is named is the reported tenant. Anything else is refused,
 * because these fields are all that tells tenants apart: the token only proves that Teams sent it.
 * In a shared channel people of other tenants write, so the person's own tenant counts as well.
 * Source: learn.microsoft.com/microsoftteams/platform/build-apps-for-shared-private-channels
 */
export function refusedTenant(activity: IncomingActivity, reported: TenantId): Refusal | undefined {
  if (activity.channelId !== "msteams") {
    return "channel";
  }
  const isThere = (value: unknown): boolean => value != null;
  const places = [activity.conversation.tenantId, activity.channelData?.tenant?.id].filter(isThere);
  const named = [...places, ...[activity.from?.tenantId].filter(isThere)];
  return places.length > 0 && named.every((value) => toTenantId(value) === reported) ? undefined : "tenant";
}

/** The person who wrote or pressed. */
export function viewerOf(activity: IncomingActivity, tenantId: TenantId): Viewer {
  const userId = toUserId(activity.from?.aadObjectId);
  const name = activity.from?.name ?? undefined;
  return userId ? { kind: "person", tenantId, userId, ...(name && { name }) } : { kind: "unknown" };
}

/** An unknown kind of conversation counts as a channel, the place with the most readers. */
export function placeOf(activity: IncomingActivity): PlaceAddress["kind"] {
  const kind = activity.conversation.conversationType;
  return kind === "personal" || kind === "groupChat" ? kind : "channel";
}

/** All that must be known to post here later; of a channel its own id, not that of a thread. */
export function addressOf(activity: IncomingActivity): PlaceAddress {
  const { conversation, channelData, serviceUrl, recipient } = activity;
  const kind = placeOf(activity);
  const teamId = channelData?.team?.id;
  return {
    serviceUrl,
    conversationId: placeIdOf(conversation.id),
    botId: recipient?.id ?? "",
    kind,
    ...(teamId && { teamId }),
  };
}

/** A channel's own id, without the message that began the thread. */
export function placeIdOf(conversationId: string): string {
  return conversationId.replace(/;messageid=.*$/s, "");
}

/** "Identity Operations › General", as far as Teams says it. */
export function placeNameOf({ channelData }: IncomingActivity): string | undefined {
  const names = [channelData?.team?.name, channelData?.channel?.name].filter(Boolean);
  return names.length > 0 ? names.join(" › ") : undefined;
}

/** The asker's number format and time zone, as their Teams client says; English and UTC where it does not. */
export function localeOf(activity: IncomingActivity): { readonly locale: string; readonly timeZone: string } {
  const client = activity.entities?.find((entity) => entity?.type === "clientInfo");
  const zone = [client?.["timezone"], activity.localTimezone].find(isTimeZone);
  return { locale: activity.locale || "en-GB", timeZone: zone ?? "UTC" };
}

function isTimeZone(name: unknown): name is string {
  return typeof name === "string" && name !== "" && isKnownZone(name);
}

const isKnownZone = remembered((name): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch (thrown) {
    if (thrown instanceof RangeError) {
      return false;
    }
    throw thrown;
  }
});

export function botWasAdded(activity: IncomingActivity): boolean {
  const installed = activity.type === "installationUpdate" && activity.action === "add";
  return installed || (activity.membersAdded ?? []).some((member) => isBot(activity, member.id));
}

export function botWasRemoved(activity: IncomingActivity): boolean {
  const uninstalled = activity.type === "installationUpdate" && activity.action === "remove";
  return uninstalled || (activity.membersRemoved ?? []).some((member) => isBot(activity, member.id));
}

function isBot(activity: IncomingActivity, memberId: string | null | undefined): boolean {
  return memberId != null && memberId === activity.recipient?.id;
}
