import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createExports, type ExportOrder, type Exports, type Put } from "../../src/export/exports.ts";
import { type Produce, spoolTable, type Table } from "../../src/export/table.ts";
import type { Clock } from "../../src/kernel/clock.ts";
import { AppError } from "../../src/kernel/problem.ts";
import { bytesOf, HEAD, readCsv, type TestSpool, testSpool } from "./setup.ts";

const HOUR = 60 * 60_000;
const OWNER = { conversationId: "a:personal", userId: "29:ana" };
const TABLE: Table<number> = {
  report: "usage",
  columns: [
    { name: "number", cell: (value) => value },
    { name: "text", cell: (value) => `=${value}` },
    { name: "nothing", cell: () => undefined },
  ],
};

type Order = ExportOrder<string>;

function orderOf(produce: Produce<number>): Order {
  return {
    owner: OWNER,
    name: "usage.csv",
    about: "usage",
    make: (spool, options) => spoolTable(spool, TABLE, produce, options),
  };
}

const ORDER = orderOf(async (write) => {
  await write([1, 2]);
  await write([3]);
  return HEAD;
});

/** Time moves only when it is told to; whoever sleeps wakes when that is due. */
function handClock(): Clock & { advance(milliseconds: number): void } {
  let now = HEAD.exportedAt.getTime();
  const sleepers = new Set<{ readonly due: number; readonly wake: () => void }>();
  return {
    now: () => new Date(now),
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const sleeper = { due: now + milliseconds, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener("abort", () => reject(signal.reason));
      }),
    advance(milliseconds) {
      now += milliseconds;
      for (const sleeper of sleepers) {
        if (sleeper.due <= now) {
          sleepers.delete(sleeper);
          sleeper.wake();
        }
      }
    },
  };
}

interface Setup {
  readonly exports: Exports<string>;
  readonly spool: TestSpool;
  readonly clock: ReturnType<typeof handClock>;
  files(): Promise<number>;
}

async function setup({ limit = 1e9, most = { all: 3, own: 2 } } = {}): Promise<Setup> {
  const spool = await testSpool(limit);
  const clock = handClock();
  const exports = createExports<string>({
    spool,
    clock,
    randomBytes,
    lifetime: HOUR,
    most,
    onFault: (thrown) => expect.unreachable(String(thrown)),
  });
  onTestFinished(() => exports.close());
  return { exports, spool, clock, files: async () => (await readdir(spool.directory)).length };
}

function started(exports: Exports<string>, order: Order) {
  const outcome = exports.start(order);
  if (outcome.kind !== "started") {
    throw new Error(`it is ${outcome.kind}`);
  }
  return outcome;
}

/** Goes on until it is stopped, as a reading does. */
const ENDLESS = orderOf(async (write, signal) => {
  await write([1]);
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
});

const uploaded: Put = async () => ({ kind: "uploaded" });

describe("an export", () => {
  it("is spooled with what it is about first, and then waits", async () => {
    const { exports } = await setup();
    let text = "";

    const { id, spooled } = started(exports, ORDER);
    const state = await spooled;
    await exports.upload(id, OWNER, async (file) => {
      text = (await bytesOf(file)).toString();
      return { kind: "uploaded" };
    });

    expect(state).toEqual({
      kind: "ready",
      rows: 3,
      size: Buffer.byteLength(text),
      until: new Date("2026-08-03T11:00:00Z"),
    });
    expect(text.startsWith("\uFEFF")).toBe(true);
    expect(readCsv(text.slice(1))).toEqual([
      ["authPulseExport", "usage", ""],
      ["exportedAt", "2026-08-03T10:00:00.000Z", ""],
      ["tenantId", "11111111-2222-4333-8444-555555555555", ""],
      ["graphHost", "graph.microsoft.com", ""],
      ["reader", "events", ""],
      ["readAt", "2026-08-03T09:58:00.000Z", ""],
      ["filter.period", "D7", ""],
      ["total.people", "3", ""],
      ["rows", "3", ""],
      ["", "", ""],
      ["number", "text", "nothing"],
      ["1", "'=1", ""],
      ["2", "'=2", ""],
      ["3", "'=3", ""],
    ]);
  });

  it("tells how many rows have been read", async () => {
    const { exports } = await setup();

    const { id } = started(exports, ENDLESS);
    const atFirst = exports.get(id, OWNER);

    expect(atFirst).toEqual({ id, name: "usage.csv", about: "usage", state: { kind: "spooling", rows: 0 } });
    await vi.waitFor(() => expect(exports.get(id, OWNER)?.state).toEqual({ kind: "spooling", rows: 1 }));
  });

  it("has an id of 128 bits that nobody can guess", async () => {
    const { exports } = await setup();

    const [one, other] = [started(exports, ORDER).id, started(exports, ORDER).id];

    expect(one).toMatch(/^[0-9a-f]{32}$/);
    expect(other).not.toBe(one);
  });

  it.each([
    { conversationId: "a:other", userId: OWNER.userId },
    { conversationId: OWNER.conversationId, userId: "29:bob" },
  ])("is not there for %o", async (other) => {
    const { exports } = await setup();
    const { id, spooled } = started(exports, ORDER);
    await spooled;
    const put = vi.fn(uploaded);

    const seen = [
      exports.get(id, other),
      await exports.cancel(id, other),
      await exports.upload(id, other, put),
    ];

    expect(seen).toEqual([undefined, undefined, undefined]);
    expect(put).not.toHaveBeenCalled();
    expect(exports.get(id, OWNER)?.state.kind).toBe("ready");
  });

  it("is uploaded once, with its progress, and leaves no file", async () => {
    const { exports, files } = await setup();
    const { id, spooled } = started(exports, ORDER);
    await spooled;
    const under: unknown[] = [];
    const put = vi.fn<Put>(async (_file, { onSent }) => {
      onSent(5);
      under.push(exports.get(id, OWNER)?.state, (await exports.upload(id, OWNER, put))?.state.kind);
      return { kind: "uploaded" };
    });

    const end = await exports.upload(id, OWNER, put);
    const again = await exports.upload(id, OWNER, put);

    expect(under).toEqual([expect.objectContaining({ kind: "uploading", sent: 5, rows: 3 }), "uploading"]);
    expect(end?.state).toMatchObject({ kind: "done", rows: 3 });
    expect(again).toEqual(end);
    expect(put).toHaveBeenCalledOnce();
    expect(await files()).toBe(0);
  });

  it("cannot be uploaded before it is complete", async () => {
    const { exports } = await setup();
    const { id } = started(exports, ENDLESS);
    const put = vi.fn(uploaded);

    const seen = await exports.upload(id, OWNER, put);

    expect(seen?.state.kind).toBe("spooling");
    expect(put).not.toHaveBeenCalled();
  });

  it("says why it was not uploaded, and leaves no file", async () => {
    const { exports, files } = await setup();
    const { id, spooled } = started(exports, ORDER);
    await spooled;

    const end = await exports.upload(id, OWNER, async () => ({ kind: "refused", status: 507 }));

    expect(end?.state).toEqual({ kind: "not-uploaded", outcome: { kind: "refused", status: 507 } });
    expect(await files()).toBe(0);
  });

  it("leaves no file when the upload fails in a way that nobody foresaw", async () => {
    const { exports, files } = await setup();
    const { id, spooled } = started(exports, ORDER);
    await spooled;

    const end = await exports.upload(id, OWNER, async () => Promise.reject(new Error("odd")));

    expect(end?.state).toMatchObject({ kind: "failed", problem: { code: "INTERNAL" } });
    expect(await files()).toBe(0);
  });

  it("is stopped while it is read", async () => {
    const { exports, files } = await setup();
    const { id, spooled } = started(exports, ENDLESS);
    await vi.waitFor(() => expect(exports.get(id, OWNER)?.state).toMatchObject({ rows: 1 }));

    const end = await exports.cancel(id, OWNER);

    expect(end?.state).toEqual({ kind: "cancelled" });
    expect(await spooled).toEqual({ kind: "cancelled" });
    expect(await files()).toBe(0);
  });

  it("is stopped even where reading does not listen", async () => {
    const { exports, files } = await setup();
    const { id, spooled } = started(exports, ORDER);

    const end = await exports.cancel(id, OWNER);

    expect(end?.state).toEqual({ kind: "cancelled" });
    expect(await spooled).toEqual({ kind: "cancelled" });
    expect(await files()).toBe(0);
  });

  it("is refused by its owner while it waits", async () => {
    const { exports, files } = await setup();
    const { id, spooled } = started(exports, ORDER);
    await spooled;

    const end = await exports.cancel(id, OWNER);

    expect(end?.state).toEqual({ kind: "cancelled" });
    expect(await files()).toBe(0);
  });

  it("is stopped while it is uploaded, and stays so", async () => {
    const { exports, files } = await setup();
    const { id, spooled } = started(exports, ORDER);
    await spooled;
    const uploading = exports.upload(
      id,
      OWNER,
      (_file, { signal, onSent }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => {
            onSent(1);
            reject(signal.reason);
          });
        }),
    );

    await exports.cancel(id, OWNER);

    expect((await uploading)?.state).toEqual({ kind: "cancelled" });
    expect(await files()).toBe(0);
  });

  it("keeps the end that it had when it is cancelled afterwards", async () => {
    const { exports } = await setup();
    const { id, spooled } = started(exports, ORDER);
    await spooled;
    await exports.upload(id, OWNER, uploaded);

    const end = await exports.cancel(id, OWNER);

    expect(end?.state.kind).toBe("done");
  });

  it("fails as the reading does, and leaves no file", async () => {
    const { exports, files } = await setup();
    const failing = orderOf(async (write) => {
      await write([1]);
      throw new AppError("GRAPH-THROTTLED");
    });
    const { spooled } = started(exports, failing);

    const state = await spooled;

    expect(state).toMatchObject({ kind: "failed", problem: { code: "GRAPH-THROTTLED" } });
    expect(await files()).toBe(0);
  });

  it("fails when it is larger than a file may be, and leaves nothing", async () => {
    const { exports, files } = await setup({ limit: 50 });

    const state = await started(exports, ORDER).spooled;

    expect(state).toMatchObject({ kind: "failed", problem: { code: "EXPORT-TOO-LARGE" } });
    expect(await files()).toBe(0);
  });

  it("tells once how it ended, and a close waits for that", async () => {
    const { exports } = await setup();
    const told: string[] = [];
    const order: Order = {
      ...ORDER,
      async onEnd({ kind }) {
        await new Promise(setImmediate);
        told.push(kind);
      },
    };
    const [first, second] = [started(exports, order), started(exports, order)];
    await Promise.all([first.spooled, second.spooled]);

    await exports.cancel(first.id, OWNER, "declined");
    await exports.cancel(first.id, OWNER);
    await exports.close();

    expect(told).toEqual(["declined", "stopped"]);
  });

  it("gives its file while it is ready, and to its owner alone", async () => {
    const { exports } = await setup();
    const { id, spooled } = started(exports, ORDER);
    const before = exports.file(id, OWNER);
    await spooled;

    const [own, other] = [exports.file(id, OWNER), exports.file(id, { ...OWNER, userId: "29:ben" })];

    expect([before, other]).toEqual([undefined, undefined]);
    expect((own && (await bytesOf(own)))?.toString()).toContain("authPulseExport,usage");
  });

  it("waits for an hour after it is ready, and is gone then", async () => {
    const { exports, clock, files } = await setup();
    const { id, spooled } = started(exports, ORDER);
    await spooled;

    clock.advance(HOUR - 1);
    const before = exports.get(id, OWNER)?.state.kind;
    clock.advance(1);
    await vi.waitFor(async () => expect(await files()).toBe(0));

    expect(before).toBe("ready");
    expect(exports.get(id, OWNER)?.state).toEqual({ kind: "expired" });
    expect((await exports.upload(id, OWNER, uploaded))?.state).toEqual({ kind: "expired" });
  });

  it("does not expire while it is uploaded", async () => {
    const { exports, clock } = await setup();
    const { id, spooled } = started(exports, ORDER);
    await spooled;

    const end = await exports.upload(id, OWNER, async (file) => {
      clock.advance(2 * HOUR);
      await bytesOf(file);
      return { kind: "uploaded" };
    });

    expect(end?.state.kind).toBe("done");
  });

  it("is forgotten an hour after its end", async () => {
    const { exports, clock } = await setup();
    const { id, spooled } = started(exports, ORDER);
    await spooled;
    await exports.cancel(id, OWNER);

    clock.advance(HOUR);
    await started(exports, ORDER).spooled;

    expect(exports.get(id, OWNER)).toBeUndefined();
  });
});

describe("exports", () => {
  it("refuse more at a time than one person may have, until one of them ends", async () => {
    const { exports } = await setup();
    const first = started(exports, ORDER);
    started(exports, ORDER);

    const refused = exports.start({ ...ORDER, owner: { ...OWNER, conversationId: "a:other" } });
    await exports.cancel(first.id, OWNER);
    const afterwards = exports.start(ORDER);

    expect(refused).toEqual({ kind: "busy", whose: "own", most: 2 });
    expect(afterwards.kind).toBe("started");
  });

  it("refuse more at a time than all may have", async () => {
    const { exports } = await setup();
    for (const userId of ["29:a", "29:b", "29:c"]) {
      started(exports, { ...ORDER, owner: { ...OWNER, userId } });
    }

    expect(exports.start(ORDER)).toEqual({ kind: "busy", whose: "all", most: 3 });
  });

  it("leave no file when they are closed", async () => {
    const { exports, files } = await setup();
    started(exports, ENDLESS);
    await started(exports, ORDER).spooled;

    await exports.close();

    expect(await files()).toBe(0);
  });
});
