import { describe, expect, it, onTestFinished } from "vitest";
import { registrationReader } from "../../src/graph/readers/registration.ts";
import { KNOWN_METHODS } from "../../src/reference/methods.ts";
import { startSampleTenant } from "../../src/sample-tenant/server.ts";
import { startLoopbackGraph } from "../support/loopback-graph.ts";
import { PEOPLE_PATH, person } from "./samples.ts";
import { clientOf, NOW, problemFrom, readOptions, testClock, tokenCredential } from "./setup.ts";

async function read(...value: readonly unknown[]) {
  const graph = await startLoopbackGraph({ path: PEOPLE_PATH, answer: { json: { value } } });
  return registrationReader({ client: clientOf(graph.baseUrl), clock: testClock() }).read(readOptions());
}

const NOBODY = { people: 0, inScope: 0, capable: 0, mfaRegistered: 0, passwordless: 0, phoneOnly: 0 };

describe("the registration reader", () => {
  it("counts the documented example of userRegistrationDetails", async () => {
    const reading = await read({
      id: "86462606-fde0-4fc4-9e0c-a20eb73e54c6",
      userPrincipalName: "AlexW@Contoso.com",
      userDisplayName: "Alex Wilber",
      isAdmin: false,
      isSsprRegistered: false,
      isSsprEnabled: false,
      isSsprCapable: false,
      isMfaRegistered: true,
      isMfaCapable: true,
      isPasswordlessCapable: false,
      lastUpdatedDateTime: "2023-03-13T19:15:41.6195833Z",
      methodsRegistered: ["microsoftAuthenticatorPush", "softwareOneTimePasscode"],
      isSystemPreferredAuthenticationMethodEnabled: true,
      systemPreferredAuthenticationMethods: ["push"],
      userPreferredMethodForSecondaryAuthentication: "push",
      userType: "member",
    });

    expect(reading).toEqual({
      readAt: NOW,
      counts: { ...NOBODY, people: 1, mfaRegistered: 1, leftOut: { guests: 0, serviceAccounts: 0 } },
      pages: 1,
      rowsRead: 1,
    });
    expect(JSON.stringify(reading)).not.toMatch(/alex/i);
  });

  it.each([
    ["isSsprEnabled", "inScope"],
    ["isSsprCapable", "capable"],
    ["isMfaRegistered", "mfaRegistered"],
    ["isPasswordlessCapable", "passwordless"],
  ] as const)("counts those of whom %s is true", async (flag, figure) => {
    const { counts } = await read(person({ [flag]: true }), person(), person({ [flag]: true }));

    expect(counts).toMatchObject({ ...NOBODY, people: 3, [figure]: 2 });
  });

  it("leaves guests out of every figure and says how many they are", async () => {
    const guest = person({ userType: "guest", isSsprEnabled: true, methodsRegistered: ["mobilePhone"] });

    const { counts } = await read(guest, guest, person());

    expect(counts).toEqual({ ...NOBODY, people: 1, leftOut: { guests: 2, serviceAccounts: 0 } });
  });

  it("leaves accounts of a type that is new at Microsoft out and says how many they are", async () => {
    const { counts } = await read(person({ userType: "unknownFutureValue" }), person({ userType: "agent" }));

    expect(counts).toEqual({ ...NOBODY, leftOut: { guests: 0, serviceAccounts: 0, otherTypes: 2 } });
  });

  it.each([
    { userDisplayName: "On-Premises Directory Synchronization Service Account" },
    { userPrincipalName: "package_86462606-fde0-4fc4-9e0c-a20eb73e54c6@contoso.com" },
    { userPrincipalName: "Package_86462606-FDE0-4FC4-9E0C-A20EB73E54C6@contoso.com" },
  ])("leaves a service account out: %j", async (changes) => {
    const { counts } = await read(person(changes));

    expect(counts).toEqual({ ...NOBODY, leftOut: { guests: 0, serviceAccounts: 1 } });
  });

  it.each([
    { userDisplayName: "On-Premises Directory Synchronization Service Account fan" },
    { userDisplayName: null },
    { userDisplayName: undefined },
    { userPrincipalName: "package_tour@contoso.com" },
    { userPrincipalName: "my_package_86462606-fde0-4fc4-9e0c-a20eb73e54c6@contoso.com" },
  ])("takes others for people: %j", async (changes) => {
    const { counts } = await read(person(changes));

    expect(counts.people).toBe(1);
  });

  it.each([
    [["mobilePhone"], 1],
    [["mobilePhone", "alternateMobilePhone", "officePhone"], 1],
    [["officePhone", "email", "securityQuestion"], 1],
    [["mobilePhone", "microsoftAuthenticatorPush"], 0],
    [["mobilePhone", "somethingNew"], 0],
    [["email"], 0],
    [[], 0],
  ])("counts %j as %i person with nothing but a phone", async (methodsRegistered, count) => {
    const { counts } = await read(person({ isMfaRegistered: true, methodsRegistered }));

    expect(counts.phoneOnly).toBe(count);
  });

  it("does not count a phone of somebody who is not registered for MFA", async () => {
    const { counts } = await read(person({ isMfaRegistered: false, methodsRegistered: ["mobilePhone"] }));

    expect(counts.phoneOnly).toBe(0);
  });

  it("takes every method for a second factor but the phones and those for resets alone", async () => {
    const others = ["mobilePhone", "alternateMobilePhone", "officePhone", "email", "securityQuestion"];
    const methods = KNOWN_METHODS.filter((method) => !others.includes(method));

    const { counts } = await read(
      ...methods.map((method) =>
        person({ isMfaRegistered: true, methodsRegistered: ["mobilePhone", method] }),
      ),
    );

    expect(counts).toMatchObject({ people: methods.length, phoneOnly: 0 });
  });

  it.each([
    ["isSsprEnabled", null],
    ["isSsprCapable", "true"],
    ["isMfaRegistered", undefined],
    ["isPasswordlessCapable", 1],
    ["methodsRegistered", "email"],
    ["methodsRegistered", null],
    ["userType", null],
    ["userPrincipalName", null],
  ])("refuses a person whose %s is %j", async (field, value) => {
    const problem = await problemFrom(read(person(), { ...person(), [field]: value }), "GRAPH-ANSWER");

    expect(problem.message).toContain(`value.1.${field}`);
  });

  it("says that nothing is collected when nobody is listed", async () => {
    await problemFrom(read(), "GRAPH-NOT-COLLECTED");
  });

  it("gives the sample tenant's own counts of its members", async () => {
    const tenant = await startSampleTenant({ people: 900, quota: 1e6, pageSize: 100 });
    onTestFinished(() => tenant.close());
    const credential = tokenCredential(tenant.token("app"));
    const client = clientOf(tenant.url, { credential });
    const options = readOptions();

    const { counts, pages, rowsRead } = await registrationReader({ client, clock: testClock() }).read(
      options,
    );

    const { guests, serviceAccounts } = counts.leftOut;
    expect({ pages, rowsRead }).toEqual({ pages: 9, rowsRead: 900 });
    expect(counts.people + guests + serviceAccounts).toBe(900);
    expect(guests).toBeGreaterThan(0);
    expect(serviceAccounts).toBeGreaterThan(0);
    expect(counts.capable).toBe(await countOf(tenant, "ssprCapable"));
    expect(counts.passwordless).toBe(await countOf(tenant, "passwordlessCapable"));
    expect(options.progress.at(-1)).toEqual({ pages: 9, rows: 900 });
  });
});

/** Service accounts have no method and no scope there, so that the figures do not differ by them. */
async function countOf(tenant: Awaited<ReturnType<typeof startSampleTenant>>, feature: string) {
  const answer = await fetch(
    `${tenant.url}/v1.0/reports/authenticationMethods/usersRegisteredByFeature(includedUserTypes='member',includedUserRoles='all')`,
    { headers: { authorization: `Bearer ${tenant.token("delegated")}` } },
  );
  const body = (await answer.json()) as {
    userRegistrationFeatureCounts: readonly { feature: string; userCount: number }[];
  };
  return body.userRegistrationFeatureCounts.find((one) => one.feature === feature)?.userCount;
}
