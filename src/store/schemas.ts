import { z } from "zod";
import type { RegistrationCounts } from "../ports/registration.ts";
import type { UsageRow } from "../ports/usage.ts";

/** Shapes that stand in more than one table: a reading's own, and the numbers that a digest has frozen. */
export const count = z.int().nonnegative();

export const usageRows: z.ZodType<UsageRow[]> = z.array(
  z.strictObject({ feature: z.string(), method: z.string(), successes: count, failures: count }),
);

export const registrationCounts: z.ZodType<RegistrationCounts> = z.strictObject({
  people: count,
  inScope: count,
  capable: count,
  mfaRegistered: count,
  passwordless: count,
  phoneOnly: count,
  leftOut: z.strictObject({ guests: count, serviceAccounts: count, otherTypes: count.exactOptional() }),
});
