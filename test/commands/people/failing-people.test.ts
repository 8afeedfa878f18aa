import { describe, expect, test } from "vitest";
import { byPerson } from "../../../src/commands/people/failing-people.ts";
import type { PersonTry } from "../../../src/ports/people.ts";

type FailedTry = PersonTry & { readonly name: string; readonly userPrincipalName: string };

function failure(userPrincipalName: string, hour: number, reason = "other"): FailedTry {
  const at = new Date(Date.UTC(2026, 10, 20, hour));
  const name = userPrincipalName.split("@")[0] ?? "";
  return { userPrincipalName, name, at, reason, feature: "reset", method: "email", isSuccess: false };
}

async function* pages(...given: readonly (readonly FailedTry[])[]): AsyncIterable<readonly FailedTry[]> {
  yield* given;
}

describe("failed tries as people", () => {
  test("are counted per person over all pages, most failures first, then the latest", async () => {
    const { people, isPartial } = await byPerson(
      pages(
        [failure("a@x.example", 1), failure("b@x.example", 2)],
        [],
        [failure("c@x.example", 3), failure("b@x.example", 1)],
      ),
    );

    expect(people.map(({ userPrincipalName, failures }) => [userPrincipalName, failures])).toEqual([
      ["b@x.example", 2],
      ["c@x.example", 1],
      ["a@x.example", 1],
    ]);
    expect(isPartial).toBe(false);
  });

  test("give the reason of the last failure, in whichever order they come", async () => {
    const { people } = await byPerson(
      pages([failure("a@x.example", 5, "late"), failure("A@X.example", 1, "early")]),
    );

    expect(people).toEqual([
      {
        name: "a",
        userPrincipalName: "a@x.example",
        failures: 2,
        lastAt: new Date("2026-11-20T05:00:00Z"),
        ...{ reason: "late", method: "email", feature: "reset" },
      },
    ]);
  });

  test("are kept of so many people alone, and it is told that there are more", async () => {
    const { people, isPartial } = await byPerson(
      pages([failure("a@x.example", 1), failure("b@x.example", 2), failure("a@x.example", 3)]),
      1,
    );

    expect(people).toMatchObject([{ userPrincipalName: "a@x.example", failures: 2 }]);
    expect(isPartial).toBe(true);
  });
});
