import { z } from "zod";
import { toUserId, type UserId } from "../kernel/ids.ts";
import type { RegistrationCounts } from "../ports/registration.ts";
import type { UsageRow } from "../ports/usage.ts";

/** A count as it may be stored. */
export const count = z.int().nonnegative();

/** In readings, and in the numbers that a digest has frozen. */
export const usageRows: z.ZodType<UsageRow[]> = z.array(
  z.strictObject({ feature: z.string(), method: z.string(), successes: count, failures: count }),
);

/** Numbers that a digest has frozen: what was ever written stays readable. */
export const registrationCounts: z.ZodType<RegistrationCounts> = z.strictObject({
  people: count,
  inScope: count,
  capable: count,
  mfaRegistered: count.exactOptional(),
  passwordless: count,
  phoneOnly: count.exactOptional(),
  leftOut: z.strictObject({
    guests: count,
    serviceAccounts: count,
    otherTypes: count.exactOptional(),
    excludedGroups: count.exactOptional(),
  }),
});

export const userId = z.string().transform((text, context): UserId => {
  const found = toUserId(text);
  if (!found) {
    context.addIssue("not an object id");
  }
  return found ?? z.NEVER;
});

/** What a statement answers that only counts. */
export const counted = z.tuple([z.object({ count })]);
