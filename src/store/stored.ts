import type { z } from "zod";
import { AppError } from "../kernel/problem.ts";
import type { Row } from "./database.ts";

/** A row of numbers as this version writes it; rejects with STORE-UNAVAILABLE and the names of what it cannot read. */
export function storedNumbers<T>(schema: z.ZodType<T>, row: Row): T {
  const { data, error } = schema.safeParse(row);
  if (error) {
    const places = error.issues.map(({ path }) => path.join("."));
    throw new AppError(
      "STORE-UNAVAILABLE",
      {
        detail:
          `The stored numbers cannot be read (${[...new Set(places)].slice(0, 3).join(", ")}): they are damaged, or ` +
          "another version wrote them. Reading Graph anew replaces them.",
      },
      error,
    );
  }
  return data;
}
