import { describe, expect, it } from "vitest";
import { createDirectory } from "../../src/graph/directory.ts";
import { toUserId } from "../../src/kernel/ids.ts";
import { type LoopbackAnswer, startLoopbackGraph } from "../support/loopback-graph.ts";
import { clientOf, errorBody, problemFrom } from "./setup.ts";

const GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";
const REPORTS_READER = "4a5d8f65-41da-4de4-8968-e035b65339cf";
const USER = toUserId("3604e35c-12f3-a86a-5ff4-97aecf6c526a");
const PATH = "/v1.0/users/3604e35c-12f3-a86a-5ff4-97aecf6c526a/checkMemberObjects";

async function held(
  ids: readonly string[],
  ...exchanges: readonly { body: unknown; answer: LoopbackAnswer }[]
) {
  const announced = exchanges.map((exchange) => ({ method: "POST", path: PATH, ...exchange }) as const);
  const graph = await startLoopbackGraph(...announced);
  if (USER === undefined) {
    throw new Error("The example is no user id.");
  }
  return createDirectory(clientOf(graph.baseUrl)).held(USER, ids, new AbortController().signal);
}

function ask(ids: readonly string[], answer: LoopbackAnswer) {
  return held(ids, { body: { ids }, answer });
}

describe("the directory", () => {
  it("tells which of the roles a person holds, as the documented example", async () => {
    const ids = [GLOBAL_ADMINISTRATOR, REPORTS_READER];

    const answer = await ask(ids, { json: { value: [GLOBAL_ADMINISTRATOR] } });

    expect(answer).toEqual(new Set([GLOBAL_ADMINISTRATOR]));
  });

  it("asks for at most twenty ids at once", async () => {
    const ids = Array.from({ length: 45 }, (_, i) => `id-${i}`);
    const chunk = (from: number, to: number) => ({
      body: { ids: ids.slice(from, to) },
      answer: { json: { value: [ids[from]] } },
    });

    const answer = await held(ids, chunk(0, 20), chunk(20, 40), chunk(40, 45));

    expect(answer).toEqual(new Set(["id-0", "id-20", "id-40"]));
  });

  it("asks nothing when there is nothing to ask", async () => {
    expect(await held([])).toEqual(new Set());
  });

  it("believes in no id that was not asked for, and in any case of letters", async () => {
    const answer = await ask([REPORTS_READER.toUpperCase()], {
      json: { value: [GLOBAL_ADMINISTRATOR, REPORTS_READER] },
    });

    expect(answer).toEqual(new Set([REPORTS_READER]));
  });

  it("says that a person who is not in the tenant holds nothing", async () => {
    const answer = await ask([REPORTS_READER], { status: 404, json: errorBody("Request_ResourceNotFound") });

    expect(answer).toEqual(new Set());
  });

  it.each([
    ["any other 404", { status: 404, json: errorBody("UnknownError") }, "GRAPH-REFUSED"],
    ["401", { status: 401, json: errorBody("InvalidAuthenticationToken") }, "GRAPH-SIGN-IN"],
    ["500", { status: 500, text: "" }, "GRAPH-UNREACHABLE"],
    ["another shape", { json: { value: "all" } }, "GRAPH-ANSWER"],
    ["ids that are none", { json: { value: [null] } }, "GRAPH-ANSWER"],
  ] as const)("does not decide on %s", async (_what, answer, code) => {
    await problemFrom(ask([REPORTS_READER], answer), code);
  });

  it("names the permission that the check needs", async () => {
    const answer = { status: 403, json: errorBody("Authorization_RequestDenied") };

    const problem = await problemFrom(ask([REPORTS_READER], answer), "GRAPH-PERMISSION");

    expect(problem.facts.permission).toBe("User.Read.All");
  });
});
