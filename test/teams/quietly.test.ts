import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { createQuietly } from "../../src/teams/quietly.ts";

function printer() {
  const printed: string[] = [];
  const error = (line: string): void => {
    printed.push(line);
  };
  return { printed, error, target: { error } };
}

test("prints nothing of the work, also after it has waited", async () => {
  const { printed, target } = printer();
  const quietly = createQuietly(target);

  await quietly(async () => {
    target.error("before");
    await setImmediate();
    target.error("after");
  });

  expect(printed).toEqual([]);
});

test("prints what other work says meanwhile", async () => {
  const { printed, target } = printer();
  const quietly = createQuietly(target);

  const muted = quietly(() => setImmediate());
  target.error("from elsewhere");
  await muted;

  expect(printed).toEqual(["from elsewhere"]);
});

test("leaves the console as it was, when the last of several ends and when one fails", async () => {
  const { error, target } = printer();
  const quietly = createQuietly(target);

  const long = quietly(async () => {
    await setImmediate();
    await setImmediate();
  });
  await expect(quietly(() => Promise.reject(new Error("refused")))).rejects.toThrow("refused");
  const wrapped = target.error;
  await long;

  expect(wrapped).not.toBe(error);
  expect(target.error).toBe(error);
});

test("leaves what was put in its place meanwhile", async () => {
  const { target } = printer();
  const quietly = createQuietly(target);
  const other = (): void => undefined;

  await quietly(async () => {
    target.error = other;
  });

  expect(target.error).toBe(other);
});
