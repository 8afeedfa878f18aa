import { expect, onTestFinished, test } from "vitest";
import type { ExportState } from "../../src/export/exports.ts";
import { message, TENANT as TENANT_ID } from "../support/activities.ts";
import { type Child, startChild } from "../support/child.ts";
import { startConnector } from "../support/connector.ts";
import { dataDirectory, emptyDirectory } from "../support/data-directory.ts";

const SERVER = new URL("./fixtures/upload-server.mjs", import.meta.url);
const EXPORT = new URL("./fixtures/export.mjs", import.meta.url);
const TENANT = new URL("./fixtures/tenant.mjs", import.meta.url);
const BOT = new URL("./fixtures/live-export.mjs", import.meta.url);
const PEOPLE = 1_000_000;
const MIB = 1024 * 1024;
const MOST = 100;

interface Told {
  readonly state: Extract<ExportState, { kind: "done" }>;
  readonly hash: string;
  readonly idle: number;
  readonly peak: number;
}

async function start(fixture: URL, ...argument: readonly string[]): Promise<Child> {
  const child = await startChild(fixture, ...argument);
  onTestFinished(() => child.kill());
  return child;
}

test("an export of 1,000,000 people takes less than 100 MiB beyond the idle process", async () => {
  const directory = await emptyDirectory();
  onTestFinished(directory.remove);
  const server = await start(SERVER);
  const { url } = (await server.next()) as { url: string };
  const exporting = await start(EXPORT, directory.path, url, String(PEOPLE));

  const { state, hash, idle, peak } = (await exporting.next()) as Told;

  const [size, before, more] = [state.size, idle, peak - idle].map((bytes) => Math.round(bytes / MIB));
  process.stdout.write(`An export of ${PEOPLE} rows, ${size} MiB: ${more} MiB above ${before} MiB\n`);
  expect(state).toMatchObject({ kind: "done", rows: PEOPLE });
  expect(await server.next()).toEqual({ received: state.size, hash });
  expect(more).toBeLessThan(MOST);
});

interface Memory {
  readonly idle: number;
  readonly peak: number;
}

test("an export of a tenant of 100,000 people is read, offered and sent by a bot that stays small", async () => {
  const data = await dataDirectory();
  onTestFinished(data.remove);
  const connector = await startConnector();
  onTestFinished(() => connector.close());
  const tenant = await start(TENANT, String(100_000), TENANT_ID);
  const { url: graph, token } = (await tenant.next()) as { url: string; token: string };
  const upload = await start(SERVER);
  const { url: address } = (await upload.next()) as { url: string };
  const bot = await start(BOT, data.path, graph, token, TENANT_ID);
  const { url } = (await bot.next()) as { url: string };
  const post = (activity: object) =>
    fetch(`${url}/api/messages`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(activity),
    });
  const memory = async (asked: string): Promise<Memory> => {
    bot.send(asked);
    return (await bot.next()) as Memory;
  };
  // What is loaded with a first card is no part of an export.
  await post(message(connector.serviceUrl, "help"));
  await memory("idle");

  await post(message(connector.serviceUrl, "export people not registered"));
  const offer = () =>
    connector.sent
      .flatMap(({ body, answeredId }) =>
        (body.attachments ?? []).map((attachment) => ({ ...attachment, answeredId })),
      )
      .find(({ contentType }) => contentType.endsWith("file.consent"));
  await expect.poll(offer, { timeout: 5 * 60_000 }).toBeDefined();
  const { content, answeredId } = offer() ?? {};
  const { acceptContext, sizeInBytes, description } = content as {
    readonly acceptContext: object;
    readonly sizeInBytes: number;
    readonly description: string;
  };
  const uploadInfo = {
    contentUrl: address,
    name: "people.csv",
    uploadUrl: address,
    uniqueId: "1",
    fileType: "csv",
  };
  await post({
    ...message(connector.serviceUrl, ""),
    ...{ type: "invoke", name: "fileConsent/invoke", replyToId: answeredId },
    value: { type: "fileUpload", action: "accept", context: acceptContext, uploadInfo },
  });
  const received = (await upload.next()) as { readonly received: number };

  const { idle, peak } = await memory("told");
  const more = Math.round((peak - idle) / MIB);
  process.stdout.write(
    `${description} ${Math.round(sizeInBytes / MIB)} MiB, ${more} MiB above the idle bot\n`,
  );
  expect(received.received).toBe(sizeInBytes);
  expect(Number(/([\d,]+) rows/.exec(description)?.[1]?.replaceAll(",", ""))).toBeGreaterThan(10_000);
  expect(more).toBeLessThan(MOST);
});
