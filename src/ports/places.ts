import type { TenantId } from "../kernel/ids.ts";

/** Remembers where the bot has introduced itself. */
export interface PlaceStore {
  /** True for the first caller of a conversation only, however many call at once. */
  welcomeOnce(tenantId: TenantId, conversationId: string, at: Date): Promise<boolean>;
  /** The bot was removed there: a new installation is welcomed again. */
  forget(tenantId: TenantId, conversationId: string): Promise<void>;
}
