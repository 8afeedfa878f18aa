import type { ZodError, z } from "zod";
import { AppError } from "../kernel/problem.ts";
import type { Row } from "./database.ts";

/** A row as this version writes it; throws STORE-UNAVAILABLE for any other, or none. Names columns, never values. */
export function storedRow<T>(schema: z.ZodType<T>, row: Row | undefined, what: string): T {
  const { data, error } = schema.safeParse(row);
  if (error) {
    const detail = `${what} cannot be read (${columnsIn(error)}): it is damaged, or another version wrote it.`;
    throw new AppError("STORE-UNAVAILABLE", { detail }, error);
  }
  return data;
}

/** A row of numbers as this version writes it; throws STORE-UNAVAILABLE for any other, with what replaces it. */
export function storedNumbers<T>(schema: z.ZodType<T>, row: Row): T {
  const { data, error } = schema.safeParse(row);
  if (error) {
    const detail =
      `The stored numbers cannot be read (${columnsIn(error)}): they are damaged, or ` +
      "another version wrote them. Reading Graph anew replaces them.";
    throw new AppError("STORE-UNAVAILABLE", { detail }, error);
  }
  return data;
}

function columnsIn({ issues }: ZodError): string {
  return [...new Set(issues.map(({ path }) => path.join(".")))].slice(0, 3).join(", ");
}
