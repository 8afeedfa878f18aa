import {
  ChainedTokenCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  WorkloadIdentityCredential,
} from "@azure/identity";
import { describe, expect, it } from "vitest";
import { endpointsOf, GRAPH_CLOUDS, graphScopeOf, isNational } from "../../src/graph/clouds.ts";
import { type CredentialSettings, createCredential } from "../../src/graph/credential.ts";
import { identityOf } from "../../src/graph/identity.ts";
import { expiryOfToken, tenantOfToken, tokenKind } from "../../src/graph/token.ts";
import { jwt, NOW, problemFrom, testClock } from "./setup.ts";

const TENANT = "0f1e2d3c-4b5a-4678-9a0b-c1d2e3f40516";
const APP = { tenantId: TENANT, clientId: "7a1c0b9e-55aa-4e0c-8f3d-2b6f1f0e9d11" };

function credential(settings: CredentialSettings) {
  return createCredential(settings, "global", testClock());
}

describe("the credential", () => {
  it.each([
    [{ kind: "secret", ...APP, clientSecret: "s" }, ClientSecretCredential],
    [{ kind: "certificate", ...APP, certificatePath: "/no/such.pem" }, ClientCertificateCredential],
    [{ kind: "federated", ...APP, tokenFilePath: "/no/such/token" }, WorkloadIdentityCredential],
    [{ kind: "managed-identity", clientId: APP.clientId }, ManagedIdentityCredential],
    [{ kind: "developer" }, ChainedTokenCredential],
    [{ kind: "developer", tenantId: TENANT }, ChainedTokenCredential],
  ] as const)("is the one that the settings name: $kind", (settings, type) => {
    expect(identityOf(settings, "global")).toBeInstanceOf(type);
  });

  it("asks the one of the settings for a token, and tells its fault", async () => {
    const certificate = credential({ kind: "certificate", ...APP, certificatePath: "/no/such.pem" });

    await expect(certificate.getToken("scope")).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("hands a ready token on with its end", async () => {
    const token = jwt({ exp: NOW.getTime() / 1000 + 60 });

    const access = await credential({ kind: "token", token }).getToken("scope");

    expect(access).toEqual({ token, expiresOnTimestamp: NOW.getTime() + 60_000 });
  });

  it("hands a ready token on that does not tell its end", async () => {
    const access = await credential({ kind: "token", token: "opaque" }).getToken("scope");

    expect(access?.expiresOnTimestamp).toBeGreaterThan(NOW.getTime());
  });

  it("says that a ready token has ended", async () => {
    const token = jwt({ exp: NOW.getTime() / 1000 });

    const problem = await problemFrom(
      Promise.resolve(credential({ kind: "token", token }).getToken("scope")),
      "GRAPH-SIGN-IN",
    );

    expect(problem.facts.signIn).toBe("ready-token");
  });
});

describe("a token", () => {
  it.each([
    ["delegated", { scp: "AuditLog.Read.All" }],
    ["delegated", { scp: "User.Read", roles: ["x"] }],
    ["app", { roles: ["AuditLog.Read.All"] }],
    ["app", { idtyp: "app" }],
    ["unknown", { tid: TENANT }],
    ["unknown", []],
  ])("is %s with the claims %j", (kind, claims) => {
    expect(tokenKind(jwt(claims))).toBe(kind);
  });

  it.each(["", "opaque", "a.b", "a..c", "a.bnVsbA.c", "..."])("is unknown when it reads %j", (token) => {
    expect([tokenKind(token), tenantOfToken(token), expiryOfToken(token)]).toEqual([
      "unknown",
      undefined,
      undefined,
    ]);
  });

  it("names its tenant", () => {
    expect(tenantOfToken(jwt({ tid: TENANT.toUpperCase() }))).toBe(TENANT);
    expect(tenantOfToken(jwt({ tid: "contoso" }))).toBeUndefined();
  });
});

describe("the clouds", () => {
  it("have the documented hosts", () => {
    expect(GRAPH_CLOUDS.map((cloud) => [graphScopeOf(cloud), endpointsOf(cloud).login])).toEqual([
      ["https://graph.microsoft.com/.default", "https://login.microsoftonline.com"],
      ["https://graph.microsoft.us/.default", "https://login.microsoftonline.us"],
      ["https://dod-graph.microsoft.us/.default", "https://login.microsoftonline.us"],
      ["https://microsoftgraph.chinacloudapi.cn/.default", "https://login.chinacloudapi.cn"],
    ]);
  });

  it.each([
    ["https://graph.microsoft.com", false],
    ["http://127.0.0.1:4000", false],
    ["https://graph.microsoft.us", true],
    ["https://DOD-graph.microsoft.us/", true],
    ["https://microsoftgraph.chinacloudapi.cn", true],
  ])("know whether %s is national", (baseUrl, national) => {
    expect(isNational(baseUrl)).toBe(national);
  });
});
