import { createHttpHeaders, type HttpClient, type PipelineRequest } from "@azure/core-rest-pipeline";
import {
  AggregateAuthenticationError,
  CredentialUnavailableError,
  type GetTokenOptions,
} from "@azure/identity";
import { describe, expect, it, vi } from "vitest";
import type { GraphCall } from "../../src/graph/graph-client.ts";
import { createQuota } from "../../src/graph/quota.ts";
import { VERSION } from "../../src/kernel/version.ts";
import { startLoopbackGraph } from "../support/loopback-graph.ts";
import {
  CANARY,
  clientOf,
  errorBody,
  everythingIn,
  problemFrom,
  QUICK,
  REPORT,
  REPORT_PATH,
  recordingLog,
  testClock,
  tokenCredential,
} from "./setup.ts";

const OK = { path: REPORT_PATH, answer: { json: { value: [] } } };
const BUSY = { path: REPORT_PATH, answer: { status: 503, json: errorBody("serviceNotAvailable") } };

function call(parts: Partial<GraphCall> = {}): GraphCall {
  return { endpoint: REPORT, signal: new AbortController().signal, ...parts };
}

describe("a Graph request", () => {
  it("carries the token, a fresh id and the wish for new enum members", async () => {
    const graph = await startLoopbackGraph(OK, OK);
    const client = clientOf(graph.baseUrl);

    await client.getJson(REPORT_PATH, call());
    await client.getJson(REPORT_PATH, call());

    const [first, second] = graph.requests.map(({ headers }) => headers);
    expect(first).toMatchObject({
      authorization: `Bearer token-${CANARY}`,
      accept: "application/json",
      prefer: "include-unknown-enum-members",
      "client-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
      "user-agent": expect.stringContaining(`AuthPulse/${VERSION}`),
    });
    expect(first).not.toHaveProperty("accept-encoding");
    expect(second?.["client-request-id"]).not.toBe(first?.["client-request-id"]);
  });

  it("posts JSON", async () => {
    const graph = await startLoopbackGraph({
      method: "POST",
      path: "/v1.0/x",
      body: { ids: ["1"] },
      answer: { json: { value: ["1"] } },
    });

    const answer = await clientOf(graph.baseUrl).postJson("/v1.0/x", { ids: ["1"] }, call());

    expect(answer).toEqual({ value: ["1"] });
    expect(graph.requests[0]?.headers).toMatchObject({ "content-type": "application/json" });
  });

  it("keeps a path of the base address", async () => {
    const graph = await startLoopbackGraph({ ...OK, path: `/graph${REPORT_PATH}` });

    await clientOf(`${graph.baseUrl}/graph/`).getJson(REPORT_PATH, call());

    expect(graph.requests).toHaveLength(1);
  });

  it("uses one connection while all goes well, and a new one for every repetition", async () => {
    const graph = await startLoopbackGraph(OK, OK, BUSY, BUSY, OK);
    const client = clientOf(graph.baseUrl);

    await client.getJson(REPORT_PATH, call());
    await client.getJson(REPORT_PATH, call());
    await client.getJson(REPORT_PATH, call());

    const ports = graph.requests.map(({ port }) => port);
    expect(new Set(ports.slice(0, 3)).size).toBe(1);
    expect(new Set(ports).size).toBe(3);
  });

  it("takes a slot of the quota for every try", async () => {
    const graph = await startLoopbackGraph(BUSY, BUSY, OK);
    const clock = testClock();
    const lanes: string[] = [];
    const quota = {
      ...createQuota({ timings: QUICK, clock }),
      enter: async (lane: string) => void lanes.push(lane),
    };

    await clientOf(graph.baseUrl, { clock, quota }).getJson(REPORT_PATH, call({ lane: "person" }));

    expect(lanes).toEqual(["person", "person", "person"]);
  });

  it("takes none for the directory, which has a limit of its own", async () => {
    const graph = await startLoopbackGraph(OK);
    const clock = testClock();
    const quota = createQuota({ timings: QUICK, clock });
    await quota.pause(new Date(clock.now().getTime() + 3_000_000));

    await clientOf(graph.baseUrl, { clock, quota }).getJson(
      REPORT_PATH,
      call({ endpoint: { ...REPORT, bucket: "directory" } }),
    );

    expect(graph.requests).toHaveLength(1);
  });

  it("makes everybody wait when one is asked to", async () => {
    const throttled = {
      path: REPORT_PATH,
      answer: { status: 429, headers: { "retry-after": "30" }, json: {} },
    };
    const graph = await startLoopbackGraph(throttled, OK);
    const clock = testClock();
    const pauses: Date[] = [];
    const quota = {
      ...createQuota({ timings: QUICK, clock }),
      pause: async (until: Date) => void pauses.push(until),
    };
    const asked: Date[] = [];

    await clientOf(graph.baseUrl, { clock, quota }).getJson(
      REPORT_PATH,
      call({ onWait: (until) => asked.push(until) }),
    );

    expect(pauses).toEqual([clock.now()]);
    expect(asked).toEqual(pauses);
    expect(clock.slept).toEqual([30_000]);
  });

  it("asks no more until the time that Graph named, when that is far away", async () => {
    const graph = await startLoopbackGraph({
      path: REPORT_PATH,
      answer: { status: 429, headers: { "retry-after": "600" }, json: {} },
    });
    const client = clientOf(graph.baseUrl);

    const first = await problemFrom(client.getJson(REPORT_PATH, call()), "GRAPH-THROTTLED");
    const second = await problemFrom(client.getJson(REPORT_PATH, call()), "GRAPH-THROTTLED");

    expect(second.facts.retryAt).toEqual(first.facts.retryAt);
    expect(graph.requests).toHaveLength(1);
  });

  it("does not follow a redirection with its token", async () => {
    const other = await startLoopbackGraph();
    const graph = await startLoopbackGraph({
      path: REPORT_PATH,
      answer: { status: 307, headers: { location: `${other.baseUrl}/` }, text: "" },
    });

    await problemFrom(clientOf(graph.baseUrl).getJson(REPORT_PATH, call()), "GRAPH-REFUSED");

    expect(other.requests).toEqual([]);
  });

  it("reads an answer that begins with a byte order mark", async () => {
    const graph = await startLoopbackGraph({
      path: REPORT_PATH,
      answer: { text: '\ufeff{"value":["\ufeff"]}' },
    });

    const answer = await clientOf(graph.baseUrl).getJson(REPORT_PATH, call());

    expect(answer).toEqual({ value: ["\ufeff"] });
  });

  it("refuses an answer beyond 16 MiB", async () => {
    const text = JSON.stringify({ value: "x".repeat(16 * 1024 * 1024) });
    const graph = await startLoopbackGraph({ path: REPORT_PATH, answer: { text } });

    await problemFrom(clientOf(graph.baseUrl).getJson(REPORT_PATH, call()), "GRAPH-ANSWER");
  });

  it("ends with its signal's reason while Graph is silent", async () => {
    const graph = await startLoopbackGraph({ path: REPORT_PATH, answer: { hang: "mid-body" } });
    const controller = new AbortController();
    const asking = clientOf(graph.baseUrl).getJson(REPORT_PATH, call({ signal: controller.signal }));
    const outcome = asking.catch((reason: unknown) => reason);
    await expect.poll(() => graph.requests.length).toBe(1);

    controller.abort("enough");

    expect(await outcome).toBe("enough");
  });

  it("is not sent when its signal has ended before", async () => {
    const graph = await startLoopbackGraph();
    const asking = clientOf(graph.baseUrl).getJson(
      REPORT_PATH,
      call({ signal: AbortSignal.abort("enough") }),
    );

    await expect(asking).rejects.toBe("enough");
  });

  it("says that nobody listens there", async () => {
    const problem = await problemFrom(
      clientOf("http://127.0.0.1:9").getJson(REPORT_PATH, call()),
      "GRAPH-UNREACHABLE",
    );

    expect(problem.message).toContain("ECONNREFUSED");
  });

  it("logs status and request id, and neither token nor words of the answer", async () => {
    const graph = await startLoopbackGraph(
      {
        path: `${REPORT_PATH}?$filter=${CANARY}`,
        answer: { status: 503, json: errorBody("serviceNotAvailable") },
      },
      {
        path: `${REPORT_PATH}?$filter=${CANARY}`,
        answer: { headers: { "request-id": "request-1" }, json: { value: [CANARY] } },
      },
    );
    const log = recordingLog();

    await clientOf(graph.baseUrl, { log }).getJson(`${REPORT_PATH}?$filter=${CANARY}`, call());

    expect(log.text()).toContain('"status":503');
    expect(log.text()).toContain('"requestId":"request-1"');
    expect(log.text()).not.toContain(CANARY);
  });

  it.each(["http://graph.microsoft.com", "http://10.0.0.1:8080", "ftp://127.0.0.1"])(
    "is never sent to %s",
    (url) => {
      expect(() => clientOf(url)).toThrow("https");
    },
  );
});

describe("signing in", () => {
  it("answers a claims challenge with a new token, and both requests count", async () => {
    const requests: string[] = [];
    const asked: (GetTokenOptions | undefined)[] = [];
    const claims = Buffer.from('{"access_token":{}}').toString("base64");
    const challenge = `Bearer realm="", error="insufficient_claims", claims="${claims}"`;
    const httpClient = fakeHttp((request) => {
      requests.push(request.headers.get("authorization") ?? "");
      return requests.length === 1
        ? { status: 401, headers: { "www-authenticate": challenge }, body: "" }
        : { status: 200, headers: {}, body: '{"value":[]}' };
    });
    const credential = {
      async getToken(_scopes: string | string[], options?: GetTokenOptions) {
        asked.push(options);
        return { token: `token-${asked.length}`, expiresOnTimestamp: Date.now() + 3_600_000 };
      },
    };
    const quota = { enter: vi.fn(async () => undefined), pause: async () => undefined };

    const client = clientOf("https://graph.microsoft.com", { httpClient, credential, quota });
    await client.getJson(REPORT_PATH, call());

    expect(requests).toEqual(["Bearer token-1", "Bearer token-2"]);
    expect(asked[1]?.claims).toBe('{"access_token":{}}');
    expect(quota.enter).toHaveBeenCalledTimes(2);
  });

  it("turns any failure of the credential into GRAPH-SIGN-IN without its words", async () => {
    const failure = Object.assign(new Error(`AADSTS7000215: Invalid secret ${CANARY}.`), {
      code: "invalid_client",
    });
    const credential = { getToken: () => Promise.reject(failure) };

    const problem = await problemFrom(
      clientOf("https://graph.microsoft.com", { credential }).getJson(REPORT_PATH, call()),
      "GRAPH-SIGN-IN",
    );

    expect(problem.facts.detail).toBe("No token for Microsoft Graph: Error, invalid_client, AADSTS7000215.");
    expect(everythingIn(problem)).not.toContain("Invalid secret");
  });

  it.each([
    ["AADSTS7000215", "secret-wrong"],
    ["AADSTS7000222", "secret-expired"],
    ["AADSTS700016", undefined],
  ])("knows %s from other numbers of the sign-in service", async (aadsts, signIn) => {
    const credential = { getToken: () => Promise.reject(new Error(`${aadsts}: ${CANARY}. AADSTS1`)) };

    const problem = await problemFrom(
      clientOf("http://127.0.0.1:9", { credential }).token(call().signal),
      "GRAPH-SIGN-IN",
    );

    expect(problem.facts).toMatchObject({ aadsts });
    expect(problem.facts.signIn).toBe(signIn);
  });

  it.each([
    ["token", "ready-token"],
    ["secret", "token-refused"],
    ["developer", "token-refused"],
  ] as const)(
    "says after 401 what a credential of kind %s makes of it: %s",
    async (credentialKind, signIn) => {
      const answer = { status: 401, json: errorBody("InvalidAuthenticationToken") };
      const graph = await startLoopbackGraph({ path: REPORT_PATH, answer });

      const problem = await problemFrom(
        clientOf(graph.baseUrl, { credentialKind }).getJson(REPORT_PATH, call()),
        "GRAPH-SIGN-IN",
      );

      expect(problem.facts).toMatchObject({ signIn, status: 401, graphCode: "InvalidAuthenticationToken" });
    },
  );

  it("takes a claims challenge that the credential cannot answer for one, not for a missing sign-in", async () => {
    const claims = Buffer.from('{"access_token":{}}').toString("base64");
    const challenge = `Bearer realm="", error="insufficient_claims", claims="${claims}"`;
    const httpClient = fakeHttp(() => ({
      status: 401,
      headers: { "www-authenticate": challenge },
      body: "",
    }));
    const unavailable = new CredentialUnavailableError(`az login --claims-challenge ${CANARY}`);
    const credential = {
      async getToken(_scopes: string | string[], options?: GetTokenOptions) {
        if (options?.claims) {
          throw new AggregateAuthenticationError([unavailable], CANARY);
        }
        return { token: "token", expiresOnTimestamp: Date.now() + 3_600_000 };
      },
    };
    const client = clientOf("https://graph.microsoft.com", { httpClient, credential });

    const problem = await problemFrom(client.getJson(REPORT_PATH, call()), "GRAPH-SIGN-IN");

    expect(problem.facts.signIn).toBe("challenge");
  });

  it("tells a developer how to sign in when nobody is", async () => {
    const reasons = [
      new CredentialUnavailableError(`AADSTS700082: ${CANARY}`),
      new CredentialUnavailableError(),
    ];
    const failure = new AggregateAuthenticationError(reasons, CANARY);
    const credential = { getToken: () => Promise.reject(failure) };

    const problem = await problemFrom(
      clientOf("http://127.0.0.1:9", { credential }).token(call().signal),
      "GRAPH-SIGN-IN",
    );

    expect(problem.facts).toEqual({
      signIn: "nobody",
      aadsts: "AADSTS700082",
      detail:
        "Nobody is signed in on this machine: run `az login`, `azd auth login` or `Connect-AzAccount` " +
        "(AggregateAuthenticationError, CredentialUnavailableError, AADSTS700082).",
    });
  });

  it("does not wait for a credential for ever", async () => {
    const credential = { getToken: () => new Promise<never>(() => undefined) };
    const timings = { ...QUICK, graphDeadline: 20 };

    await problemFrom(
      clientOf("http://127.0.0.1:9", { credential, timings }).getJson(REPORT_PATH, call()),
      "GRAPH-SIGN-IN",
    );
  });

  it("reports a credential that gives nothing", async () => {
    const credential = { getToken: async () => null };

    await problemFrom(clientOf("http://127.0.0.1:9", { credential }).token(call().signal), "GRAPH-SIGN-IN");
  });

  it("shows the token whose rights decide what can be read", async () => {
    const client = clientOf("http://127.0.0.1:9", { credential: tokenCredential("a.b.c") });

    expect(await client.token(call().signal)).toBe("a.b.c");
  });
});

interface FakeAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Stands for https, which a test has no certificate for. */
function fakeHttp(answer: (request: PipelineRequest) => FakeAnswer): HttpClient {
  return {
    async sendRequest(request) {
      const { status, headers, body } = answer(request);
      return { status, headers: createHttpHeaders(headers), request, bodyAsText: body };
    },
  };
}
