import type { UsageSum } from "../../ports/usage.ts";
import { groupOf, isNamedReason, isReasonId, type ReasonGroup } from "../../reference/reasons.ts";
import type { Words } from "../../reference/words/words.ts";
import { printable } from "../../views/plain-text.ts";
import { groupBy } from "../usage/count.ts";

/** Failures with one reason. */
export interface ReasonCount {
  readonly reason: string;
  readonly count: number;
}

export interface GroupCount {
  readonly group: ReasonGroup;
  readonly count: number;
  /** Most failures first. */
  readonly reasons: readonly ReasonCount[];
}

/** Failed tries by reason in their groups, most first. A success has no reason, whatever Graph says of it. */
export function failureGroups(sums: readonly UsageSum[]): GroupCount[] {
  const failed = sums.filter(({ isSuccess, count }) => !isSuccess && count > 0);
  const reasons = [...groupBy(failed, ({ reason }) => reason)].map(([reason, same]) => ({
    reason,
    count: total(same),
  }));
  return [...groupBy(reasons, ({ reason }) => groupOf(reason))]
    .map(([group, members]) => ({ group, count: total(members), reasons: members.sort(byCount) }))
    .sort((one, other) => other.count - one.count || inOrder(one.group, other.group));
}

/** What the reason is called within a sentence; a text that nobody knows stands as it is. */
export function reasonText(reason: string, words: Words): string {
  return isNamedReason(reason) ? words.reasons[reason] : printable(reason, 120) || words.noName;
}

/** The same at the beginning of a line. */
export function reasonLabel(reason: string, words: Words): string {
  const text = reasonText(reason, words);
  return isNamedReason(reason) ? words.reports.failures.reason(text) : text;
}

/** What helps with the reasons of a group: each advice once, the most frequent reason's first. */
export function adviceOf({ group, reasons }: GroupCount, words: Words): string[] {
  const { groups, advice } = words.reports.failures;
  const told = reasons.map(({ reason }) => (isReasonId(reason) ? advice[reason] : undefined));
  return [...new Set(told.map((own) => own ?? groups[group].advice))];
}

/** These become calls to the helpdesk. */
export function helpdeskCalls(groups: readonly GroupCount[]): {
  readonly asked: number;
  readonly blocked: number;
} {
  const countOf = (wanted: ReasonGroup): number => groups.find(({ group }) => group === wanted)?.count ?? 0;
  return { asked: countOf("contacted-admin"), blocked: countOf("too-many-tries") };
}

export function total(counts: readonly { readonly count: number }[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}

function byCount(one: ReasonCount, other: ReasonCount): number {
  return other.count - one.count || inOrder(one.reason, other.reason);
}

function inOrder(one: string, other: string): number {
  return Number(one > other) - Number(one < other);
}
