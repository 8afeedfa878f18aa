import { expect, test } from "vitest";
import { createClosing } from "../../src/kernel/closing.ts";

test("closes what was opened, the latest first, one after the other", async () => {
  const closing = createClosing();
  const order: string[] = [];
  for (const what of ["directory", "store", "turns"]) {
    closing.add(what, async () => {
      order.push(`${what} begins`);
      await Promise.resolve();
      order.push(`${what} ends`);
    });
  }

  await closing.closeAll();

  expect(order).toEqual([
    "turns begins",
    "turns ends",
    "store begins",
    "store ends",
    "directory begins",
    "directory ends",
  ]);
});

test("says what it waits for, and closes nothing twice", async () => {
  const closing = createClosing();
  let end: () => void = () => undefined;
  let closed = 0;
  closing.add("the store", () => {
    closed += 1;
    return new Promise<void>((resolve) => {
      end = resolve;
    });
  });

  const both = [closing.closeAll(), closing.closeAll()];
  const during = closing.waitingFor();
  end();
  await Promise.all(both);

  expect([during, closing.waitingFor(), closed]).toEqual(["the store", undefined, 1]);
});

test("closes the rest where something fails, and then rejects with the first fault", async () => {
  const closing = createClosing();
  const closed: string[] = [];
  closing.add("the directory", async () => void closed.push("directory"));
  closing.add("the store", () => Promise.reject(new Error("the disk is gone")));

  await expect(closing.closeAll()).rejects.toThrow("the disk is gone");
  expect(closed).toEqual(["directory"]);
});
