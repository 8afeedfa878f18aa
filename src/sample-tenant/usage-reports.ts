import type { Call } from "./call.ts";
import { answerCollection, type CollectionReport } from "./collection.ts";
import type { EventRow } from "./event-log.ts";
import { badRequest } from "./graph-error.ts";
import { guidOfText } from "./guids.ts";
import { listed, type Row } from "./rows.ts";
import { beginOf, isPeriodName, type PeriodName } from "./time.ts";

const TEXT = { type: "string", operators: ["eq"] } as const;
const NAME = { type: "string", operators: ["eq", "startswith"], ignoresCase: true } as const;

const ACTIVITY: CollectionReport = {
  name: "userRegistrationActivity",
  context: "$metadata#Collection(microsoft.graph.userRegistrationActivitySummary)",
  rules: {
    filter: {
      id: TEXT,
      feature: TEXT,
      authMethod: TEXT,
      failureActivityCount: { type: "number", operators: ["eq"] },
      successfulActivityCount: { type: "number", operators: ["gt", "lt"] },
    },
  },
};

const EVENTS: CollectionReport = {
  name: "userEventsSummary",
  context: "$metadata#reports/authenticationMethods/userEventsSummary",
  rules: {
    filter: {
      feature: TEXT,
      isSuccess: { type: "boolean", operators: ["eq"] },
      failureReason: TEXT,
      authMethod: TEXT,
      userDisplayName: NAME,
      userPrincipalName: NAME,
    },
    top: 1000,
  },
};

/** One row per feature and method, those without tries included. */
export function userRegistrationActivity(call: Call): object {
  const period = toPeriod(call.parameters[0] ?? "");
  const tallies = call.company.log.tally(call.now, beginOf(period, call.now), Number.POSITIVE_INFINITY);
  const rows = tallies.map(({ feature, method, successes, failures }) => ({
    "@odata.type": "#microsoft.graph.userRegistrationActivitySummary",
    id: guidOfText(`${period} ${feature} ${method}`),
    feature,
    successfulActivityCount: successes,
    failureActivityCount: failures,
    authMethod: method,
  }));
  return answerCollection(call, ACTIVITY, listed(rows));
}

export function userEventsSummary(call: Call): object {
  const { log } = call.company;
  return answerCollection(call, EVENTS, function* events(asOf, from) {
    for (const [position, row] of log.rows(asOf, from)) yield [position, toEventRow(row)];
  });
}

function toEventRow(row: EventRow): Row {
  return { "@odata.type": "#microsoft.graph.userEventsSummary", ...row };
}

/**
 * The period of a current report: `d1`, `d7` or `d30`, in lower case.
 * @throws GraphError 400 for any other word
 */
export function toPeriod(text: string): PeriodName {
  if (!isPeriodName(text)) throw badRequest(`Invalid value '${text}' for parameter 'period'.`);
  return text;
}
