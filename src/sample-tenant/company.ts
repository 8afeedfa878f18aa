import type { Company } from "./call.ts";
import { createEventLog } from "./event-log.ts";
import { createGrowth } from "./growth.ts";
import type { SampleTenantOptions, Switches } from "./options.ts";
import { createPeople } from "./people.ts";
import { createRegistrationCounts } from "./registration-counts.ts";
import { createScriptedLog } from "./script.ts";
import { createSkipTokens } from "./skip-tokens.ts";
import { HOUR } from "./time.ts";

const PEOPLE = 2_500;
/** More than any tenant has, and few enough for a position to hold an hour of tries. */
const MOST_PEOPLE = 10_000_000;
const SEED = 1;
/** "Data can lag up to 36 hours": learn.microsoft.com/entra/identity/authentication/howto-authentication-methods-activity. */
const LAG_HOURS = 36;

/**
 * The company as it is answered from now: the generated one, or what the script gives instead. `started` is when the
 * server was started.
 * @throws RangeError for an impossible number of people
 */
export function createCompany(
  options: SampleTenantOptions,
  switches: Switches,
  started: Date,
): () => Company {
  const count = options.people ?? PEOPLE;
  if (!Number.isInteger(count) || count < 0 || count > MOST_PEOPLE) {
    throw new RangeError(`A sample tenant has between 0 and ${MOST_PEOPLE} people, not ${count}.`);
  }
  const people = createPeople(options.seed ?? SEED, count);
  const generated = createEventLog(people, (options.lagHours ?? LAG_HOURS) * HOUR);
  const growth = createGrowth((options.registeredBy ?? started).getTime());
  const lasting = {
    people,
    growth,
    counts: createRegistrationCounts(people, growth),
    skipTokens: createSkipTokens(),
    lastOrder: { key: "", positions: [] },
  };
  return () => {
    const { script } = switches;
    return { ...lasting, script, log: script.events ? createScriptedLog(script.events) : generated };
  };
}
