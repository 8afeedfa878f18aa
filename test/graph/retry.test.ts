import { describe, expect, it } from "vitest";
import { decideRetry, type RetryDecision, type TryEnd } from "../../src/graph/retry.ts";
import { parseRetryAfter } from "../../src/kernel/retry-after.ts";
import { NOW } from "./setup.ts";

const timings = { retryBase: 1_000, retryCap: 60_000 };

function decide(end: TryEnd, tries = 1, random = 1): RetryDecision {
  return decideRetry(end, { tries, now: NOW, timings, random: () => random });
}

function answer(status: number, retryAfter?: string): TryEnd {
  const header = (name: string) => (name === "retry-after" ? retryAfter : undefined);
  return { kind: "answer", answer: { status, header, body: "" } };
}

function fault(code: string | undefined): TryEnd {
  return { kind: "fault", code, cause: new Error("fault") };
}

describe("the decision to try again", () => {
  it.each([429, 503, 504])("repeats %i", (status) => {
    expect(decide(answer(status)).kind).toBe("retry");
  });

  it.each([200, 204, 301, 400, 401, 403, 404, 408, 409, 410, 500, 501, 502])("leaves %i alone", (status) => {
    expect(decide(answer(status, "1")).kind).toBe("give-up");
  });

  it.each(["ECONNRESET", "ECONNREFUSED", "EPIPE", "ETIMEDOUT", "EAI_AGAIN"])("repeats after %s", (code) => {
    expect(decide(fault(code)).kind).toBe("retry");
  });

  it.each(["ENOTFOUND", "CERT_HAS_EXPIRED", "HPE_INVALID_CONSTANT", undefined])(
    "does not repeat after %s",
    (code) => {
      expect(decide(fault(code)).kind).toBe("give-up");
    },
  );

  it("gives up after three repetitions, after one of a silence", () => {
    const kinds = [1, 2, 3, 4].map((tries) => [
      decide(answer(503), tries).kind,
      decide({ kind: "deadline", cause: undefined }, tries).kind,
    ]);

    expect(kinds).toEqual([
      ["retry", "retry"],
      ["retry", "give-up"],
      ["retry", "give-up"],
      ["give-up", "give-up"],
    ]);
  });

  it("waits twice as long each time, spread over the upper half", () => {
    const waits = (random: number) => [1, 2, 3].map((tries) => decide(answer(503), tries, random));

    expect(waits(1)).toEqual([1_000, 2_000, 4_000].map((wait) => ({ kind: "retry", wait, asked: false })));
    expect(waits(0)).toEqual([500, 1_000, 2_000].map((wait) => ({ kind: "retry", wait, asked: false })));
  });

  it("waits as long as Graph asks, but never less than of its own accord", () => {
    expect(decide(answer(429, "60"))).toEqual({ kind: "retry", wait: 60_000, asked: true });
    expect(decide(answer(429, "0"))).toEqual({ kind: "retry", wait: 1_000, asked: true });
  });

  it("gives in at once when Graph asks for more than the cap", () => {
    expect(decide(answer(429, "61"))).toEqual({ kind: "throttled", until: new Date(NOW.getTime() + 61_000) });
  });
});

describe("Retry-After", () => {
  it.each([
    ["0", 0],
    ["120", 120_000],
    [" 7 ", 7_000],
    ["9".repeat(400), 999_999_999_000],
    ["Wed, 16 Jul 2025 16:50:18 GMT", 60_000],
    ["Wed, 16 Jul 2025 16:00:00 GMT", 0],
  ])("reads %j", (header, milliseconds) => {
    expect(parseRetryAfter(header, NOW)).toBe(milliseconds);
  });

  it.each([undefined, "", "-5", "1.5", "soon", "5 apples", "2025-07-16", "Xyz, 99 Foo 2025 99:99:99 GMT"])(
    "finds nothing in %j",
    (header) => {
      expect(parseRetryAfter(header, NOW)).toBeUndefined();
    },
  );
});
