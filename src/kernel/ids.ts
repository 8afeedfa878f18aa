/** Entra ids are GUIDs; they are compared in lower case, as Microsoft's services mix both. */
export type TenantId = string & { readonly brand: "TenantId" };
export type UserId = string & { readonly brand: "UserId" };

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function toTenantId(text: unknown): TenantId | undefined {
  return guid(text) as TenantId | undefined;
}

export function toUserId(text: unknown): UserId | undefined {
  return guid(text) as UserId | undefined;
}

function guid(text: unknown): string | undefined {
  const lower = typeof text === "string" ? text.trim().toLowerCase() : "";
  return GUID.test(lower) ? lower : undefined;
}
