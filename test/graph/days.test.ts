import { describe, expect, it } from "vitest";
import { daysReader } from "../../src/graph/readers/days.ts";
import type { DailyReport } from "../../src/ports/days.ts";
import { startLoopbackGraph } from "../support/loopback-graph.ts";
import { PASSWORDS_PATH, passwordDay, SIGN_INS_PATH, signInDay } from "./samples.ts";
import { clientOf, NOW, problemFrom, readOptions, testClock } from "./setup.ts";

async function reading<Report extends DailyReport>(report: Report, rows: readonly object[]) {
  const path = report === "passwords" ? PASSWORDS_PATH : SIGN_INS_PATH;
  const graph = await startLoopbackGraph({ path, answer: { json: { value: rows } } });
  const clock = testClock();
  return daysReader(report, { client: clientOf(graph.baseUrl, { clock }), clock }).read(readOptions());
}

describe("the readers of daily reports", () => {
  it("take the day in UTC from a row's time, whatever time of it that is", async () => {
    const times = ["2025-07-15T00:00:00Z", "2025-07-14T23:59:59.9999999Z", "2025-07-16T01:00:00+02:00"];

    const found = await Promise.all(
      times.map((aggregatedDateTime) => reading("passwords", [passwordDay("", { aggregatedDateTime })])),
    );

    expect(found.map(({ days }) => days[0]?.day)).toEqual(["2025-07-15", "2025-07-14", "2025-07-15"]);
  });

  it("give resets and changes by who made them", async () => {
    expect(await reading("passwords", [passwordDay("2025-07-16"), passwordDay("2025-07-05")])).toEqual({
      report: "passwords",
      readAt: NOW,
      pages: 1,
      rowsRead: 2,
      days: ["2025-07-16", "2025-07-05"].map((day) => ({
        day,
        counts: { resetsByAdmin: 100, resetsSelfService: 75, changesSelfService: 100 },
      })),
    });
  });

  it("take sign-ins as they are, also where they do not add up", async () => {
    const { days } = await reading("signIns", [signInDay("2025-07-16")]);

    expect(days).toEqual([
      { day: "2025-07-16", counts: { total: 1_000, singleFactor: 100, multiFactor: 9_900 } },
    ]);
  });

  it("refuse two rows of one day, whether they are the same or not", async () => {
    const same = [passwordDay("2025-07-16"), passwordDay("2025-07-16")];
    const later = { createdDateTime: "2025-07-16T20:00:00Z", totalSignIns: 1 };

    await problemFrom(reading("passwords", same), "GRAPH-ANSWER");
    await problemFrom(
      reading("signIns", [signInDay("2025-07-16"), signInDay("2025-07-16", later)]),
      "GRAPH-ANSWER",
    );
  });

  it.each([
    ["no count", { passwordResetsByAdminCount: null }],
    ["less than nothing", { passwordResetsByAdminCount: -1 }],
    ["no day", { aggregatedDateTime: "yesterday" }],
  ])("refuse a row with %s", async (_what, changes) => {
    await problemFrom(reading("passwords", [passwordDay("2025-07-16", changes)]), "GRAPH-ANSWER");
  });
});
