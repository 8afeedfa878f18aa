import { describe, expect, test } from "vitest";
import { createGate } from "../../src/access/gate.ts";
import { PERMISSIONS, type Permission } from "../../src/access/permission.ts";
import type { AskedIn } from "../../src/access/places.ts";
import type { AccessRules, Holder } from "../../src/access/rules.ts";
import type { Turn } from "../../src/commands/answer.ts";
import { createAuthorise } from "../../src/commands/authorise.ts";
import { createContext } from "../../src/commands/context.ts";
import { createDispatcher, type Handlers } from "../../src/commands/dispatch.ts";
import { createRecorder } from "../../src/commands/recorder.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { toTenantId, toUserId } from "../../src/kernel/ids.ts";
import { createLog } from "../../src/kernel/log.ts";
import { AppError } from "../../src/kernel/problem.ts";
import { COMMANDS } from "../../src/language/commands.ts";
import type { AuditEntry } from "../../src/ports/audit.ts";
import { plainNotice } from "../../src/views/notice.ts";
import { AUDIENCE } from "../views/samples.ts";

const TENANT = toTenantId("7f1e6f52-3c1b-4c8e-9a55-0d2f4f1c6a01");
const ME = toUserId("3604e35c-12f3-a86a-5ff4-97aecf6c526a");
const GROUP = "6f1c1b8e-0000-4000-8000-0000000000aa";
const ROLE = "4a5d8f65-41da-4de4-8968-e035b65339cf";
if (!TENANT || !ME) {
  throw new Error("The examples are no ids.");
}
const tenantId = TENANT;
const userId = ME;

/** Words that ask for each permission, and whether the answer may name people. */
const ASKED: Readonly<Record<Permission, { readonly words: string; readonly names: boolean }>> = {
  reports: { words: "sspr usage", names: false },
  person: { words: "person adele@contoso.example", names: true },
  people: { words: "people without mfa", names: true },
  manage: { words: "digest pause", names: false },
  audit: { words: "audit", names: true },
};
const PLACES = ["personal", "groupChat", "channel", "terminal"] as const satisfies readonly AskedIn[];
const HOLDERS = {
  group: { kind: "group", id: GROUP },
  role: { kind: "role", id: ROLE, name: "Reports Reader" },
  user: { kind: "user", id: userId },
  none: undefined,
  "Graph down": { kind: "group", id: GROUP },
} as const satisfies Readonly<Record<string, Holder | undefined>>;

const SHOWN = "the numbers";

/** Everything between the words and the answer, with Entra and Teams played by the test. */
function dispatcherWith(permission: Permission, holder: keyof typeof HOLDERS) {
  const rule = HOLDERS[holder];
  const nobody: AccessRules = { reports: [], person: [], people: [], manage: [], audit: [] };
  const rules: AccessRules = { ...nobody, [permission]: rule ? [rule] : [] };
  const gate = createGate({
    rules,
    directory: {
      held: (_user, ids) =>
        holder === "Graph down"
          ? Promise.reject(new AppError("GRAPH-UNREACHABLE"))
          : Promise.resolve(new Set(ids)),
      account: async () => ({ kind: "member" }),
    },
    timings: { accessDeadline: 1_000, rememberAccess: 1_000 },
    elapsed: () => 1,
  });
  const audited: AuditEntry[] = [];
  const audit = {
    record: async (entry: AuditEntry) => void audited.push(entry),
    since: async () => [],
    async *each() {
      yield [];
    },
  };
  const answer = async () => ({ kind: "answered" as const, view: plainNotice(SHOWN, []) });
  const handlers = Object.fromEntries(
    Object.keys(COMMANDS).map((command) => [command, answer]),
  ) as unknown as Handlers;
  const dispatcher = createDispatcher({
    handlers,
    rules,
    authorise: createAuthorise({ gate, roster: { isMember: async () => true }, wasGiven: async () => false }),
    recorder: createRecorder({ audit, tenantId: async () => tenantId, clock: systemClock }),
    files: { questionOf: () => undefined, withdraw: async () => undefined },
    channelReports: true,
    smallGroupFloor: 5,
    context: createContext(1_000, () => 1),
    clock: systemClock,
    lastRead: async () => undefined,
    tellingReaders: async (told) => told,
    countElsewhere: async () => undefined,
  });
  return { dispatcher, audited };
}

function turnIn(place: AskedIn): Turn {
  const address =
    place === "terminal"
      ? {}
      : { address: { serviceUrl: "https://x", conversationId: "19:c", botId: "28:b", kind: place } };
  return {
    viewer: place === "terminal" ? { kind: "operator" } : { kind: "person", tenantId, userId },
    place,
    ...address,
    conversation: "c",
    audience: AUDIENCE,
    correlationId: "id",
    log: createLog("silent"),
    answerBy: new Date(),
  };
}

const TABLE = PERMISSIONS.flatMap((permission) =>
  PLACES.flatMap((place) =>
    (Object.keys(HOLDERS) as (keyof typeof HOLDERS)[]).map((holder) => {
      const isShared = place === "groupChat" || place === "channel";
      const granted = place === "terminal" || ["group", "role", "user"].includes(holder);
      const outcome = !granted
        ? "refused"
        : isShared && ASKED[permission].names
          ? "names elsewhere"
          : "shown";
      return [permission, place, holder, outcome] as const;
    }),
  ),
);

describe("who gets what, where", () => {
  test.each(TABLE)("%s in a %s, held by %s: %s", async (permission, place, holder, expected) => {
    const { dispatcher, audited } = dispatcherWith(permission, holder);

    const { kind, view } = await dispatcher.ask(ASKED[permission].words, turnIn(place));

    const outcome = kind === "refused" ? "refused" : view.title === SHOWN ? "shown" : "names elsewhere";
    expect(outcome).toBe(expected);
    expect(JSON.stringify(view).includes(SHOWN)).toBe(expected === "shown");
    const looks = audited.map(({ what }) => what);
    expect(looks.includes("refused")).toBe(expected === "refused");
    expect(looks.some((what) => what === "names" || what === "audit")).toBe(
      expected === "shown" && ASKED[permission].names,
    );
    expect(JSON.stringify(audited)).not.toContain("adele");
  });
});
