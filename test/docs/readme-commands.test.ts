import { expect, test } from "vitest";
import { commandsOf, NOT_RUN } from "./readme-commands.ts";

test("every command that is not run has a reason, and stands in the README", () => {
  const typed = commandsOf("README.md").map(({ command }) => command);

  expect(typed.length).toBeGreaterThan(10);
  expect(Object.keys(NOT_RUN).filter((command) => !typed.includes(command))).toEqual([]);
});

test("no command that is run changes anything outside of its folder", () => {
  const run = commandsOf("README.md").filter(({ command }) => !(command in NOT_RUN));

  // A new kind of command has to be looked at before a test types it.
  const own =
    /^(npm ci && )?(npm (run (--silent )?(demo|ask|collect|package)|start)|node scripts\/run\.mjs)\b/;
  expect(run.filter(({ command }) => !own.test(command))).toEqual([]);
});
