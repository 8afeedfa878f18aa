import { z } from "zod";
import type { FileConsent, FileOffer } from "../commands/answer.ts";
import { exportIdSchema } from "./press.ts";

/** Something in a message that is no card of ours. */
export interface Attachment {
  readonly contentType: string;
  readonly contentUrl?: string;
  readonly name: string;
  readonly content: object;
}

const text = z.string().min(1).max(4_000);

/**
 * The value of a `fileConsent/invoke`. All of it came through the client: the id opens nothing that is not the
 * presser's own, and where the file goes is checked before it goes there.
 * Source: learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4
 */
const consentSchema = z.object({
  type: z.literal("fileUpload"),
  action: z.enum(["accept", "decline"]),
  context: z.object({ exportId: exportIdSchema }),
  uploadInfo: z
    .object({ contentUrl: text, name: text, uploadUrl: text, uniqueId: text, fileType: text })
    .nullish(),
});

export interface HeardConsent {
  readonly consent: FileConsent;
  /** The card to show when the file has arrived; absent when it was declined. */
  readonly arrived?: Attachment;
}

/** Undefined for what no consent card of ours sends, also for an accepted file without an address. */
export function consentOf(value: unknown): HeardConsent | undefined {
  const { data } = consentSchema.safeParse(value);
  const { action, context, uploadInfo } = data ?? {};
  if (!context || (action === "accept" && !uploadInfo)) {
    return undefined;
  }
  const id = context.exportId;
  if (action !== "accept" || !uploadInfo) {
    return { consent: { id } };
  }
  const { contentUrl, name, uploadUrl, uniqueId, fileType } = uploadInfo;
  return {
    consent: { id, address: uploadUrl },
    arrived: {
      contentType: "application/vnd.microsoft.teams.card.file.info",
      ...{ contentUrl, name, content: { uniqueId, fileType } },
    },
  };
}

/** Teams' own card that asks whether the file may be saved. */
export function consentCard({ id, name, size, description }: FileOffer): Attachment {
  const context = { exportId: id };
  return {
    contentType: "application/vnd.microsoft.teams.card.file.consent",
    name,
    content: { description, sizeInBytes: size, acceptContext: context, declineContext: context },
  };
}
