import { describe, expect, test } from "vitest";
import { createCohort } from "../../src/collect/cohort.ts";
import { createPersonIndex } from "../../src/graph/person-index.ts";
import { NOW } from "../graph/setup.ts";

const cohortOf = () => createCohort(() => createPersonIndex(NOW, new Uint8Array(16)));

describe("the people of a collection", () => {
  test("are those of its events, until it ends", async () => {
    const cohort = cohortOf();

    await cohort.during(async () => {
      expect(cohort.current()).toBeUndefined();
      const index = cohort.begin();
      expect(index).toBeDefined();
      expect(cohort.current()).toBe(index);
    });

    expect(cohort.current()).toBeUndefined();
  });

  test("are kept until the last of two collections has ended", async () => {
    const cohort = cohortOf();
    const short = cohort.during(async () => undefined);

    const index = await cohort.during(async () => {
      const begun = cohort.begin();
      await short;
      return begun === cohort.current() ? begun : undefined;
    });

    expect(index).toBeDefined();
    expect(cohort.current()).toBeUndefined();
  });

  test("are forgotten when it fails", async () => {
    const cohort = cohortOf();
    const failing = cohort.during(async () => {
      cohort.begin();
      throw new Error("Graph is away");
    });

    await expect(failing).rejects.toThrow("Graph is away");
    expect(cohort.current()).toBeUndefined();
  });

  test("are nobody's outside of a collection", () => {
    const cohort = cohortOf();

    expect(cohort.begin()).toBeUndefined();
    expect(cohort.current()).toBeUndefined();
  });
});
