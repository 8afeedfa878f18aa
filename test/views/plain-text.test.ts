import { describe, expect, it } from "vitest";
import { printable } from "../../src/views/plain-text.ts";

describe("printable", () => {
  it("turns control and direction characters into blanks", () => {
    expect(printable("a\u001b[31mb\u202ec\n\td\u0000")).toBe("a [31mb c d");
  });

  it("cuts by characters, not within one", () => {
    expect(printable("🔑".repeat(10_000), 3)).toBe("🔑🔑…");
  });

  it("leaves short text alone", () => {
    expect(printable("quantumKey", 10)).toBe("quantumKey");
  });
});
