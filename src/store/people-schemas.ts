import { z } from "zod";
import { LEFT_OUT_RULES, type PeopleCounts } from "../ports/people.ts";
import { count } from "./schemas.ts";

const phoneUsersSchema = z.strictObject({ people: count, withStrong: count });

/** Sums of one scope, in the newest reading and in what is kept of each day. */
export const countsSchema: z.ZodType<PeopleCounts> = z.strictObject({
  people: count,
  ssprRegistered: count.exactOptional(),
  ssprEnabled: count.exactOptional(),
  ssprCapable: count.exactOptional(),
  mfaRegistered: count.exactOptional(),
  mfaCapable: count.exactOptional(),
  passwordlessCapable: count.exactOptional(),
  phoneOnly: count.exactOptional(),
  methods: z.record(z.string(), count).exactOptional(),
  phoneUsers: z
    .strictObject({ D1: phoneUsersSchema, D7: phoneUsersSchema, D30: phoneUsersSchema })
    .exactOptional(),
  leftOut: z.partialRecord(z.enum(LEFT_OUT_RULES), count),
});
