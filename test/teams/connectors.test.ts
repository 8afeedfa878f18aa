import { ClaimsIdentity, type ConnectorClient } from "botframework-connector";
import { expect, test } from "vitest";
import { Authentication } from "../../src/teams/authentication.ts";

const HERE = "http://127.0.0.1:1/";
const THERE = "http://127.0.0.1:2/";
const SCOPE = "https://api.botframework.com";

function connectors() {
  const authentication = new Authentication({
    cloud: {},
    sendDeadline: 300,
    trusts: (serviceUrl) => [HERE, THERE].includes(serviceUrl),
  });
  return (appId: string, serviceUrl: string, audience = SCOPE): Promise<ConnectorClient> => {
    const identity = new ClaimsIdentity([{ type: "aud", value: appId }]);
    return authentication.createConnectorFactory(identity).create(serviceUrl, audience);
  };
}

test("one connector serves all turns of a service URL", async () => {
  const connectorOf = connectors();

  expect(await connectorOf("", HERE)).toBe(await connectorOf("", HERE));
});

test("service URLs, audiences and app ids have connectors of their own", async () => {
  const connectorOf = connectors();

  const all = [
    await connectorOf("", HERE),
    await connectorOf("", THERE),
    await connectorOf("", HERE, "https://api.botframework.us"),
    await connectorOf("another", HERE),
  ];

  expect(new Set(all).size).toBe(all.length);
});

test("there is none for a service URL that is not trusted, also after others", async () => {
  const connectorOf = connectors();
  await connectorOf("", HERE);

  await expect(connectorOf("", "http://127.0.0.1:3/")).rejects.toMatchObject({ code: "INTERNAL" });
});
