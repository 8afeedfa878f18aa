import { onTestFinished } from "vitest";
import { type Clock, systemClock } from "../../src/kernel/clock.ts";
import type { SampleTenantOptions } from "../../src/sample-tenant/options.ts";
import { VIEWERS } from "../../src/sample-tenant/viewers.ts";
import { textOf } from "../support/activities.ts";
import type { Sent } from "../support/connector.ts";
import { type RunningBot, startBot } from "../support/running-bot.ts";

type Person = keyof typeof VIEWERS;

interface Started {
  readonly tenant?: SampleTenantOptions;
  readonly settings?: Readonly<Record<string, string>>;
  readonly answerWithin?: number;
  readonly clock?: Clock;
}

/** A bot that ends with the test; Graph's quota is not what is tested here. */
export async function startNames({
  tenant,
  settings,
  answerWithin = 8_000,
  clock = systemClock,
}: Started = {}): Promise<RunningBot> {
  const bot = await startBot({
    clock,
    tenant: { people: 400, quota: 1e6, now: () => clock.now(), ...tenant },
    timings: { answerWithin, quotaWindow: 20 },
    ...(settings && { settings }),
  });
  onTestFinished(() => bot.stop());
  return bot;
}

export function as(person: Person): object {
  const { id, displayName } = VIEWERS[person];
  return { from: { id: `29:${person}`, name: displayName, aadObjectId: id } };
}

export function cardOf(sent: readonly Sent[]): unknown {
  return sent.at(-1)?.body.attachments?.[0]?.content;
}

export const ACCOUNT = /[\w.'#-]+@contoso\.example/g;

/** Accounts that a card names, in order. */
export function accountsOn(card: unknown): readonly string[] {
  return textOf(card).match(ACCOUNT) ?? [];
}

export interface Row {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly userDisplayName: string;
  readonly userType: string;
  readonly isAdmin: boolean;
  readonly isMfaRegistered: boolean;
  readonly isSsprRegistered: boolean;
}

/** What Graph itself says of everybody. */
export async function everybody({ tenant }: RunningBot): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let link: string | undefined =
    `${tenant.url}/v1.0/reports/authenticationMethods/userRegistrationDetails?$top=999`;
  while (link) {
    const answer = await fetch(link, { headers: { authorization: `Bearer ${tenant.token("app")}` } });
    const page = (await answer.json()) as { value: Row[]; "@odata.nextLink"?: string };
    rows.push(...page.value);
    link = page["@odata.nextLink"];
  }
  return rows;
}

export async function withoutMfa(running: RunningBot): Promise<readonly string[]> {
  const rows = await everybody(running);
  return rows
    .filter(({ userType, isMfaRegistered }) => userType === "member" && !isMfaRegistered)
    .filter(({ userPrincipalName }) => !/^(?:package_|sync_)/i.test(userPrincipalName))
    .map(({ userPrincipalName }) => userPrincipalName);
}

/** Lines of the audit in the log. */
export function auditOf({ log }: RunningBot): readonly Record<string, unknown>[] {
  return log.flatMap(({ facts, message }) =>
    message === "audit" && "audit" in facts ? [facts.audit as Record<string, unknown>] : [],
  );
}

export function reportRequests({ tenant }: RunningBot): readonly string[] {
  return tenant.requests.map(({ path }) => path).filter((path) => path.includes("/reports/"));
}
