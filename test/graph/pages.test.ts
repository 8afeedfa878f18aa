import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { GraphClient } from "../../src/graph/graph-client.ts";
import { pagesOf } from "../../src/graph/pages.ts";
import { problemFrom, REPORT, REPORT_PATH } from "./setup.ts";

const BASE_URL = "https://graph.microsoft.com";

/** A Graph whose every page has a successor. */
function endlessGraph(): GraphClient & { readonly asked: readonly string[] } {
  const asked: string[] = [];
  return {
    asked,
    baseUrl: BASE_URL,
    async getJson(url) {
      asked.push(url);
      return { value: [], "@odata.nextLink": `${BASE_URL}/beta/x?$skiptoken=${asked.length}` };
    },
    postJson: () => Promise.reject(new Error("Pages are not posted for.")),
    token: async () => "",
  };
}

async function readAll(client: GraphClient): Promise<void> {
  const call = { endpoint: REPORT, signal: new AbortController().signal };
  for await (const _page of pagesOf(client, REPORT_PATH, z.unknown(), call)) {
    // The pages are empty.
  }
}

describe("paging", () => {
  it("stops after an absurd number of pages", async () => {
    const client = endlessGraph();

    await problemFrom(readAll(client), "GRAPH-PAGING");

    expect(client.asked).toHaveLength(10_000);
  });

  it("asks for the links exactly as they came", async () => {
    const link = `${BASE_URL}/beta/x?$skiptoken=a%2Fb+c=='é&$top=5`;
    const answers: unknown[] = [{ value: [1], "@odata.nextLink": link }, { value: [2] }];
    const asked: string[] = [];
    const client = {
      ...endlessGraph(),
      getJson: async (url: string) => {
        asked.push(url);
        return answers.shift();
      },
    };

    await readAll(client);

    expect(asked).toEqual([REPORT_PATH, link]);
  });
});
