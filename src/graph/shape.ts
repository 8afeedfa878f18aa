import { z } from "zod";
import { AppError } from "../kernel/problem.ts";

/**
 * Data of this shape, or GRAPH-ANSWER with the place of the first mismatch. Neither the value nor
 * zod's error, which could quote it, is kept.
 */
export function readShape<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  const issue = result.error.issues[0];
  const place = issue?.path.map(String).join(".") || "the whole answer";
  throw new AppError("GRAPH-ANSWER", {
    detail: `The answer of Microsoft Graph has another shape than documented: ${place}.`,
  });
}

/** A page of an OData collection (learn.microsoft.com/graph/paging). */
export interface Page<T> {
  readonly value: readonly T[];
  readonly "@odata.nextLink"?: string | null | undefined;
}

export function pageOf<T>(row: z.ZodType<T>): z.ZodType<Page<T>> {
  return z.object({ value: z.array(row), "@odata.nextLink": z.string().nullish() });
}

/** An `Edm.Int64` that counts: a number, or digits in a string (IEEE754Compatible answers, older documentation). */
export const count = z.union([
  z.int().nonnegative(),
  z
    .string()
    .regex(/^\d{1,16}$/)
    .transform(Number)
    .pipe(z.int().nonnegative()),
]);

/**
 * A name in Graph's own words. What no database stores as text, the zero character and half a surrogate pair,
 * is replaced as Unicode asks for, so that the rest of the name is kept and shown.
 */
export const nameText = z
  .string()
  .transform((text) => text.replaceAll("\0", "\uFFFD").replace(/\p{Cs}/gu, "\uFFFD"));
