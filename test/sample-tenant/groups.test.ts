import { expect, test } from "vitest";
import {
  REPORT_READERS_GROUP,
  ROOMS_GROUP,
  SERVICE_ACCOUNTS_GROUP,
  VIEWERS,
} from "../../src/sample-tenant/viewers.ts";
import { bearer, DETAILS, errorOf, get, openTenant, readAll } from "./harness.ts";

function membersOf(group: string, query = "?$select=id&$top=999"): string {
  return `/v1.0/groups/${group}/transitiveMembers${query}`;
}

const isUser = (row: Record<string, unknown>) => row["@odata.type"] === "#microsoft.graph.user";

test("the group of service accounts has rooms, mailboxes and service accounts of the report, and nobody else", async () => {
  const tenant = await openTenant();

  const members = await readAll(tenant, membersOf(SERVICE_ACCOUNTS_GROUP, ""));

  const people = await readAll(tenant, DETAILS);
  const expected = people.filter((person) =>
    /^(?:room|mailbox|svc-backup)-/.test(String(person["userPrincipalName"])),
  );
  expect(members.filter(isUser).map((row) => row["id"])).toEqual(expected.map((row) => row["id"]));
  expect(expected.length).toBeGreaterThan(10);
});

test("members of a nested group are in the outer one, beside the group itself", async () => {
  const tenant = await openTenant();

  const outer = (await readAll(tenant, membersOf(SERVICE_ACCOUNTS_GROUP))).map((row) => row["id"]);
  const inner = (await readAll(tenant, membersOf(ROOMS_GROUP))).map((row) => row["id"]);

  expect(inner.length).toBeGreaterThan(3);
  expect(outer).toEqual(expect.arrayContaining([...inner, ROOMS_GROUP]));
});

test("a group has a hundred members a page unless more are asked for, and no more than 999", async () => {
  const tenant = await openTenant({ people: 20_000 });

  const small = await get(tenant, membersOf(SERVICE_ACCOUNTS_GROUP, ""));
  const large = await get(tenant, membersOf(SERVICE_ACCOUNTS_GROUP));
  const tooLarge = await get(tenant, membersOf(SERVICE_ACCOUNTS_GROUP, "?$top=1000"));

  expect(small.rows).toHaveLength(100);
  expect(small.next).toBeDefined();
  expect(large.rows.length).toBeGreaterThan(100);
  expect(tooLarge.status).toBe(400);
});

test("rows have what was selected, and their type", async () => {
  const tenant = await openTenant();

  const selected = await get(tenant, membersOf(REPORT_READERS_GROUP));
  const whole = await get(tenant, membersOf(REPORT_READERS_GROUP, ""));

  const { id, displayName, userPrincipalName } = VIEWERS.groupMember;
  expect(selected.rows).toEqual([{ "@odata.type": "#microsoft.graph.user", id }]);
  expect(whole.rows).toEqual([{ ...selected.rows[0], displayName, userPrincipalName }]);
});

test("a group that is not there is not found", async () => {
  const tenant = await openTenant({ people: 1 });

  const answer = await get(tenant, membersOf("0f8fad5b-d9cb-469f-a165-70867728950e"));

  expect(answer.status).toBe(404);
  expect(errorOf(answer)["code"]).toBe("Request_ResourceNotFound");
});

test.each([
  ["GroupMember.Read.All", 200],
  ["Directory.Read.All", 200],
  ["AuditLog.Read.All", 403],
])("a token with %s is answered with %i", async (permission, status) => {
  const tenant = await openTenant({ people: 0 });
  const token = tenant.token("app", { permissions: [permission] });

  const answer = await get(tenant, membersOf(ROOMS_GROUP), bearer(token));

  expect(answer.status).toBe(status);
});
