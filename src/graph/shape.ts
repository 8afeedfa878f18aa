import { z } from "zod";
import { AppError } from "../kernel/problem.ts";
import { fieldsOf, listOf, Mismatch, type Reader, readable, textOf } from "./fields.ts";

/** What data has to be: a schema, or a function where there are very many rows (`fields.ts`). */
export type Shape<T> = z.ZodType<T> | Reader<T>;

/**
 * Data of this shape, or GRAPH-ANSWER with the place of the first mismatch. Neither the value nor
 * zod's error, which could quote it, is kept.
 */
export function readShape<T>(shape: Shape<T>, value: unknown): T {
  if (typeof shape === "function") {
    return readWith(shape, value);
  }
  const result = shape.safeParse(value);
  if (result.success) {
    return result.data;
  }
  throw anotherShape(result.error.issues[0]?.path ?? []);
}

function readWith<T>(read: Reader<T>, value: unknown): T {
  try {
    return read(value);
  } catch (thrown) {
    throw thrown instanceof Mismatch ? anotherShape(thrown.place) : thrown;
  }
}

/** The same shape, of which nothing is kept: each value goes to `take` when it was read. */
export function handingOn<T>(shape: Shape<T>, take: (value: T) => void): Shape<void> {
  return typeof shape === "function" ? (value) => take(shape(value)) : shape.transform(take);
}

function anotherShape(path: readonly PropertyKey[]): AppError {
  const place = path.map(String).join(".") || "the whole answer";
  return new AppError("GRAPH-ANSWER", {
    detail: `The answer of Microsoft Graph has another shape than documented: ${place}.`,
  });
}

/** A page of an OData collection (learn.microsoft.com/graph/paging). */
export interface Page<T> {
  readonly value: readonly T[];
  readonly "@odata.nextLink"?: string | null | undefined;
}

const NEXT = "@odata.nextLink";

export function pageOf<T>(row: Shape<T>): Shape<Page<T>> {
  if (typeof row !== "function") {
    return z.object({ value: z.array(row), [NEXT]: z.string().nullish() });
  }
  return (answer) => {
    const { value, [NEXT]: next } = fieldsOf<"value" | typeof NEXT>(answer);
    const rows = listOf(value, "value", row);
    return { value: rows, [NEXT]: next === null || next === undefined ? undefined : textOf(next, NEXT) };
  };
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

/** A name in Graph's own words, see `readable`. */
export const nameText = z.string().transform(readable);
