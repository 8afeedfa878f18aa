import type { TenantId, UserId } from "../kernel/ids.ts";

/**
 * Who asks. Unknown is somebody whom Teams did not name in Entra; they hold nothing. The terminal acts as the
 * operator: who holds the credentials holds the data.
 */
export type Viewer =
  | { readonly kind: "person"; readonly tenantId: TenantId; readonly userId: UserId; readonly name?: string }
  | { readonly kind: "unknown" }
  | { readonly kind: "operator" };
