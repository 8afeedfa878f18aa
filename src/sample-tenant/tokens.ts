import { createHmac } from "node:crypto";
import { GraphError } from "./graph-error.ts";
import { VIEWERS } from "./viewers.ts";

export interface TokenOptions {
  /** Application permissions or delegated scopes; by default all that the server asks for anywhere. */
  readonly permissions?: readonly string[];
  /** Who signed in, for a delegated token; by default the Reports Reader. */
  readonly user?: string;
  readonly appId?: string;
  readonly tenantId?: string;
  /** From the server's now; 86,400 by default, negative for a token that has expired. */
  readonly lifetimeSeconds?: number;
}

/** What the server reads in an access token. */
export interface Claims {
  readonly tid: string;
  readonly appid: string;
  /** The signed-in person, or the app's service principal. */
  readonly oid: string;
  readonly idtyp: "app" | "user";
  /** Application permissions, in an app-only token. */
  readonly roles?: readonly string[];
  /** Delegated permissions, separated by blanks. */
  readonly scp?: string;
  /** Unix seconds. */
  readonly iat: number;
  readonly exp: number;
}

const APP_ID = "a99e5e01-7c2d-4c8e-b8f3-d1f9b0c2a601";
const APP_OBJECT_ID = "b88d4d02-6b1c-4b7d-a7e2-c0e8a9b19502";
const ALL_PERMISSIONS = ["AuditLog.Read.All", "Reports.Read.All", "User.Read.All", "GroupMember.Read.All"];
const LIFETIME_SECONDS = 86_400;

const HEADER = encode({ typ: "JWT", alg: "HS256" });
const CHALLENGE =
  'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", ' +
  'client_id="00000003-0000-0000-c000-000000000000"';

/** A token that this server accepts, until it expires. `now` is Unix milliseconds. */
export function issueToken(
  kind: "app" | "delegated",
  options: TokenOptions & { readonly tenantId: string },
  key: Buffer,
  now: number,
): string {
  const permissions = options.permissions ?? ALL_PERMISSIONS;
  const common = {
    tid: options.tenantId,
    appid: options.appId ?? APP_ID,
    iat: Math.floor(now / 1000),
    exp: Math.floor(now / 1000) + (options.lifetimeSeconds ?? LIFETIME_SECONDS),
  };
  const user = options.user ?? VIEWERS.reportsReader.id;
  return kind === "app"
    ? signToken({ ...common, idtyp: "app", oid: APP_OBJECT_ID, roles: permissions }, key)
    : signToken({ ...common, idtyp: "user", oid: user, scp: permissions.join(" ") }, key);
}

function signToken(claims: Claims, key: Buffer): string {
  const body = encode({
    aud: "https://graph.microsoft.com",
    iss: `https://sts.windows.net/${claims.tid}/`,
    ...claims,
  });
  return `${HEADER}.${body}.${signature(`${HEADER}.${body}`, key)}`;
}

/**
 * The claims of an `Authorization` header.
 * @throws GraphError 401 `InvalidAuthenticationToken` for a missing, foreign, altered or expired token
 */
export function readToken(header: string | undefined, key: Buffer, tenantId: string, now: number): Claims {
  const token = /^Bearer (.+)$/i.exec(header ?? "")?.[1];
  if (token === undefined) throw invalidToken("Access token is empty.");
  const [head, body, seal] = token.split(".");
  if (seal === undefined) throw invalidToken("CompactToken parsing failed with error code: 80049217");
  if (signature(`${head}.${body}`, key) !== seal) throw invalidToken("Access token validation failure.");
  const claims: Claims = JSON.parse(Buffer.from(body ?? "", "base64url").toString());
  if (claims.tid !== tenantId) throw invalidToken("Access token validation failure. Invalid tenant.");
  if (claims.exp * 1000 <= now) throw invalidToken("Lifetime validation failed, the token is expired.");
  return claims;
}

/** A 401 as Graph words it. */
export function invalidToken(message: string): GraphError {
  return new GraphError(401, "InvalidAuthenticationToken", message, { "WWW-Authenticate": CHALLENGE });
}

/** The challenge of continuous access evaluation: the client has to ask for a token with these claims. */
export function claimsChallenge(now: number): GraphError {
  const nbf = { essential: true, value: String(Math.floor(now / 1000)) };
  const claims = Buffer.from(JSON.stringify({ access_token: { nbf } })).toString("base64");
  return new GraphError(
    401,
    "InvalidAuthenticationToken",
    "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp",
    { "WWW-Authenticate": `${CHALLENGE}, error="insufficient_claims", claims="${claims}"` },
  );
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function signature(text: string, key: Buffer): string {
  return createHmac("sha256", key).update(text).digest("base64url");
}
