import { type TenantId, toTenantId, toUserId } from "../kernel/ids.ts";

/** Whose rights a token carries: an application's own, a signed-in person's, or it does not say. */
export type TokenKind = "app" | "delegated" | "unknown";

/**
 * Reads the kind from the claims, without checking the signature: it only chooses which report to ask
 * for, and Graph checks the token anyway. `scp` stands in delegated tokens only; `roles` and
 * `idtyp: "app"` in an application's (learn.microsoft.com/entra/identity-platform/access-token-claims-reference).
 */
export function tokenKind(token: string): TokenKind {
  const claims = claimsOf(token);
  if (typeof claims["scp"] === "string") {
    return "delegated";
  }
  return claims["idtyp"] === "app" || Array.isArray(claims["roles"]) ? "app" : "unknown";
}

/** The tenant a token is for; undefined for an opaque token. */
export function tenantOfToken(token: string): TenantId | undefined {
  return toTenantId(claimsOf(token)["tid"]);
}

/** The id of the app that a token was given to: `appid`, or `azp` in tokens of version 2; undefined for an opaque token. */
export function appOfToken(token: string): string | undefined {
  const claims = claimsOf(token);
  return toUserId(claims["appid"]) ?? toUserId(claims["azp"]);
}

/** When a token ends; undefined for an opaque token. */
export function expiryOfToken(token: string): Date | undefined {
  const { exp } = claimsOf(token);
  return typeof exp === "number" && Number.isSafeInteger(exp) ? new Date(exp * 1000) : undefined;
}

interface Claims {
  readonly [name: string]: unknown;
  readonly exp?: unknown;
}

/** No claims for anything that is not a JWT: Microsoft calls its tokens opaque, so this is no error. */
function claimsOf(token: string): Claims {
  const payload = token.split(".")[1];
  if (payload === undefined) {
    return {};
  }
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    return typeof claims === "object" && claims !== null ? { ...claims } : {};
  } catch {
    return {};
  }
}
