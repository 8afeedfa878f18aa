import { afterEach, beforeEach, expect, test } from "vitest";
import { toTenantId, toUserId } from "../../src/kernel/ids.ts";
import { TeamsAdapter } from "../../src/teams/adapter.ts";
import { Authentication } from "../../src/teams/authentication.ts";
import { createRoster } from "../../src/teams/roster.ts";
import { TENANT, VIEWER } from "../support/activities.ts";
import { type Connector, startConnector } from "../support/connector.ts";

const OTHER_TENANT = "8a2f7063-4d2c-4d9f-8b66-1e3a5a2d7b02";
const userId = toUserId(VIEWER) ?? expect.unreachable();
let connector: Connector;

beforeEach(async () => {
  connector = await startConnector();
});

afterEach(() => connector.close());

function isMember(): Promise<boolean> {
  const authentication = new Authentication({ cloud: {}, sendDeadline: 300, trusts: () => true });
  const tenantId = toTenantId(TENANT) ?? expect.unreachable();
  const roster = createRoster(new TeamsAdapter(authentication), undefined, tenantId);
  const { serviceUrl } = connector;
  return roster.isMember(
    { serviceUrl, conversationId: "19:a@thread.tacv2", botId: "28:b", kind: "channel" },
    userId,
  );
}

function member(fields: object = {}): object {
  return { id: "29:viewer", name: "Priya Nair", aadObjectId: VIEWER, tenantId: TENANT, ...fields };
}

test.each([
  ["of the reported tenant is a member", [member()], true],
  ["whose ids are in capitals is a member", [member({ tenantId: TENANT.toUpperCase() })], true],
  ["who is not there is none", [member({ aadObjectId: "someone else" })], false],
  ["of another tenant is none, as in a shared channel", [member({ tenantId: OTHER_TENANT })], false],
  ["whose tenant is not told is none", [member({ tenantId: undefined })], false],
])("a person %s", async (_what, members, expected) => {
  connector.hasMembers(members);

  expect(await isMember()).toBe(expected);
});

test.each([
  [400, [member()], true],
  [404, [member()], true],
  [404, [], false],
  [405, [member()], true],
  [501, [], false],
])(
  "is looked for page by page where one member cannot be asked for (%i)",
  async (status, members, expected) => {
    connector.hasMembers(members);
    connector.behaveFor("member", { status });

    expect(await isMember()).toBe(expected);
  },
);

test.each([401, 403, 429, 500, 503])("is not known when Teams answers %i", async (status) => {
  connector.behaveFor("member", { status });

  await expect(isMember()).rejects.toMatchObject({ code: "TEAMS-ROSTER", facts: { status } });
});
