import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { expect, onTestFinished, test } from "vitest";
import { message, textOf } from "../support/activities.ts";
import { startConnector } from "../support/connector.ts";
import { STACK, start, temporary } from "../terminal/command-line.ts";

const TENANT_OF_DEMO = "c0a7050e-5a3b-4e57-9d0c-5a1e7e4a4701";

/** Whether somebody listens there. */
async function listens(host: string, port: number): Promise<boolean> {
  const socket = connect(port, host);
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Addresses of this machine that others can reach. */
function outerAddresses(): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, scopeid }) => !internal && !scopeid)
    .map(({ address }) => address);
}

test("the demo runs tenant, bot and Playground on this machine only, and Ctrl-C ends all of it", {
  timeout: 120_000,
}, async () => {
  const folder = await temporary();
  const connector = await startConnector();
  onTestFinished(() => connector.close());
  const demo = await start(["demo"], { environment: { TMPDIR: folder, TMP: folder, TEMP: folder } });

  const [welcome] = await demo.said(/AuthPulse is ready[\s\S]*Ctrl-C ends all of it/);

  const [page = "", endpoint = "", tenant = ""] = ["Open", "The bot", "The tenant"].map(
    (label) => new RegExp(`${label} +(http://\\S+)`).exec(welcome)?.[1],
  );
  const ports = [page, endpoint, tenant].map((address) => Number(new URL(address).port));
  expect(welcome).toContain("sspr usage by method");
  expect(await (await fetch(page)).text()).toContain("<html");
  const ask = (text: string): Promise<Response> =>
    fetch(endpoint, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(
        message(connector.serviceUrl, text, {
          conversation: { id: "a:1", conversationType: "personal", tenantId: TENANT_OF_DEMO },
          channelData: { tenant: { id: TENANT_OF_DEMO } },
        }),
      ),
    });
  expect((await ask("help")).status).toBe(200);
  expect(textOf(connector.sent[0]?.body.attachments)).toContain("What you can ask");
  await ask("trend 26 weeks");
  const trend = textOf(connector.sent[1]?.body.attachments);
  expect(trend).toContain("26 weeks:");
  for (const port of ports) {
    expect(await listens("127.0.0.1", port)).toBe(true);
    for (const address of outerAddresses()) {
      expect(await listens(address, port), `${address}:${port}`).toBe(false);
    }
  }

  const { code, out, err } = await demo.signal("SIGINT");

  expect(code).toBe(0);
  expect(out + err).not.toMatch(STACK);
  for (const port of ports) {
    expect(await listens("127.0.0.1", port)).toBe(false);
  }
  expect(await readdir(folder)).toEqual([]);
  // A process group without processes takes no signal.
  expect(() => process.kill(-demo.pid, 0)).toThrow("ESRCH");
});
