import { AppError } from "../../kernel/problem.ts";
import type { UsageReader } from "../../ports/usage.ts";
import type { Endpoint } from "../exchange.ts";
import { type ReaderParts, readSummary } from "./summary.ts";

const USER_REGISTRATION_ACTIVITY: Endpoint = {
  name: "userRegistrationActivity",
  permission: "AuditLog.Read.All",
  bucket: "reports",
};

/**
 * The official successor of the legacy summary, for delegated tokens only
 * (learn.microsoft.com/graph/api/authenticationmethodsroot-userregistrationactivity). It lists every
 * method, unused ones with zeros, so a list without any row means that nothing is collected yet.
 */
export function activityReader(parts: ReaderParts): UsageReader {
  return {
    async read(period, options) {
      const path = `/beta/reports/authenticationMethods/userRegistrationActivity(period='${period.toLowerCase()}')`;
      const source = { reader: "activity", endpoint: USER_REGISTRATION_ACTIVITY, path } as const;
      const reading = await readSummary(parts, source, period, options);
      if (reading.rowsRead === 0) {
        throw new AppError("GRAPH-NOT-COLLECTED", { detail: "userRegistrationActivity has no rows." });
      }
      return reading;
    },
  };
}
