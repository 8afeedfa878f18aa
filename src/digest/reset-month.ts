import type { DigestNumbers } from "../ports/digest.ts";
import type { SnapshotStore, UsageSource } from "../ports/usage.ts";
import { failureGroups, total } from "../reports/failures/groups.ts";

/** Resets of the newest thirty days that were read, with their reasons; undefined where none are stored. */
export async function resetMonth(
  usage: Pick<SnapshotStore, "latest">,
  source: UsageSource,
): Promise<DigestNumbers["month"]> {
  // Only single events have reasons.
  const snapshot = await usage.latest(source, "D30", ["events"]);
  const resets = snapshot?.sums?.filter(({ feature }) => feature === "reset");
  return (
    resets && {
      tries: total(resets),
      failures: failureGroups(resets).map(({ group, count }) => {
        const touched = snapshot?.people?.groups.find(
          (one) => one.feature === "reset" && one.group === group,
        );
        return { group, tries: count, ...(touched && { people: touched.people }) };
      }),
    }
  );
}
