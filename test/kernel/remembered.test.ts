import { expect, test } from "vitest";
import { remembered } from "../../src/kernel/remembered.ts";

function counted(most?: number) {
  const made: string[] = [];
  const of = remembered((text) => {
    made.push(text);
    return text === "no" ? false : { text };
  }, most);
  return { of, made };
}

test("makes the same once", () => {
  const { of, made } = counted();

  expect(of("a")).toBe(of("a"));
  expect(made).toEqual(["a"]);
});

test("remembers a false, too", () => {
  const { of, made } = counted();

  expect([of("no"), of("no")]).toEqual([false, false]);
  expect(made).toEqual(["no"]);
});

test("keeps no more than it may, and goes on giving what is right", () => {
  const { of, made } = counted(2);

  for (const text of ["a", "b", "c", "a", "c"]) {
    expect(of(text)).toEqual({ text });
  }

  expect(made).toEqual(["a", "b", "c", "a"]);
});

test("does not keep a fault", () => {
  let tries = 0;
  const of = remembered(() => {
    tries += 1;
    if (tries === 1) {
      throw new Error("no");
    }
    return tries;
  });

  expect(() => of("a")).toThrow("no");
  expect(of("a")).toBe(2);
});
