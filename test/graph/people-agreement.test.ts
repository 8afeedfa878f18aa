import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPeopleLists } from "../../src/graph/people-lists.ts";
import { createPeopleReader } from "../../src/graph/people-reader.ts";
import { eventsReader } from "../../src/graph/readers/events.ts";
import type { ReportMode } from "../../src/graph/usage-reader.ts";
import { PEOPLE_SCOPES, type PeopleCounts, type PeopleScope } from "../../src/ports/people.ts";
import type { SampleTenant } from "../../src/sample-tenant/options.ts";
import { startSampleTenant } from "../../src/sample-tenant/server.ts";
import { ROOMS_GROUP, SERVICE_ACCOUNTS_GROUP } from "../../src/sample-tenant/viewers.ts";
import { clientOf, readOptions, recordingLog, testClock, tokenCredential } from "./setup.ts";

const AT = new Date("2026-11-20T09:14:15.926Z");

function partsOf(tenant: SampleTenant, mode: ReportMode, excludeGroups: readonly string[]) {
  const credential = tokenCredential(tenant.token(mode === "activity" ? "delegated" : "app"));
  const client = clientOf(tenant.url, { credential });
  return { client, clock: testClock(AT), log: recordingLog(), mode, excludeGroups };
}

async function count(tenant: SampleTenant, mode: ReportMode, excludeGroups: readonly string[] = []) {
  const { scopes } = await createPeopleReader(partsOf(tenant, mode, excludeGroups)).read(readOptions());
  return (scope: PeopleScope): PeopleCounts => scopes[scope] ?? expect.unreachable(`no ${scope}`);
}

async function lengthOf(pages: AsyncIterable<readonly unknown[]>): Promise<number> {
  let length = 0;
  for await (const page of pages) {
    length += page.length;
  }
  return length;
}

/**
 * What sums would be. Accounts that they cannot leave out are members who have registered nothing, are in no scope and
 * administer nothing, so that only the whole of those differs who are members or anybody.
 */
function asSums(scope: PeopleScope, counts: PeopleCounts) {
  const { people, leftOut, methods: _, phoneOnly: __, mfaRegistered: ___, ...same } = counts;
  const { serviceAccounts = 0, excludedGroups = 0 } = leftOut;
  const among = scope === "members" || scope === "everyone" ? serviceAccounts + excludedGroups : 0;
  return { ...same, people: people + among };
}

function withoutZeros(methods: PeopleCounts["methods"] = {}) {
  return Object.fromEntries(
    Object.entries(methods).filter(([name, people]) => people > 0 && name !== "password"),
  );
}

async function expectAgreement(tenant: SampleTenant, excludeGroups: readonly string[]): Promise<void> {
  const details = await count(tenant, "events", excludeGroups);
  const sums = await count(tenant, "activity");
  const legacy = (await count(tenant, "legacy"))("everyone");
  for (const scope of PEOPLE_SCOPES) {
    const { leftOut: _, methods, ...summed } = sums(scope);
    expect(asSums(scope, details(scope))).toEqual(summed);
    expect(withoutZeros(details(scope).methods)).toEqual(withoutZeros(methods));
    const accounts = Object.values(details(scope).leftOut).reduce((sum, left) => sum + left, 0);
    expect(details(scope).people + accounts).toBe(legacy.people);
  }
  const { ssprRegistered, ssprEnabled, ssprCapable, mfaRegistered } = details("everyone");
  expect(legacy).toMatchObject({ ssprRegistered, ssprEnabled, ssprCapable, mfaRegistered });
  expect(legacy.methods?.["email"] ?? 0).toBe(details("everyone").methods?.["email"] ?? 0);
}

async function expectListsOf(tenant: SampleTenant, excludeGroups: readonly string[]): Promise<void> {
  const details = await count(tenant, "events", excludeGroups);
  const lists = createPeopleLists(partsOf(tenant, "auto", excludeGroups));
  for (const scope of PEOPLE_SCOPES) {
    const { people, ssprRegistered = 0, mfaRegistered = 0, phoneOnly = 0 } = details(scope);
    const listed = (filter: Parameters<typeof lists.registered>[0]) =>
      lengthOf(lists.registered(filter, scope, readOptions()));
    expect(await listed("not-registered")).toBe(people - ssprRegistered);
    expect(await listed("without-mfa")).toBe(people - mfaRegistered);
    expect(await listed("phone-only")).toBe(phoneOnly);
  }
}

async function expectFailuresOf(tenant: SampleTenant): Promise<void> {
  const { summaries } = await eventsReader(partsOf(tenant, "events", [])).read("D30", readOptions());
  const month = summaries.find(({ period }) => period === "D30") ?? expect.unreachable("no month");
  for (const mode of ["auto", "legacy"] as const) {
    const lists = createPeopleLists(partsOf(tenant, mode, []));
    for (const feature of ["reset", "registration"]) {
      const failures = month.rows
        .filter((row) => row.feature === feature)
        .reduce((sum, row) => sum + row.failures, 0);
      const { from, to } = month;
      expect(await lengthOf(lists.failing({ from, to, feature }, readOptions()))).toBe(failures);
    }
  }
}

describe("the people of the sample tenant", () => {
  it("are the same to the person in details, sums, the retired count and the lists", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 2 ** 31 - 1 }),
        fc.constantFrom(1, 3, 40, 300, 1_500),
        fc.constantFrom([], [ROOMS_GROUP], [ROOMS_GROUP, SERVICE_ACCOUNTS_GROUP]),
        async (seed, people, excludeGroups) => {
          const options = { seed, people, now: () => AT, lagHours: 0, quota: 1e6, pageSize: 250 };
          const tenant = await startSampleTenant(options);
          try {
            await expectAgreement(tenant, excludeGroups);
            await expectListsOf(tenant, excludeGroups);
            await expectFailuresOf(tenant);
          } finally {
            await tenant.close();
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  it("has some to leave out by every rule", async () => {
    const tenant = await startSampleTenant({ now: () => AT, quota: 1e6 });
    try {
      const details = await count(tenant, "events", [SERVICE_ACCOUNTS_GROUP]);

      expect(details("members").leftOut).toEqual({
        serviceAccounts: expect.any(Number),
        excludedGroups: expect.any(Number),
        guests: expect.any(Number),
      });
      expect(details("guests").leftOut.members).toBeGreaterThan(2_000);
      expect(details("admins").leftOut.notAdmins).toBeGreaterThan(2_000);
    } finally {
      await tenant.close();
    }
  });
});
