import type { SampleTenant } from "../../src/sample-tenant/options.ts";
import { textOf } from "./activities.ts";

export interface Tries {
  readonly ok: number;
  readonly all: number;
}

/** Graph's own sum of a feature over the last 30 days, from its summary. */
export async function graphTries(tenant: SampleTenant, feature: "reset" | "registration"): Promise<Tries> {
  const path = "/beta/reports/authenticationMethods/userRegistrationActivity(period='d30')";
  const answer = await fetch(tenant.url + path, {
    headers: {
      authorization: `Bearer ${tenant.token("delegated", { appId: "another-app" })}`,
      prefer: "include-unknown-enum-members",
    },
  });
  const { value } = (await answer.json()) as {
    value: { feature: string; successfulActivityCount: number; failureActivityCount: number }[];
  };
  const rows = value.filter((row) => row.feature === feature);
  const ok = rows.reduce((sum, row) => sum + row.successfulActivityCount, 0);
  return { ok, all: rows.reduce((sum, row) => sum + row.failureActivityCount, ok) };
}

/** The same from words such as "… of tries worked (1,841 of 2,158)". */
export function triesIn(text: string, feature: "reset" | "registration"): Tries {
  const words = { reset: "tries worked", registration: "tries were finished" }[feature];
  const [, ok = "", all = ""] = new RegExp(`${words} \\(([\\d,]+) of ([\\d,]+)\\)`).exec(text) ?? [];
  return { ok: Number(ok.replaceAll(",", "")), all: Number(all.replaceAll(",", "")) };
}

/** The same from a card. */
export function shownTries(card: unknown, feature: "reset" | "registration"): Tries {
  return triesIn(textOf(card), feature);
}
