import { z } from "zod";

const id = z.string().min(1).max(1_000);
const optionalId = z.string().max(1_000).nullish();
const optionalText = z.string().nullish();

/**
 * The fields of an activity that AuthPulse reads. Everything else is dropped at the border; a field of
 * another type than the Activity protocol gives it makes the whole activity unreadable.
 * Source: learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations
 */
export const activitySchema = z.object({
  type: z.string().max(100),
  id: optionalId,
  channelId: z.string(),
  serviceUrl: z.url({ protocol: /^https?$/ }),
  action: optionalText,
  name: optionalText,
  text: optionalText,
  value: z.unknown().optional(),
  replyToId: optionalId,
  locale: optionalText,
  localTimezone: optionalText,
  from: z.object({ id, name: optionalText, aadObjectId: optionalText, tenantId: optionalText }).nullish(),
  recipient: z.object({ id }).nullish(),
  conversation: z.object({ id, conversationType: optionalText, tenantId: optionalText }),
  channelData: z
    .object({
      tenant: z.object({ id: optionalText }).nullish(),
      team: z.object({ id: optionalText, name: optionalText }).nullish(),
      channel: z.object({ id: optionalText, name: optionalText }).nullish(),
      eventType: optionalText,
    })
    .nullish(),
  membersAdded: z.array(z.object({ id: optionalText })).nullish(),
  membersRemoved: z.array(z.object({ id: optionalText })).nullish(),
  entities: z.array(z.looseObject({ type: optionalText }).nullable().catch(null)).nullish(),
});

export type IncomingActivity = z.infer<typeof activitySchema>;
