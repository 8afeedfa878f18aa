import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createSpool, type Spool, type SpooledFile } from "../../src/export/spool.ts";
import type { Head } from "../../src/export/table.ts";
import type { TenantId } from "../../src/kernel/ids.ts";
import { emptyDirectory } from "../support/data-directory.ts";

export const HEAD: Head = {
  exportedAt: new Date("2026-08-03T10:00:00Z"),
  source: {
    tenantId: "11111111-2222-4333-8444-555555555555" as TenantId,
    graphHost: "graph.microsoft.com",
  },
  reader: "events",
  readAt: new Date("2026-08-03T09:58:00Z"),
  filters: { period: "D7" },
  totals: { people: 3 },
};

export interface TestSpool extends Spool {
  readonly directory: string;
}

/** A spool in a folder of its own, with real keys. */
export async function testSpool(limit = 1e9): Promise<TestSpool> {
  const { path, remove } = await emptyDirectory();
  onTestFinished(remove);
  const directory = join(path, "spool");
  return { directory, ...(await createSpool({ directory, limit, randomBytes })) };
}

export async function spooled(spool: Spool, head: Buffer, ...body: readonly Buffer[]): Promise<SpooledFile> {
  const writer = await spool.create();
  for (const bytes of body) {
    await writer.write(bytes);
  }
  return writer.finish(head);
}

export async function piecesOf(file: SpooledFile, from?: number, to?: number): Promise<readonly Buffer[]> {
  const pieces: Buffer[] = [];
  for await (const piece of file.read(from, to)) {
    pieces.push(piece);
  }
  return pieces;
}

export async function bytesOf(file: SpooledFile, from?: number, to?: number): Promise<Buffer> {
  return Buffer.concat(await piecesOf(file, from, to));
}

/**
 * Reads CSV as RFC 4180 has it, character by character and nothing more; throws at what the grammar does not allow.
 * Written from the grammar of the RFC, so that it shares no mistake with what writes.
 */
export function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const row: string[] = [];
    for (;;) {
      const { value, next } = text[at] === '"' ? quotedAt(text, at) : plainAt(text, at);
      row.push(value);
      at = next;
      if (text[at] !== ",") {
        break;
      }
      at += 1;
    }
    if (text.slice(at, at + 2) !== "\r\n") {
      throw new Error(`no end of line at ${at}`);
    }
    at += 2;
    rows.push(row);
  }
  return rows;
}

interface Cell {
  readonly value: string;
  readonly next: number;
}

function plainAt(text: string, start: number): Cell {
  let next = start;
  while (next < text.length && !',"\r\n'.includes(text.charAt(next))) {
    next += 1;
  }
  return { value: text.slice(start, next), next };
}

function quotedAt(text: string, start: number): Cell {
  let value = "";
  for (let next = start + 1; next < text.length; next += 1) {
    const character = text.charAt(next);
    if (character !== '"') {
      value += character;
    } else if (text[next + 1] === '"') {
      value += '"';
      next += 1;
    } else {
      return { value, next: next + 1 };
    }
  }
  throw new Error("a quote without an end");
}
