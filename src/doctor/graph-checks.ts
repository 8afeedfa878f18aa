import { randomUUID } from "node:crypto";
import { type AccessRules, idsOf } from "../access/rules.ts";
import { createDirectory } from "../graph/directory.ts";
import { readExcludedAccounts } from "../graph/excluded-accounts.ts";
import { firstPageOnly } from "../graph/first-page.ts";
import type { GraphClient } from "../graph/graph-client.ts";
import { createPeopleReader } from "../graph/people-reader.ts";
import { daysReader } from "../graph/readers/days.ts";
import type { TokenKind } from "../graph/token.ts";
import { createUsageReader, type ReportMode } from "../graph/usage-reader.ts";
import type { Clock } from "../kernel/clock.ts";
import { toUserId, type UserId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { AppError } from "../kernel/problem.ts";
import type { ReaderId, ReadOptions } from "../ports/usage.ts";
import { REPORT_READING_ROLES } from "../reference/roles.ts";
import type { Words } from "../reference/words/words.ts";
import type { Check } from "./check.ts";
import { ok, problem, skipped } from "./row.ts";

export interface GraphParts {
  readonly client: GraphClient;
  readonly clock: Clock;
  readonly log: Log;
  readonly words: Words;
}

const LATE = "GRAPH-UNREACHABLE";

/** The API of each reader, and the permission that it needs. */
const USAGE_OF: Readonly<Record<ReaderId, readonly [endpoint: string, permission: string]>> = {
  legacy: ["getCredentialUsageSummary", "Reports.Read.All"],
  activity: ["userRegistrationActivity", "AuditLog.Read.All"],
  events: ["userEventsSummary", "AuditLog.Read.All"],
};

/**
 * The first page of each report that is used, read by the product's own readers: permission, role, licence and shape
 * are proved by what Graph answers. A named reader is asked instead of `auto`, which would read the retired report for
 * want of a permission.
 */
export function reportChecks(parts: GraphParts, mode: ReportMode, kind: TokenKind): readonly Check[] {
  const { clock, log, words } = parts;
  const client = firstPageOnly(parts.client);
  const reader = mode === "auto" ? (kind === "delegated" ? "activity" : "events") : mode;
  const [usage, permission] = USAGE_OF[reader];
  const isLegacy = reader === "legacy";
  const people = createPeopleReader({
    ...{ client, clock, log },
    mode: isLegacy ? "legacy" : "events",
    excludeGroups: [],
  });
  const read = (
    id: string,
    [endpoint, needed]: readonly [string, string],
    reading: (options: ReadOptions) => Promise<{ readonly rowsRead: number }>,
  ): Check => ({
    id: `report.${id}`,
    subject: words.doctor.report.subject(endpoint),
    late: LATE,
    async run(signal) {
      const { rowsRead } = await reading({ signal, onProgress: () => undefined });
      return ok(words.doctor.report.ok(endpoint, rowsRead, needed));
    },
  });
  return [
    read("usage", [usage, permission], (options) =>
      createUsageReader({ mode: reader, client, clock, log }).read("D30", options),
    ),
    read(
      "people",
      [isLegacy ? "getCredentialUserRegistrationCount" : "userRegistrationDetails", permission],
      (options) => people.read(options),
    ),
    read("passwords", ["userPasswordResetsAndChangesSummary", "AuditLog.Read.All"], (options) =>
      daysReader("passwords", { client, clock }).read(options),
    ),
    read("sign-ins", ["userMfaSignInSummary", "AuditLog.Read.All"], (options) =>
      daysReader("signIns", { client, clock }).read(options),
    ),
  ];
}

/**
 * An application cannot ask about itself as a person, so both calls are about somebody who does not exist: Graph looks
 * at the permission first, and answers 403 without it and 404 with it.
 */
export function directoryChecks({ client, words }: GraphParts, rules: AccessRules): readonly Check[] {
  const directory = createDirectory(client);
  const asked = idsOf(rules);
  const ids = asked.length > 0 ? asked : REPORT_READING_ROLES.map(({ templateId }) => templateId);
  const { members, account } = words.doctor.directory;
  const call = (
    id: string,
    subject: string,
    ask: (user: UserId, signal: AbortSignal) => Promise<unknown>,
  ): Check => ({
    id: `directory.${id}`,
    subject,
    late: LATE,
    async run(signal) {
      await ask(nobody(), signal);
      return ok(words.doctor.directory.ok(subject));
    },
  });
  return [
    call("members", members, (user, signal) => directory.held(user, ids, signal)),
    call("users", account, (user, signal) => directory.account(user, signal)),
  ];
}

function nobody(): UserId {
  const id = toUserId(randomUUID());
  if (!id) {
    throw new AppError("INTERNAL", { detail: "A made-up id is no id." });
  }
  return id;
}

/** Each group whose members are left out: without it people are not counted at all. */
export function excludedGroupChecks(parts: GraphParts, groups: readonly string[]): readonly Check[] {
  return groups.map((group, index) => {
    const subject = parts.words.doctor.group.excluded(group);
    return {
      id: `excluded-group.${index + 1}`,
      subject,
      late: LATE,
      async run(signal) {
        await readMembers(parts, group, signal);
        return ok(parts.words.doctor.group.ok(subject));
      },
    };
  });
}

/** Each group of `ACCESS_…`. Who is in it is asked without the right to read groups, so that its want is no problem. */
export function accessGroupChecks(
  parts: GraphParts,
  groups: readonly { readonly id: string; readonly settings: string }[],
): readonly Check[] {
  const words = parts.words.doctor.group;
  return groups.map(({ id, settings }, index) => {
    const subject = words.access(id, settings);
    return {
      id: `access-group.${index + 1}`,
      subject,
      late: LATE,
      async run(signal) {
        try {
          await readMembers(parts, id, signal);
          return ok(words.ok(subject));
        } catch (thrown) {
          if (thrown instanceof AppError && thrown.code === "GRAPH-GROUP") {
            const { what, remedy } = words.unknown(id, settings);
            return { ...problem(what, remedy), code: thrown.code };
          }
          if (thrown instanceof AppError && thrown.code === "GRAPH-PERMISSION") {
            const { what, remedy } = words.unseen(subject);
            return skipped(what, remedy);
          }
          throw thrown;
        }
      },
    };
  });
}

async function readMembers({ client }: GraphParts, group: string, signal: AbortSignal): Promise<void> {
  await readExcludedAccounts(firstPageOnly(client), [group], { signal, onProgress: () => undefined });
}
