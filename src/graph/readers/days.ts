import { z } from "zod";
import { AppError } from "../../kernel/problem.ts";
import type { DailyReport, Day, DaysReader } from "../../ports/days.ts";
import type { Endpoint } from "../exchange.ts";
import { noRows } from "../no-rows.ts";
import { count } from "../shape.ts";
import { readRows } from "./read-rows.ts";
import type { ReaderParts } from "./summary.ts";

interface Source<Report extends DailyReport> {
  readonly endpoint: Endpoint;
  readonly row: z.ZodType<Day<Report>>;
}

/** A row's date-time is some time of the day that it counts; which one is not documented. */
const dayOf = z.iso.datetime({ offset: true }).transform((at) => new Date(at).toISOString().slice(0, 10));

const SOURCES: { readonly [Report in DailyReport]: Source<Report> } = {
  passwords: {
    endpoint: {
      name: "userPasswordResetsAndChangesSummary",
      permission: "AuditLog.Read.All",
      bucket: "reports",
    },
    row: z
      .object({
        aggregatedDateTime: dayOf,
        passwordResetsByAdminCount: count,
        passwordResetsSelfServiceCount: count,
        changePasswordSelfServiceCount: count,
      })
      .transform((row) => ({
        day: row.aggregatedDateTime,
        counts: {
          resetsByAdmin: row.passwordResetsByAdminCount,
          resetsSelfService: row.passwordResetsSelfServiceCount,
          changesSelfService: row.changePasswordSelfServiceCount,
        },
      })),
  },
  signIns: {
    endpoint: {
      name: "userMfaSignInSummary",
      permission: "AuditLog.Read.All",
      bucket: "reports",
      report: "sign-ins",
    },
    row: z
      .object({
        createdDateTime: dayOf,
        totalSignIns: count,
        singleFactorSignIns: count,
        multiFactorSignIns: count,
      })
      .transform((row) => ({
        day: row.createdDateTime,
        counts: {
          total: row.totalSignIns,
          singleFactor: row.singleFactorSignIns,
          multiFactor: row.multiFactorSignIns,
        },
      })),
  },
};

/**
 * Reads one of the reports that have a row a day, for a signed-in person and for an application alike
 * (learn.microsoft.com/graph/api/authenticationmethodsroot-list-userpasswordresetsandchangessummary and
 * …-list-usermfasigninsummary, both in beta alone). Two rows of one day are GRAPH-ANSWER: whether they are parts of the
 * day or the same row twice is not documented, and a sum of the latter would count double.
 */
export function daysReader<Report extends DailyReport>(
  report: Report,
  { client, clock }: ReaderParts,
): DaysReader<Report> {
  const { endpoint, row } = SOURCES[report];
  const source = { endpoint, path: `/beta/reports/authenticationMethods/${endpoint.name}` };
  return {
    async read(options) {
      const readAt = clock.now();
      const days = new Map<string, Day<Report>>();
      const { pages, rows } = await readRows<Day<Report>>(client, source, row, options, (day) =>
        days.set(day.day, day),
      );
      if (rows === 0) {
        throw noRows(endpoint);
      }
      if (days.size < rows) {
        throw new AppError("GRAPH-ANSWER", { detail: `${endpoint.name} has two rows of one day.` });
      }
      return { report, readAt, pages, rowsRead: rows, days: [...days.values()] };
    },
  };
}
