import { describe, expect, it } from "vitest";
import { problemOf } from "../../src/graph/problems.ts";
import { CANARY, everythingIn, NOW, REPORT } from "./setup.ts";

function problem(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return problemOf({ status, header: (name) => headers[name], body: text }, REPORT, NOW);
}

describe("a problem of Graph", () => {
  it("is read from the documented error object", () => {
    const body = {
      error: {
        code: "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
        message: "Neither tenant is B2C or tenant doesn't have premium license",
        innerError: { date: "2021-03-10T10:00:00", "request-id": "id-1", "client-request-id": "id-2" },
      },
    };

    const { code, facts } = problem(403, body);

    expect({ code, facts }).toEqual({
      code: "GRAPH-LICENCE",
      facts: {
        status: 403,
        graphCode: "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
        requestId: "id-1",
        detail: "Microsoft Graph answered 403 to report.",
      },
    });
  });

  it.each(["innerError", "innererror"])("is found under %s, however deep", (inner) => {
    const innermost = { code: "Authentication_RequestFromUnsupportedUserRole", "request-id": "id-3" };
    const body = { error: { code: "Forbidden", [inner]: { code: "AccessDenied", [inner]: innermost } } };

    const { code, facts } = problem(403, body);

    expect(code).toBe("GRAPH-ROLE");
    expect(facts.requestId).toBe("id-3");
  });

  it("is the innermost code that is known, also inside another known one", () => {
    const innerError = {
      code: "Authentication_RequestFromUnsupportedUserRole",
      innerError: { code: "Other" },
    };
    const body = { error: { code: "Authorization_RequestDenied", innerError } };

    const { code, facts } = problem(403, body);

    expect(code).toBe("GRAPH-ROLE");
    expect(facts.graphCode).toBe("Authentication_RequestFromUnsupportedUserRole");
  });

  it.each([
    ["challenge", 401, "InvalidAuthenticationToken", 'Bearer error="insufficient_claims", claims="e30="'],
    ["challenge", 403, "Forbidden", 'Bearer error="insufficient_claims"'],
    ["challenge", 403, "insufficient_claims", ""],
    ["token-refused", 401, "InvalidAuthenticationToken", 'Bearer realm=""'],
  ] as const)("of the sign-in is %s after %i %s with %j", (signIn, status, code, challenge) => {
    const thrown = problem(status, { error: { code } }, { "www-authenticate": challenge });

    expect(thrown.code).toBe("GRAPH-SIGN-IN");
    expect(thrown.facts.signIn).toBe(signIn);
  });

  it("prefers the request id of the header", () => {
    expect(problem(500, { error: {} }, { "request-id": "id-4" }).facts.requestId).toBe("id-4");
  });

  it("is judged by its codes, not by its words", () => {
    const body = {
      error: { code: "UnknownError", message: "Authentication_RequestFromUnsupportedUserRole" },
    };

    expect(problem(403, body).code).toBe("GRAPH-REFUSED");
  });

  it.each([
    "<html></html>",
    "",
    "null",
    "[]",
    '"error"',
    { error: null },
    { error: "no" },
    { error: { code: 7 } },
    { error: { innerError: [] } },
  ])("is told by the status when the body is %j", (body) => {
    expect(problem(403, body).code).toBe("GRAPH-REFUSED");
    expect(problem(500, body).facts).toEqual({
      status: 500,
      detail: "Microsoft Graph answered 500 to report.",
    });
  });

  it("takes nothing over that is no code and no id", () => {
    const words = `Ask ${CANARY} for it`;

    const thrown = problem(403, { error: { code: words, innerError: { "request-id": words } } });

    expect(everythingIn(thrown)).not.toContain(CANARY);
  });

  it("says when to come back", () => {
    const { facts } = problem(503, "", { "retry-after": "90" });

    expect(facts.retryAt).toEqual(new Date(NOW.getTime() + 90_000));
  });
});
