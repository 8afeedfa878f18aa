import type { TenantId } from "../kernel/ids.ts";
import type { PlaceAddress } from "./digest.ts";

/**
 * Remembers where the bot is, and what it has said there once. Teams names the place of an installation by the
 * conversation, or by the team for all of its channels.
 */
export interface PlaceStore {
  /** True for the first caller of a place only, however many call at once. */
  welcomeOnce(tenantId: TenantId, place: string, at: Date): Promise<boolean>;
  /** True for the first caller of a conversation and notice only, however many call at once. */
  tellOnce(
    tenantId: TenantId,
    address: Pick<PlaceAddress, "conversationId" | "teamId">,
    notice: string,
    at: Date,
  ): Promise<boolean>;
  /** The bot was removed there: its data is kept for a while, and a new installation is welcomed again. */
  removed(tenantId: TenantId, place: string, at: Date): Promise<void>;
  /** The bot is there again: its data stays. */
  returned(tenantId: TenantId, place: string): Promise<void>;
}
