import { describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config.ts";
import { PHONE_ENDS } from "../../src/reference/service-changes.ts";
import { TENANT } from "../support/activities.ts";

function loaded(more: Record<string, string>): ReturnType<typeof loadConfig> {
  return loadConfig(
    { AZURE_TENANT_ID: TENANT, GRAPH_BASE_URL: "http://127.0.0.1:1", GRAPH_ACCESS_TOKEN: "t", ...more },
    "serve",
  );
}

function phoneEnds(more: Record<string, string>): readonly string[] {
  const result = loaded(more);
  if ("problems" in result) {
    throw new Error(result.problems.map(({ problem }) => problem).join(" "));
  }
  return result.config.serviceChanges
    .map(({ id }) => id)
    .filter((id) => PHONE_ENDS.some((end) => end === id));
}

describe("PHONE_PROVIDER", () => {
  test("is Microsoft where nothing is said, whose dates are told", () => {
    expect(phoneEnds({})).toEqual(PHONE_ENDS);
    expect(phoneEnds({ PHONE_PROVIDER: "Microsoft" })).toEqual(PHONE_ENDS);
  });

  test("of one's own takes Microsoft's dates for phones out, and no other change", () => {
    const result = loaded({ PHONE_PROVIDER: "own" });

    expect(phoneEnds({ PHONE_PROVIDER: "own" })).toEqual([]);
    expect("config" in result && result.config.phoneProvider).toBe("own");
    expect("config" in result && result.config.serviceChanges.map(({ id }) => id)).toContain(
      "sspr-registered-methods",
    );
  });

  test("is told of no national cloud", () => {
    expect(phoneEnds({ GRAPH_CLOUD: "usgov" })).toEqual([]);
  });

  test("that is not known is a problem with its remedy", () => {
    const result = loaded({ PHONE_PROVIDER: "twilio" });

    expect("problems" in result && result.problems).toEqual([
      {
        setting: "PHONE_PROVIDER",
        problem: '"twilio" is not known.',
        remedy: "Use one of: microsoft, own.",
      },
    ]);
  });
});
