import { describe, expect, test } from "vitest";
import { withoutMessages } from "../../src/kernel/log.ts";

const CANARY = "adele.vance@contoso.example";

function thrownBy(work: () => never): unknown {
  try {
    return work();
  } catch (thrown) {
    return thrown;
  }
}

describe("an error in the log", () => {
  test("has its kind, its codes and its places, and nothing of what it was about", () => {
    const thrown = thrownBy(() => {
      const cause = new SyntaxError(`Unexpected token in {"members":[{"name":"${CANARY}"}]}`);
      throw Object.assign(new TypeError(`cannot read\n  of ${CANARY}`, { cause }), {
        code: "ECONNRESET",
        statusCode: 503,
        body: CANARY,
      });
    });

    const logged = withoutMessages(thrown);

    expect(logged).toMatchObject({
      name: "TypeError",
      code: "ECONNRESET",
      statusCode: 503,
      cause: { name: "SyntaxError" },
    });
    expect(JSON.stringify(logged)).toContain("log.test.ts");
    expect(JSON.stringify(logged)).not.toContain(CANARY);
  });

  test("has no code that is a sentence", () => {
    const thrown = Object.assign(new Error("x"), { code: `no such person: ${CANARY}` });

    expect(JSON.stringify(withoutMessages(thrown))).not.toContain(CANARY);
  });

  test("ends a chain of causes that goes round in circles", () => {
    const one = new Error("one");
    one.cause = new Error("other", { cause: one });

    expect(JSON.stringify(withoutMessages(one)).length).toBeLessThan(20_000);
  });

  test.each([[CANARY], [undefined], [null], [{ name: CANARY }]])("may be no error at all", (thrown) => {
    expect(JSON.stringify(withoutMessages(thrown))).not.toContain(CANARY);
  });
});
