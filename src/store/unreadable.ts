import type { ZodError } from "zod";
import { AppError } from "../kernel/problem.ts";

/** STORE-UNAVAILABLE for a row that does not say what this version writes; names columns, never values. */
export function unreadable(what: string, error: ZodError): AppError {
  const columns = [...new Set(error.issues.map(({ path }) => path.join(".")))].slice(0, 3).join(", ");
  return new AppError(
    "STORE-UNAVAILABLE",
    { detail: `${what} cannot be read (${columns}): it is damaged, or another version wrote it.` },
    error,
  );
}
