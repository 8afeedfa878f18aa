import { describe, expect, it } from "vitest";
import { viewText } from "../../src/render/text.ts";
import { usageView } from "../../src/reports/usage/usage-view.ts";
import { pseudo } from "../reference/pseudo.ts";
import { AUDIENCE, BY_METHOD, MODEL_ROWS, snapshotOf, usageRow } from "../views/samples.ts";
import { everyView } from "./views.ts";

const NBSP = "\u00a0";
const MODEL = usageView({ snapshot: snapshotOf(MODEL_ROWS), question: BY_METHOD, audience: AUDIENCE });

describe("viewText", () => {
  it("shows the model card as a table with bars", () => {
    const lines = viewText(MODEL, 72).replaceAll(NBSP, " ").split("\n");

    expect(lines.slice(0, 11)).toEqual([
      "SSPR usage by method",
      "Last 30 days: 22 Oct – 21 Nov 2026 · all accounts",
      "",
      "Password resets: 86 % of tries worked (2,256 of 2,627)",
      "Voice call fails most often: 35 of 76 tries.",
      "Method                 OK  Failed  Rate  █ OK  ░ Failed",
      `Authenticator push  1,204      88  93 %  ${"█".repeat(29)}${"░".repeat(2)}`,
      `SMS                   611     142  81 %  ${"█".repeat(15)}${"░".repeat(3)}`,
      `Email                 388      97  80 %  ${"█".repeat(10)}${"░".repeat(2)}`,
      `Voice call             41      35  54 %  █${"░"}`,
      "Security questions     12       9  57 %  █",
    ]);
  });

  it.each([40, 60, 80, 132])("keeps within %d columns", (width) => {
    for (const view of everyView(AUDIENCE)) {
      const tooLong = viewText(view, width)
        .split("\n")
        .filter((line) => line.length > width && !/https:\/\/|^\/(?:v1\.0|beta)\/|UTC$/.test(line));

      expect(tooLong).toEqual([]);
    }
  });

  it("draws no bars where there is no room or too few tries", () => {
    const few = usageView({
      snapshot: snapshotOf([usageRow("reset", "email", 9, 3)]),
      question: BY_METHOD,
      audience: AUDIENCE,
    });

    expect(viewText(MODEL, 40)).not.toMatch(/[█░]/);
    expect(viewText(few, 80)).not.toMatch(/[█░]/);
  });

  it("holds every text of a longer language", () => {
    for (const view of everyView({ ...AUDIENCE, words: pseudo(AUDIENCE.words) })) {
      const words = viewText(view, 80).replace(/\s+/g, "");

      expect(words).toContain(view.title.replace(/\s+/g, ""));
    }
  });

  it("names what can be asked and links instead of buttons", () => {
    const texts = everyView(AUDIENCE).map((view) => viewText(view, 80));

    expect(texts.find((text) => text.startsWith("Hello"))).toContain("\n  sspr usage by method\n  help\n");
    expect(texts.find((text) => text.includes("GRAPH-PERMISSION"))).toContain(
      "Open Entra admin center: https://entra.microsoft.com",
    );
  });
});
