import { createHmac, randomBytes } from "node:crypto";
import { GraphError } from "./graph-error.ts";

/** Where a later page goes on. */
export interface PageMark {
  readonly position: number;
  /** The moment of the first page, Unix milliseconds: what arrives later is in none of the pages. */
  readonly asOf: number;
}

/** Opaque tokens that name their own page, so that the server keeps nothing between the pages. */
export interface SkipTokens {
  issue(mark: PageMark, query: string): string;
  /** @throws GraphError 400 for a token of another query, of an earlier start, or of somebody's own making */
  redeem(token: string, query: string): PageMark;
}

export function createSkipTokens(): SkipTokens {
  const key = randomBytes(32);
  return {
    issue({ position, asOf }, query) {
      // A number used once, so that two links to one place differ as Graph's do.
      const payload = Buffer.from(`${position}.${asOf}.${randomBytes(3).toString("hex")}`).toString(
        "base64url",
      );
      return `${payload}-${seal(payload, query)}`;
    },
    redeem(token, query) {
      const [payload = "", signature] = token.split(/-(?=[0-9a-f]{24}$)/);
      if (signature !== seal(payload, query)) throw expiredSkipToken();
      const [position, asOf] = Buffer.from(payload, "base64url").toString().split(".").map(Number);
      return { position: position ?? 0, asOf: asOf ?? 0 };
    },
  };

  function seal(payload: string, query: string): string {
    return createHmac("sha256", key).update(`${payload}\n${query}`).digest("hex").slice(0, 24);
  }
}

/** The message is as observed; nobody wrote down the status or the code. */
export function expiredSkipToken(): GraphError {
  return new GraphError(400, "BadRequest", "Token not found: token is either invalid or expired");
}
