import { describe, expect, it } from "vitest";
import { startLoopbackGraph } from "../support/loopback-graph.ts";

describe("the loopback Graph", () => {
  it("answers what was announced, in order", async () => {
    const graph = await startLoopbackGraph(
      { path: "/a?x=1", answer: { json: 1 }, times: 2 },
      { path: "/a?x=1", answer: { status: 404, headers: { "x-kind": "last" }, text: "gone" } },
      { method: "POST", path: "/b", body: { ids: ["1"] }, answer: { json: { value: [] } } },
    );
    const ask = async (path: string, init?: RequestInit) => {
      const answer = await fetch(`${graph.baseUrl}${path}`, init);
      return [answer.status, answer.headers.get("x-kind"), await answer.text()];
    };

    const answers = [
      await ask("/a?x=1"),
      await ask("/b", { method: "POST", body: JSON.stringify({ ids: ["1"] }) }),
      await ask("/a?x=1"),
      await ask("/a?x=1"),
    ];

    expect(answers).toEqual([
      [200, null, "1"],
      [200, null, '{"value":[]}'],
      [200, null, "1"],
      [404, "last", "gone"],
    ]);
    expect(graph.requests.map(({ path }) => path)).toEqual(["/a?x=1", "/b", "/a?x=1", "/a?x=1"]);
  });

  it.fails("fails a test that requests something else", async () => {
    const graph = await startLoopbackGraph();

    await fetch(`${graph.baseUrl}/unannounced`);
  });

  it.fails("fails a test that leaves out a request", async () => {
    await startLoopbackGraph({ path: "/never", answer: { json: {} } });
  });
});
