import { describe, expect, it } from "vitest";
import {
  isNear,
  nearestChange,
  SERVICE_CHANGES,
  type ServiceChange,
  serviceChangesFor,
} from "../../src/reference/service-changes.ts";
import { en } from "../../src/reference/words/en.ts";
import { announcedLine } from "../../src/reports/announced.ts";

const at = (day: string): Date => new Date(`${day}T00:00:00Z`);
const own = (changes: Partial<ServiceChange>): ServiceChange => ({
  id: "own",
  date: "2026-12-01",
  bends: ["usage"],
  text: "a firewall was replaced",
  ...changes,
});

describe("the table of service changes", () => {
  it("has the days that were announced", () => {
    expect(SERVICE_CHANGES.map(({ date, message }) => [date, message])).toEqual([
      ["2025-08-01", undefined],
      ["2026-11-09", "MC1325414"],
      ["2027-02-01", "MC1426371"],
      ["2027-07-01", "MC1426371"],
    ]);
  });

  it("leaves out what was announced for another cloud", () => {
    expect(serviceChangesFor("usgov").map(({ message }) => message)).toEqual(["MC1325414"]);
    expect(serviceChangesFor("global")).toHaveLength(4);
  });

  it("lets an entry take the place of the one with its id, and keeps the order of days", () => {
    const moved = own({ id: "sspr-registered-methods", date: "2026-12-24" });

    const changes = serviceChangesFor("global", [own({}), moved]);

    expect(changes.map(({ date }) => date)).toEqual([
      "2025-08-01",
      "2026-12-01",
      "2026-12-24",
      "2027-02-01",
      "2027-07-01",
    ]);
  });
});

describe("the change to be told", () => {
  it.each([
    ["2026-09-14", false],
    ["2026-09-15", true],
    ["2026-11-09", true],
    ["2026-12-06", true],
    ["2026-12-07", false],
  ])("is near on %s: %s", (day, isTold) => {
    expect(isNear({ ...own({}), date: "2026-11-09" }, at(day))).toBe(isTold);
  });

  it("is the nearest, and of equally near ones the one that comes", () => {
    const changes = [own({ id: "a", date: "2026-11-20" }), own({ id: "b", date: "2026-11-30" })];

    expect(nearestChange(changes, at("2026-11-22"))?.id).toBe("a");
    expect(nearestChange(changes, at("2026-11-25"))?.id).toBe("b");
    expect(nearestChange(changes, at("2027-11-25"))).toBeUndefined();
  });

  it("stands as announced, before and after its day", () => {
    expect(announcedLine(own({ message: "MC1" }), en, at("2026-12-01"))).toBe(
      "Since 1 Dec 2026, as announced: a firewall was replaced (MC1).",
    );
    expect(announcedLine(own({}), en, at("2026-11-30"))).toBe(
      "From 1 Dec 2026, as announced: a firewall was replaced.",
    );
  });
});
