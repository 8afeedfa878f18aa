import type { PeopleReading } from "../../ports/people.ts";
import type { UsageSnapshot } from "../../ports/usage.ts";

/** The numbers whose making is told: a snapshot of tries, or a reading of people. */
export type ExplainedNumbers =
  | {
      readonly about: "usage" | "failures" | "best-methods";
      readonly snapshot: UsageSnapshot;
      /** Milliseconds; absent where it is not kept. */
      readonly took?: number;
    }
  | { readonly about: "registration" | "methods" | "phone-retirement"; readonly reading: PeopleReading };
