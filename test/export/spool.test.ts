import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CHUNK } from "../../src/export/cipher.ts";
import { createSpool } from "../../src/export/spool.ts";
import { bytesOf, piecesOf, spooled, type TestSpool, testSpool } from "./setup.ts";

const HEAD = Buffer.from("head");

async function onlyFile({ directory }: TestSpool): Promise<string> {
  const [name = "", ...others] = await readdir(directory);
  expect(others).toEqual([]);
  return join(directory, name);
}

/** Around the edges of chunks, where mistakes live. */
const length = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: -2, max: 2 })).map(([n, by]) => n * CHUNK + by),
);

describe("a spooled file", () => {
  it("gives back the head and then the body, whatever their sizes and in whatever pieces they came", async () => {
    const spool = await testSpool();
    await fc.assert(
      fc.asyncProperty(length, fc.array(length, { maxLength: 3 }), async (headLength, lengths) => {
        const head = randomBytes(headLength);
        const body = lengths.map((size) => randomBytes(size));

        const file = await spooled(spool, head, ...body);
        const read = await bytesOf(file);

        const whole = Buffer.concat([head, ...body]);
        expect(file.size).toBe(whole.length);
        expect(read.equals(whole)).toBe(true);
        await file.remove();
      }),
      { numRuns: 40 },
    );
  });

  it("gives back any range of it, without empty pieces", async () => {
    const spool = await testSpool();
    const head = randomBytes(CHUNK + 5);
    const body = randomBytes(2 * CHUNK + 7);
    const whole = Buffer.concat([head, body]);
    const file = await spooled(spool, head, body);
    const place = fc
      .oneof(length, fc.integer({ min: 0, max: whole.length }))
      .filter((at) => at <= whole.length);

    await fc.assert(
      fc.asyncProperty(place, place, async (one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];

        const read = await piecesOf(file, from, to);

        expect(Buffer.concat(read).equals(whole.subarray(from, to))).toBe(true);
        expect(read.filter((piece) => piece.length === 0)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it.skipIf(process.platform === "win32")(
    "is readable for its owner alone, in a folder that is, too",
    async () => {
      const spool = await testSpool();

      await spooled(spool, HEAD);

      expect((await stat(spool.directory)).mode & 0o777).toBe(0o700);
      expect((await stat(await onlyFile(spool))).mode & 0o777).toBe(0o600);
    },
  );

  it("shows nothing of what it holds on the disk", async () => {
    const spool = await testSpool();

    await spooled(spool, Buffer.from("totals"), Buffer.from("ana@example.com".repeat(1000)));
    const raw = await readFile(await onlyFile(spool));

    expect(raw.includes("totals")).toBe(false);
    expect(raw.includes("ana@")).toBe(false);
  });

  it("encrypts equal files differently", async () => {
    const spool = await testSpool();

    await spooled(spool, HEAD, Buffer.alloc(500));
    await spooled(spool, HEAD, Buffer.alloc(500));
    const [one, other] = await Promise.all(
      (await readdir(spool.directory)).map((name) => readFile(join(spool.directory, name))),
    );

    expect(one?.length).toBe(other?.length);
    expect(one).not.toEqual(other);
  });

  it("is refused as a whole when a byte was changed, wherever it stands", async () => {
    const spool = await testSpool();
    const file = await spooled(spool, HEAD, randomBytes(CHUNK + 100));
    const path = await onlyFile(spool);
    const raw = await readFile(path);

    await fc.assert(
      fc.asyncProperty(fc.nat(raw.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = Buffer.from(raw);
        changed[at] = (changed[at] ?? 0) ^ flip;
        await writeFile(path, changed);

        await expect(bytesOf(file)).rejects.toMatchObject({ code: "STORE-UNAVAILABLE" });
      }),
      { numRuns: 40 },
    );
    await writeFile(path, raw);
    expect((await bytesOf(file)).length).toBe(file.size);
  });

  it("is refused when its chunks were swapped", async () => {
    const spool = await testSpool();
    const file = await spooled(spool, HEAD, randomBytes(2 * CHUNK));
    const path = await onlyFile(spool);
    const raw = await readFile(path);
    const sealed = CHUNK + 16;

    await writeFile(
      path,
      Buffer.concat([raw.subarray(sealed, 2 * sealed), raw.subarray(0, sealed), raw.subarray(2 * sealed)]),
    );

    await expect(bytesOf(file)).rejects.toMatchObject({ code: "STORE-UNAVAILABLE" });
  });

  it.each([1, 16, 20, CHUNK + 16])("is refused when %i bytes at its end are gone", async (missing) => {
    const spool = await testSpool();
    const file = await spooled(spool, HEAD, randomBytes(2 * CHUNK));
    const path = await onlyFile(spool);
    const { size } = await stat(path);

    await truncate(path, size - missing);

    await expect(bytesOf(file)).rejects.toMatchObject({ code: "STORE-UNAVAILABLE" });
  });

  it("leaves nothing when it is removed, also twice", async () => {
    const spool = await testSpool();
    const file = await spooled(spool, HEAD);

    await file.remove();
    await file.remove();

    expect(await readdir(spool.directory)).toEqual([]);
    await expect(bytesOf(file)).rejects.toMatchObject({ code: "STORE-UNAVAILABLE" });
  });

  it("cannot be opened after it was removed, even from a copy", async () => {
    const spool = await testSpool();
    const file = await spooled(spool, HEAD);
    const path = await onlyFile(spool);
    const copy = await readFile(path);

    await file.remove();
    await writeFile(path, copy);

    await expect(bytesOf(file)).rejects.toMatchObject({ code: "STORE-UNAVAILABLE" });
  });
});

describe("a spool", () => {
  it("refuses a byte more than its limit, head included, and leaves nothing of it", async () => {
    const spool = await testSpool(100);
    const fits = await spooled(spool, Buffer.alloc(40), Buffer.alloc(60));
    await fits.remove();
    const writer = await spool.create();
    await writer.write(Buffer.alloc(61));

    await expect(writer.finish(Buffer.alloc(40))).rejects.toMatchObject({ code: "EXPORT-TOO-LARGE" });
    await writer.discard();

    expect(await readdir(spool.directory)).toEqual([]);
  });

  it("leaves nothing of a file that is discarded", async () => {
    const spool = await testSpool();
    const writer = await spool.create();
    await writer.write(randomBytes(3 * CHUNK));

    await writer.discard();

    expect(await readdir(spool.directory)).toEqual([]);
  });

  it("deletes at its start what an earlier process left", async () => {
    const { directory } = await testSpool();
    await writeFile(join(directory, "left"), "behind");
    await mkdir(join(directory, "folder"));

    await createSpool({ directory, limit: 100, randomBytes });

    expect(await readdir(directory)).toEqual([]);
  });

  it("says so when the folder cannot be used", async () => {
    const { directory } = await testSpool();
    await writeFile(join(directory, "file"), "");

    const start = createSpool({ directory: join(directory, "file"), limit: 100, randomBytes });

    await expect(start).rejects.toMatchObject({ code: "STORE-UNAVAILABLE", facts: { detail: /spool/ } });
  });

  it("says so when the folder has gone meanwhile", async () => {
    const spool = await testSpool();
    await rm(spool.directory, { recursive: true });

    await expect(spool.create()).rejects.toMatchObject({ code: "STORE-UNAVAILABLE" });
  });
});
