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

/** A Graph that gives these answers in their order. */
function answering(...answers: readonly unknown[]): GraphClient & { readonly asked: readonly string[] } {
  const asked: string[] = [];
  return {
    ...endlessGraph(),
    asked,
    async getJson(url) {
      asked.push(url);
      return answers[asked.length - 1];
    },
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
    const client = answering({ value: [1], "@odata.nextLink": link }, { value: [2] });

    await readAll(client);

    expect(client.asked).toEqual([REPORT_PATH, link]);
  });

  it("takes a link of null for none", async () => {
    const client = answering({ value: [1], "@odata.nextLink": null });

    await readAll(client);

    expect(client.asked).toEqual([REPORT_PATH]);
  });

  it.each([
    ["", "is not a whole address"],
    ["?$skiptoken=2", "is not a whole address"],
    ["/beta/x?$skiptoken=2", "is not a whole address"],
    ["https://graph.example/beta/x", "leads to another host"],
    ["https://name@graph.microsoft.com/beta/x", "holds a user name or a password"],
    ["https://:word@graph.microsoft.com/beta/x", "holds a user name or a password"],
  ])("refuses the link %j: it %s", async (link, why) => {
    const client = answering({ value: [], "@odata.nextLink": link });

    const problem = await problemFrom(readAll(client), "GRAPH-PAGING");

    expect(problem.facts.detail).toBe(`The link to page 2 ${why}.`);
    expect(client.asked).toEqual([REPORT_PATH]);
  });
});
