import { describe, expect, test } from "vitest";
import type { Queries, Row } from "../../src/store/database.ts";
import { remembering } from "../../src/store/remembering.ts";

const ONE = "SELECT name FROM authpulse.one WHERE tenant_id = $1";
const OTHER = "SELECT name FROM authpulse.other WHERE tenant_id = $1";

/** A database that numbers its answers, so that a remembered one is told from a new one. */
function numbered(answer: (sql: string, count: number) => Promise<readonly Row[]>) {
  const asked: string[] = [];
  const query: Queries["query"] = (sql) => {
    asked.push(sql);
    return answer(sql, asked.length);
  };
  const database = remembering({
    kind: "embedded",
    query,
    transaction: (work) => work({ query }),
    close: async () => undefined,
  });
  return { database, asked };
}

const counting = () => numbered(async (_sql, count) => [{ count }]);

describe("what was read", () => {
  test("is given again without asking", async () => {
    const { database, asked } = counting();

    const [first, second] = [await database.read(ONE, ["a"]), await database.read(ONE, ["a"])];

    expect(second).toEqual(first);
    expect(asked).toEqual([ONE]);
  });

  test("is asked once by those who ask at the same time", async () => {
    const { database, asked } = counting();

    await Promise.all([database.read(ONE, ["a"]), database.read(ONE, ["a"])]);

    expect(asked).toEqual([ONE]);
  });

  test("is not given for other parameters, also of another type", async () => {
    const { database, asked } = counting();

    for (const parameter of ["1", 1, new Date(0), null]) {
      await database.read(ONE, [parameter]);
    }

    expect(asked).toHaveLength(4);
  });

  test.for([
    ["a statement that names its table", "DELETE FROM authpulse.one", true],
    ["a statement that names none", "SELECT something()", true],
    ["a statement that names another table", "DELETE FROM authpulse.other", false],
    ["one whose table begins with the same word", "DELETE FROM authpulse.one_more", false],
  ] as const)("after %s is asked anew: %s, %s", async ([, written, isAnew]) => {
    const { database } = counting();
    const before = await database.read(ONE, ["a"]);

    await database.query(written);

    const after = await database.read(ONE, ["a"]);
    expect(after[0] !== before[0]).toBe(isAnew);
  });

  test("is asked anew after a transaction that wrote its table, also one that failed", async () => {
    const { database, asked } = counting();
    await database.read(ONE, ["a"]);
    await database.read(OTHER, ["a"]);

    const failing = database.transaction(async ({ query }) => {
      await query("UPDATE authpulse.one SET name = $1", ["b"]);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    await database.read(ONE, ["a"]);
    await database.read(OTHER, ["a"]);

    expect(asked.filter((sql) => sql === ONE)).toHaveLength(2);
    expect(asked.filter((sql) => sql === OTHER)).toHaveLength(1);
  });

  test("while a transaction writes it is not kept beyond its end", async () => {
    const { database, asked } = counting();

    await database.transaction(async ({ query }) => {
      await query("UPDATE authpulse.one SET name = $1", ["b"]);
      await database.read(ONE, ["a"]);
    });
    await database.read(ONE, ["a"]);

    expect(asked.filter((sql) => sql === ONE)).toHaveLength(2);
  });

  test("is asked again after a fault, which everybody who waits hears of", async () => {
    const { database } = numbered(async (_sql, count) => {
      if (count === 1) {
        throw new Error("away");
      }
      return [{ count }];
    });

    const both = [database.read(ONE, ["a"]), database.read(ONE, ["a"])];

    await expect(both[0]).rejects.toThrow("away");
    await expect(both[1]).rejects.toThrow("away");
    expect(await database.read(ONE, ["a"])).toEqual([{ count: 2 }]);
  });

  test("is forgotten when the database is closed", async () => {
    const { database, asked } = counting();
    await database.read(ONE, ["a"]);

    await database.close();
    await database.read(ONE, ["a"]);

    expect(asked).toHaveLength(2);
  });
});
