import { AppError } from "../../kernel/problem.ts";
import type { UsageReader, UsageRow } from "../../ports/usage.ts";
import type { Endpoint } from "../exchange.ts";
import { type ReaderParts, readSummary } from "./summary.ts";

const GET_CREDENTIAL_USAGE_SUMMARY: Endpoint = {
  name: "getCredentialUsageSummary",
  permission: "Reports.Read.All",
  bucket: "reports",
  retired: true,
};

/**
 * The beta API that Microsoft announced to return no data since 1 August 2025
 * (learn.microsoft.com/graph/api/resources/credentialusagesummary). Nothing but zeros means that it
 * has come to pass, and is GRAPH-RETIRED: shown as numbers it would say that nobody tried.
 */
export function legacyReader(parts: ReaderParts): UsageReader {
  return {
    async read(period, options) {
      const path = `/beta/reports/getCredentialUsageSummary(period='${period}')`;
      const source = { reader: "legacy", endpoint: GET_CREDENTIAL_USAGE_SUMMARY, path } as const;
      const reading = await readSummary(parts, source, period, options);
      if (reading.summaries.every(({ rows }) => rows.every(isZero))) {
        throw new AppError("GRAPH-RETIRED", {
          permission: "AuditLog.Read.All",
          detail: "getCredentialUsageSummary is documented to return no data since 1 August 2025.",
        });
      }
      return reading;
    },
  };
}

function isZero(row: UsageRow): boolean {
  return row.successes === 0 && row.failures === 0;
}
