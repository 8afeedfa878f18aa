import { onTestFinished } from "vitest";
import type { SampleTenant, SampleTenantOptions } from "../../src/sample-tenant/options.ts";
import { startSampleTenant } from "../../src/sample-tenant/server.ts";

/** A Saturday afternoon; the hour before it is 13:00 UTC. */
export const NOW = new Date("2026-11-21T14:32:10Z");

export const AUTH = "/beta/reports/authenticationMethods";
export const EVENTS = `${AUTH}/userEventsSummary`;
export const DETAILS = "/v1.0/reports/authenticationMethods/userRegistrationDetails";

export type Row = Record<string, unknown>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Row;
  readonly rows: readonly Row[];
  readonly next: string | undefined;
}

/** A tenant without lag and with a quota that no test meets by chance; it ends with the test. */
export async function openTenant(options: SampleTenantOptions = {}): Promise<SampleTenant> {
  const tenant = await startSampleTenant({ now: () => NOW, quota: 1e6, lagHours: 0, ...options });
  onTestFinished(() => tenant.close());
  return tenant;
}

/** One request by a signed-in Reports Reader who asks for all enum members, unless the headers say otherwise. */
export async function get(
  tenant: SampleTenant,
  path: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return toAnswer(
    await fetch(path.startsWith("http") ? path : tenant.url + path, {
      headers: {
        authorization: `Bearer ${tenant.token("delegated")}`,
        prefer: "include-unknown-enum-members",
        ...headers,
      },
    }),
  );
}

export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

export async function toAnswer(response: Response): Promise<Answer> {
  const body = asRow(await response.json());
  const next = body["@odata.nextLink"];
  return {
    status: response.status,
    headers: response.headers,
    body,
    rows: Array.isArray(body["value"]) ? body["value"].map(asRow) : [],
    next: typeof next === "string" ? next : undefined,
  };
}

/** All rows of all pages. */
export async function readAll(tenant: SampleTenant, path: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let link: string | undefined = path;
  while (link !== undefined) {
    const answer: Answer = await get(tenant, link);
    rows.push(...answer.rows);
    link = answer.next;
  }
  return rows;
}

export function errorOf(answer: Answer): Row {
  return asRow(answer.body["error"]);
}

export function listOf(value: unknown): readonly Row[] {
  return Array.isArray(value) ? value.map(asRow) : [];
}

export function asRow(value: unknown): Row {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
