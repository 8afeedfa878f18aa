import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { httpsTransport } from "../../src/export/https-transport.ts";
import type { SpooledFile } from "../../src/export/spool.ts";
import { createUploader, FRAGMENT, type UploadOutcome } from "../../src/export/upload.ts";
import { recordingLog, testClock } from "../graph/setup.ts";
import { spooled, testSpool } from "./setup.ts";
import { deadAddress, type Misbehaviour, startUploadServer, type UploadServer } from "./upload-server.ts";

interface Setup {
  readonly server: UploadServer;
  readonly bytes: Buffer;
  readonly file: SpooledFile;
  readonly clock: ReturnType<typeof testClock>;
  readonly log: ReturnType<typeof recordingLog>;
  readonly sent: readonly number[];
  upload(options?: { readonly signal?: AbortSignal; readonly url?: string }): Promise<UploadOutcome>;
}

async function setup(size: number, misbehave?: Misbehaviour): Promise<Setup> {
  const server = await startUploadServer(misbehave);
  const bytes = randomBytes(size);
  const file = await spooled(await testSpool(), bytes.subarray(0, 9), bytes.subarray(9));
  const clock = testClock();
  const log = recordingLog();
  const sent: number[] = [];
  const send = createUploader({
    transport: httpsTransport,
    isTrusted: ({ hostname }) => hostname === "127.0.0.1",
    clock,
    random: () => 1,
    timings: { retryBase: 1_000, retryCap: 60_000 },
    deadline: 1_500,
    log,
  });
  return {
    server,
    bytes,
    file,
    clock,
    log,
    sent,
    upload: ({ signal = new AbortController().signal, url = server.url } = {}) =>
      send(url, file, { signal, onSent: (arrived) => sent.push(arrived) }),
  };
}

/** Answers these PUTs, counted from one, with a status. */
function statusAt(
  numbers: readonly number[],
  status: number,
  headers: Record<string, string> = {},
): Misbehaviour {
  return ({ number }, response) => {
    const isMeant = numbers.includes(number);
    if (isMeant) {
      response.writeHead(status, headers).end();
    }
    return isMeant;
  };
}

function cut(response: ServerResponse): boolean {
  response.destroy();
  return true;
}

const ALWAYS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

function ranges({ requests }: UploadServer): readonly (string | undefined)[] {
  return requests.filter(({ method }) => method === "PUT").map(({ range }) => range);
}

describe("an upload", () => {
  it.each([10, FRAGMENT])("sends a file of %i bytes with one PUT of the whole range", async (size) => {
    const { server, bytes, upload } = await setup(size);

    const outcome = await upload();

    expect(outcome).toEqual({ kind: "uploaded" });
    expect(ranges(server)).toEqual([`bytes 0-${size - 1}/${size}`]);
    expect(server.requests[0]?.length).toBe(String(size));
    expect(server.stored().equals(bytes)).toBe(true);
  });

  it("sends a larger file in order, in fragments of whole 320 KiB, and tells how far it is", async () => {
    const size = 2 * FRAGMENT + 77;
    const { server, bytes, sent, upload } = await setup(size);

    const outcome = await upload();

    expect(outcome).toEqual({ kind: "uploaded" });
    expect(FRAGMENT % (320 * 1024)).toBe(0);
    expect(FRAGMENT).toBeLessThan(60 * 1024 * 1024);
    expect(ranges(server)).toEqual([
      `bytes 0-${FRAGMENT - 1}/${size}`,
      `bytes ${FRAGMENT}-${2 * FRAGMENT - 1}/${size}`,
      `bytes ${2 * FRAGMENT}-${size - 1}/${size}`,
    ]);
    expect(sent).toEqual([FRAGMENT, 2 * FRAGMENT, size]);
    expect(server.stored().equals(bytes)).toBe(true);
  });

  it("sends no token or cookie", async () => {
    const { server, upload } = await setup(100);

    await upload();

    expect(Object.keys(server.requests[0]?.headers ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/auth|cookie/i)]),
    );
  });

  it("sends nothing to a host that is not trusted, or to what is no address", async () => {
    const { server, upload } = await setup(100);

    const elsewhere = await upload({ url: server.url.replace("127.0.0.1", "localhost") });
    const nowhere = await upload({ url: "not an address" });

    expect([elsewhere, nowhere]).toEqual([{ kind: "untrusted" }, { kind: "untrusted" }]);
    expect(server.requests).toEqual([]);
  });

  it.each([500, 502, 503, 504, 408, 429])("sends a fragment again after %i", async (status) => {
    const { server, bytes, clock, upload } = await setup(FRAGMENT + 10, statusAt([1, 3], status));

    const outcome = await upload();

    expect(outcome).toEqual({ kind: "uploaded" });
    expect(clock.slept).toEqual([1_000, 1_000]);
    expect(server.stored().equals(bytes)).toBe(true);
  });

  it("waits for as long as it is asked to", async () => {
    const { clock, upload } = await setup(100, statusAt([1], 429, { "Retry-After": "17" }));

    const outcome = await upload();

    expect(outcome).toEqual({ kind: "uploaded" });
    expect(clock.slept).toEqual([17_000]);
  });

  it("gives up at once when it is asked to wait for longer than anybody waits", async () => {
    const { server, upload } = await setup(100, statusAt(ALWAYS, 503, { "Retry-After": "3600" }));

    const outcome = await upload();

    expect(outcome).toEqual({ kind: "unreachable" });
    expect(ranges(server)).toHaveLength(1);
  });

  it("gives up after five tries with growing pauses", async () => {
    const { server, clock, upload } = await setup(100, statusAt(ALWAYS, 500));

    const outcome = await upload();

    expect(outcome).toEqual({ kind: "unreachable" });
    expect(ranges(server)).toHaveLength(5);
    expect(clock.slept).toEqual([1_000, 2_000, 4_000, 8_000]);
  });

  it.each([301, 307, 400, 401, 403, 404, 409, 507])(
    "takes %i for a refusal and follows nothing",
    async (status) => {
      const { server, upload } = await setup(100, statusAt([1], status, { Location: "/elsewhere" }));

      const outcome = await upload();

      expect(outcome).toEqual({ kind: "refused", status });
      expect(server.requests).toHaveLength(1);
    },
  );

  it("goes on where the session is when a connection was cut before the bytes were stored", async () => {
    const { server, bytes, upload } = await setup(2 * FRAGMENT + 5, ({ number }, response) =>
      number === 2 ? cut(response) : false,
    );

    const outcome = await upload();

    expect(outcome).toEqual({ kind: "uploaded" });
    expect(server.requests.map(({ method }) => method)).toEqual(["PUT", "PUT", "GET", "PUT", "PUT"]);
    expect(server.stored().equals(bytes)).toBe(true);
  });

  it("sends nothing twice when only the answer was lost", async () => {
    const { server, bytes, upload } = await setup(2 * FRAGMENT + 5, ({ number, store }, response) => {
      if (number !== 2) {
        return false;
      }
      store();
      return cut(response);
    });

    const outcome = await upload();

    expect(outcome).toEqual({ kind: "uploaded" });
    expect(ranges(server)).toHaveLength(3);
    expect(server.stored().equals(bytes)).toBe(true);
  });

  it("says that the file may be there when the last answer was lost", async () => {
    const { server, bytes, upload } = await setup(FRAGMENT + 5, ({ isLast, number, store }, response) => {
      if (!isLast || number > 2) {
        return false;
      }
      store();
      return cut(response);
    });

    const outcome = await upload();

    expect(outcome).toEqual({ kind: "unconfirmed" });
    expect(server.stored().equals(bytes)).toBe(true);
  });

  it("says that the service is not reached, not that the file may be there, when nobody listens", async () => {
    const { upload } = await setup(100);

    const outcome = await upload({ url: await deadAddress() });

    expect(outcome).toEqual({ kind: "unreachable" });
  });

  it("takes a service that does not answer in time for one that is not there, and tries again", async () => {
    const { server, bytes, upload } = await setup(FRAGMENT + 5, ({ number }) => number === 1);

    const outcome = await upload();

    expect(outcome).toEqual({ kind: "uploaded" });
    expect(server.stored().equals(bytes)).toBe(true);
  });

  it("ends when it is stopped in the middle of a request", async () => {
    const stop = new AbortController();
    const { upload } = await setup(100, () => {
      stop.abort(new Error("stopped"));
      return true;
    });

    await expect(upload({ signal: stop.signal })).rejects.toThrow("stopped");
  });

  it("keeps the address, which holds a secret, out of the log", async () => {
    const { log, upload } = await setup(100, statusAt([1], 500));

    await upload();

    expect(log.text()).toContain('"status":500');
    expect(log.text()).not.toContain("secret-7f3a");
  });
});
