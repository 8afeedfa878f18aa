import { createHmac, createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export const APP = "a99e5e01-7c2d-4c8e-b8f3-d1f9b0c2a601";
export const SERVICE_URL = "https://smba.trafficmanager.net/teams/";
const ISSUER = "https://api.botframework.com";

const pair = () => generateKeyPairSync("rsa", { modulusLength: 2048 });

/** The Bot Framework's identity on loopback: its keys, and tokens as it signs them. */
export interface SignedTokens {
  /** The Bot Framework's own settings that make a bot believe it. */
  readonly settings: Readonly<Record<string, string>>;
  /** An Authorization header that is right but for the parts. */
  token(parts?: TokenParts): string;
  /** Every way to be refused, as a title and an Authorization header. */
  readonly refused: readonly (readonly [title: string, authorization: string])[];
  close(): Promise<void>;
}

interface TokenParts {
  readonly claims?: object;
  readonly header?: object;
  readonly sign?: (text: string) => string;
}

export async function startSignedTokens(): Promise<SignedTokens> {
  const { privateKey, publicKey } = pair();
  const { n, e } = publicKey.export({ format: "jwk" });
  const keys = [
    { kty: "RSA", use: "sig", kid: "good", n, e, endorsements: ["msteams"] },
    { kty: "RSA", use: "sig", kid: "webchat-only", n, e, endorsements: ["webchat"] },
  ];
  const metadata = createServer((request, response) => {
    const body = request.url === "/keys" ? { keys } : { issuer: ISSUER, jwks_uri: `${url}/keys` };
    // Where restify is loaded `writeHead` does not return the response.
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  });
  metadata.listen(0, "127.0.0.1");
  await once(metadata, "listening");
  const url = `http://127.0.0.1:${(metadata.address() as AddressInfo).port}`;

  function token({ claims = {}, header = {}, sign = signedWith(privateKey) }: TokenParts = {}): string {
    const now = Math.floor(Date.now() / 1000);
    const signed = [
      encoded({ alg: "RS256", typ: "JWT", kid: "good", ...header }),
      encoded({ iss: ISSUER, aud: APP, serviceurl: SERVICE_URL, nbf: now - 60, exp: now + 600, ...claims }),
    ].join(".");
    return `Bearer ${signed}.${sign(signed)}`;
  }

  const hourAgo = Math.floor(Date.now() / 1000) - 3_600;
  const publicPem = publicKey.export({ type: "spki", format: "pem" });
  const withHmac = (text: string) => createHmac("sha256", publicPem).update(text).digest("base64url");
  return {
    settings: {
      ToBotFromChannelOpenIdMetadataUrl: `${url}/metadata`,
      ToBotFromChannelTokenIssuer: ISSUER,
      ToChannelFromBotLoginUrl: "https://login.microsoftonline.com/botframework.com",
      ToChannelFromBotOAuthScope: ISSUER,
    },
    token,
    refused: [
      ["without a token", ""],
      ["with a token that is none", "Bearer abc"],
      ["with another scheme", token().replace("Bearer", "Basic")],
      ["that expired", token({ claims: { nbf: hourAgo - 60, exp: hourAgo } })],
      ["that is not valid yet", token({ claims: { nbf: hourAgo + 7_200, exp: hourAgo + 9_000 } })],
      ["for another audience", token({ claims: { aud: "b88d4d02-6b1c-4b7d-a7e2-c0e8a9b19502" } })],
      ["of another issuer", token({ claims: { iss: "https://sts.windows.net/x/" } })],
      ["with an unknown key", token({ header: { kid: "unknown" } })],
      ["with a key that is endorsed for another channel", token({ header: { kid: "webchat-only" } })],
      ["for another service URL", token({ claims: { serviceurl: "https://smba.trafficmanager.net/emea/" } })],
      ["without a service URL in it", token({ claims: { serviceurl: undefined } })],
      ["signed with another key", token({ sign: signedWith(pair().privateKey) })],
      ["that is not signed", token({ header: { alg: "none" }, sign: () => "" })],
      ["signed with the public key as a password", token({ header: { alg: "HS256" }, sign: withHmac })],
    ],
    async close() {
      metadata.closeAllConnections();
      metadata.close();
      await once(metadata, "close");
    },
  };
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

function signedWith(key: KeyObject): (text: string) => string {
  return (text) => createSign("RSA-SHA256").update(text).sign(key).toString("base64url");
}
