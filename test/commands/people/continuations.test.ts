import { afterEach, describe, expect, test } from "vitest";
import type { Turn } from "../../../src/commands/answer.ts";
import { type Continuations, createContinuations } from "../../../src/commands/people/continuations.ts";
import type { UserId } from "../../../src/kernel/ids.ts";
import type { Question } from "../../../src/language/question.ts";
import { VIEWERS } from "../../../src/sample-tenant/viewers.ts";

const MINUTE = 60_000;
const QUESTION: Question = { command: "people", options: { filter: "without-mfa" } };

interface List {
  closed: boolean;
  close(): Promise<void>;
}

function list(): List {
  const made: List = {
    closed: false,
    async close() {
      made.closed = true;
    },
  };
  return made;
}

function turnOf(person: keyof typeof VIEWERS, conversation = "a:personal"): Turn {
  const viewer = { kind: "person", userId: VIEWERS[person].id as UserId };
  return { viewer, conversation } as unknown as Turn;
}

let now = 1;
let kept: Continuations<List>;

function started(): Continuations<List> {
  now = 1;
  kept = createContinuations<List>(() => now);
  return kept;
}

afterEach(() => kept.stop());

const OURS = turnOf("reportsReader");

describe("a list that is kept to turn its pages", () => {
  test("is found by its id, which cannot be guessed", () => {
    const { keep, find } = started();

    const { id, list: ours } = keep(QUESTION, OURS, list());

    expect(Buffer.from(id, "base64url")).toHaveLength(16);
    expect(find(id, QUESTION, OURS)).toEqual({ id, list: ours });
    expect(keep(QUESTION, OURS, list()).id).not.toBe(id);
  });

  test.each<[string, Question, Turn]>([
    ["another person", QUESTION, turnOf("globalAdministrator")],
    ["another conversation", QUESTION, turnOf("reportsReader", "a:other")],
    ["another list", { command: "people", options: { filter: "not-registered" } }, OURS],
    ["another scope", { command: "people", options: { filter: "without-mfa", scope: "guests" } }, OURS],
  ])("is not found for %s", (_whose, question, turn) => {
    const { keep, find, newest } = started();
    const { id } = keep(QUESTION, OURS, list());

    expect(find(id, question, turn)).toBeUndefined();
    expect(newest(question, turn)).toBeUndefined();
    expect(find("AAAAAAAAAAAAAAAAAAAAAA", QUESTION, OURS)).toBeUndefined();
  });

  test("is gone ten minutes after it was last used, and closed", () => {
    const { keep, find } = started();
    const { id, list: ours } = keep(QUESTION, OURS, list());

    now += 9 * MINUTE;
    expect(find(id, QUESTION, OURS)).toBeDefined();
    now += 9 * MINUTE;
    expect(find(id, QUESTION, OURS)).toBeDefined();
    now += 10 * MINUTE + 1;
    expect(find(id, QUESTION, OURS)).toBeUndefined();
    keep(QUESTION, OURS, list());

    expect(ours.closed).toBe(true);
  });

  test("makes room for newer ones, and is closed then", () => {
    const { keep, find, newest } = started();
    const { id, list: oldest } = keep(QUESTION, OURS, list());

    const others = Array.from({ length: 50 }, () => keep(QUESTION, OURS, list()));

    expect(find(id, QUESTION, OURS)).toBeUndefined();
    expect(oldest.closed).toBe(true);
    expect(newest(QUESTION, OURS)?.id).toBe(others.at(-1)?.id);
  });

  test("is closed with all others when the product is stopped", async () => {
    const { keep, stop, stopping } = started();
    const lists = [list(), list()];
    for (const one of lists) {
      keep(QUESTION, OURS, one);
    }

    await stop();

    expect(lists.map(({ closed }) => closed)).toEqual([true, true]);
    expect(stopping.aborted).toBe(true);
  });
});
