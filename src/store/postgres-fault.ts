import { DatabaseError } from "pg";
import { AppError } from "../kernel/problem.ts";

/**
 * Why no connection could be made or kept, by the code of the system
 * (https://nodejs.org/api/errors.html#common-system-errors) or of the server
 * (https://www.postgresql.org/docs/15/errcodes-appendix.html). The original texts name hosts and users.
 */
const CONNECTION_FAULTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nobody listens there",
  ENOENT: "there is no such socket or certificate file",
  EACCES: "this user may not open its socket",
  ENOTFOUND: "its host is not known",
  EAI_AGAIN: "its host cannot be looked up now",
  ECONNRESET: "it cut the connection",
  EPIPE: "it cut the connection",
  ETIMEDOUT: "it does not answer",
  EHOSTUNREACH: "its host cannot be reached",
  ENETUNREACH: "its network cannot be reached",
  "28000": "it does not let this user in from here",
  "28P01": "it refuses the user or the password",
  "3D000": "it has no such database",
  "53300": "it has no connection left",
  "57P01": "it is shutting down",
  "57P02": "it is restarting after a crash",
  "57P03": "it is starting or shutting down",
};

/** STORE-UNAVAILABLE for whatever the driver threw, without the password, the user or the host in any text. */
export function postgresFault(thrown: unknown): AppError {
  const code = codeOf(thrown);
  const fault = CONNECTION_FAULTS[code];
  if (thrown instanceof DatabaseError && fault === undefined) {
    const detail = `PostgreSQL refused a statement: ${thrown.message} (${code}).`;
    return new AppError("STORE-UNAVAILABLE", { detail }, thrown);
  }
  const reason = fault === undefined ? unknownFault(thrown, code) : `${fault} (${code})`;
  const detail = `PostgreSQL cannot be used: ${reason}. Check DATABASE_URL, and that the server runs.`;
  // What has a code goes without its text, in the log too.
  return new AppError("STORE-UNAVAILABLE", { detail }, code ? undefined : thrown);
}

/** The driver's own errors have fixed texts and no code; of others, TLS for one, the code says enough. */
function unknownFault(thrown: unknown, code: string): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return code || text.replace(/\.$/, "");
}

/** Of a host with several addresses the first one's. */
function codeOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) {
    return codeOf(thrown.errors[0]);
  }
  return thrown instanceof Error && "code" in thrown && typeof thrown.code === "string" ? thrown.code : "";
}
