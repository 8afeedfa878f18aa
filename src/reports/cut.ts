/** At most `limit` rows, the last of them the one that stands for all that are left out. */
export function cutRows<Row>(rows: readonly Row[], rests: readonly Row[], limit: number): readonly Row[] {
  const rest = rows.length > limit ? rests[limit - 1] : undefined;
  return rest === undefined ? rows : [...rows.slice(0, limit - 1), rest];
}
