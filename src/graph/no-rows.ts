import { AppError } from "../kernel/problem.ts";
import type { Endpoint } from "./exchange.ts";

/** What a report without a single row is: GRAPH-RETIRED where Microsoft has announced its end, else GRAPH-NOT-COLLECTED. */
export function noRows({ name, retired, report }: Endpoint): AppError {
  const detail = `${name} has no rows.`;
  return retired
    ? new AppError("GRAPH-RETIRED", { permission: "AuditLog.Read.All", detail })
    : new AppError("GRAPH-NOT-COLLECTED", { ...(report && { report }), detail });
}
