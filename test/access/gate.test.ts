import { describe, expect, test } from "vitest";
import { createGate, type Gate } from "../../src/access/gate.ts";
import { PERMISSIONS, type Permission } from "../../src/access/permission.ts";
import { type AskedIn, placeRule } from "../../src/access/places.ts";
import type { AccessRules, Holder } from "../../src/access/rules.ts";
import type { Viewer } from "../../src/access/viewer.ts";
import { toTenantId, toUserId, type UserId } from "../../src/kernel/ids.ts";
import { AppError } from "../../src/kernel/problem.ts";
import type { Directory } from "../../src/ports/directory.ts";

const GROUP = "6f1c1b8e-0000-4000-8000-0000000000aa";
const ROLE = "4a5d8f65-41da-4de4-8968-e035b65339cf";
const ME = userId("3604e35c-12f3-a86a-5ff4-97aecf6c526a");
const TENANT = toTenantId("7f1e6f52-3c1b-4c8e-9a55-0d2f4f1c6a01");

function userId(text: string): UserId {
  const id = toUserId(text);
  if (id === undefined) {
    throw new Error(`${text} is no object id.`);
  }
  return id;
}

function person(): Viewer {
  if (TENANT === undefined) {
    throw new Error("The example is no tenant id.");
  }
  return { kind: "person", tenantId: TENANT, userId: ME };
}

const HOLDERS: Readonly<Record<string, Holder>> = {
  group: { kind: "group", id: GROUP.toUpperCase() },
  role: { kind: "role", id: ROLE, name: "Reports Reader" },
  user: { kind: "user", id: ME },
  "somebody else": { kind: "user", id: userId("aaaae35c-12f3-a86a-5ff4-97aecf6c526a") },
  everyone: { kind: "everyone-in-tenant" },
};

/** What Entra says of the asker: what they hold, and their account. */
const ASKERS: Readonly<Record<string, Directory | "down">> = {
  "in the group": directory([GROUP], "member"),
  "with the role": directory([ROLE], "member"),
  "a member with nothing": directory([], "member"),
  "a guest with nothing": directory([], "guest"),
  "a guest in the group": directory([GROUP], "guest"),
  "of another tenant": directory([], "none"),
  "while Graph is down": "down",
};

function directory(held: readonly string[], kind: "member" | "guest" | "none"): Directory {
  return {
    held: async (_user, ids) => new Set(ids.filter((id) => held.includes(id))),
    account: async () => ({ kind }),
  };
}

const DOWN: Directory = {
  held: () => Promise.reject(new AppError("GRAPH-UNREACHABLE")),
  account: () => Promise.reject(new AppError("GRAPH-UNREACHABLE")),
};

function rulesWith(permission: Permission, holders: readonly Holder[]): AccessRules {
  return { reports: [], person: [], people: [], manage: [], audit: [], [permission]: holders };
}

function gateOf(rules: AccessRules, asked: Directory | "down", elapsed = () => 0): Gate {
  const timings = { accessDeadline: 1_000, rememberAccess: 300_000 };
  return createGate({ rules, directory: asked === "down" ? DOWN : asked, timings, elapsed });
}

async function outcome(gate: Gate, viewer: Viewer, permission: Permission): Promise<string> {
  try {
    return (await gate.decide(viewer, permission)).allowed ? "allowed" : "denied";
  } catch (thrown) {
    return thrown instanceof AppError ? thrown.code : "thrown";
  }
}

/** asker × holder → what is decided; what does not stand here is denied. */
const ALLOWED: readonly (readonly [asker: string, holder: string])[] = [
  ["in the group", "group"],
  ["a guest in the group", "group"],
  ["with the role", "role"],
  ["in the group", "user"],
  ["with the role", "user"],
  ["a member with nothing", "user"],
  ["a guest with nothing", "user"],
  ["a guest in the group", "user"],
  ["in the group", "everyone"],
  ["with the role", "everyone"],
  ["a member with nothing", "everyone"],
];

const TABLE = Object.keys(ASKERS).flatMap((asker) =>
  Object.keys(HOLDERS).flatMap((holder) =>
    PERMISSIONS.map((permission) => {
      const isAllowed = ALLOWED.some(([one, other]) => one === asker && other === holder);
      const expected = asker === "while Graph is down" ? "ACCESS-UNDECIDED" : "denied";
      return [permission, holder, asker, isAllowed ? "allowed" : expected] as const;
    }),
  ),
);

describe("the gate decides by what Entra says now", () => {
  test.each(TABLE)(
    "%s, held by %s, asked by somebody %s: %s",
    async (permission, holder, asker, expected) => {
      const [rule, asked] = [HOLDERS[holder], ASKERS[asker]];
      const gate = gateOf(rulesWith(permission, rule ? [rule] : []), asked ?? "down");

      const decided = await outcome(gate, person(), permission);

      expect(decided).toBe(expected);
    },
  );

  test.each(PERMISSIONS)("%s is nobody's by an empty list, without asking Graph", async (permission) => {
    const gate = gateOf(rulesWith(permission, []), "down");

    expect(await outcome(gate, person(), permission)).toBe("denied");
  });

  test.each(PERMISSIONS)("%s of one list opens no other", async (permission) => {
    const gate = gateOf(rulesWith(permission, [{ kind: "everyone-in-tenant" }]), directory([], "member"));

    const access = await gate.access(person());

    expect(PERMISSIONS.filter((one) => access[one].allowed)).toEqual([permission]);
  });

  test.each(PERMISSIONS)(
    "%s is the operator's, and not of somebody Teams did not name",
    async (permission) => {
      const gate = gateOf(rulesWith(permission, [{ kind: "everyone-in-tenant" }]), directory([], "member"));

      expect(await outcome(gate, { kind: "operator" }, permission)).toBe("allowed");
      expect(await outcome(gate, { kind: "unknown" }, permission)).toBe("denied");
    },
  );
});

describe("the gate remembers", () => {
  const rules = rulesWith("reports", [{ kind: "group", id: GROUP }]);

  test("a grant for five minutes", async () => {
    let now = 1_000;
    let asked = 0;
    const held: Directory["held"] = async () => {
      asked += 1;
      return new Set([GROUP]);
    };
    const gate = gateOf(rules, { ...directory([], "member"), held }, () => now);

    await gate.decide(person(), "reports");
    now = 300_999;
    await gate.decide(person(), "reports");
    const within = asked;
    now = 301_001;
    await gate.decide(person(), "reports");

    expect([within, asked]).toEqual([1, 2]);
  });

  test("no refusal: who has just been let in is let in at once", async () => {
    const held = new Set<string>();
    const gate = gateOf(rules, { ...directory([], "member"), held: async () => new Set(held) });
    const before = await gate.decide(person(), "reports");

    held.add(GROUP);
    const after = await gate.decide(person(), "reports");

    expect([before.allowed, after.allowed]).toEqual([false, true]);
  });

  test("nothing once Graph is asked anew and does not answer", async () => {
    let isDown = false;
    const held: Directory["held"] = () =>
      isDown ? Promise.reject(new AppError("GRAPH-UNREACHABLE")) : Promise.resolve(new Set([GROUP]));
    const gate = gateOf(rules, { ...directory([], "member"), held });
    await gate.decide(person(), "reports");
    isDown = true;

    const fresh = gate.decide(person(), "reports", { fresh: true });

    await expect(fresh).rejects.toMatchObject({ code: "ACCESS-UNDECIDED" });
    await expect(gate.decide(person(), "reports")).rejects.toMatchObject({ code: "ACCESS-UNDECIDED" });
  });
});

describe("a place", () => {
  const PLACES: readonly AskedIn[] = ["personal", "groupChat", "channel", "terminal"];

  test.each(PLACES)("%s takes numbers, and names only where one person reads", (place) => {
    const isShared = place === "groupChat" || place === "channel";
    const numbers = { permission: "reports", where: "anywhere", ofPlace: false } as const;
    const names = { permission: "people", where: "personal", ofPlace: false } as const;
    const digest = { permission: "reports", where: "anywhere", ofPlace: true } as const;
    const help = { where: "anywhere", ofPlace: false } as const;

    expect(placeRule(numbers, place, true)).toBe("here");
    expect(placeRule(numbers, place, false)).toBe(isShared ? "privately" : "here");
    expect(placeRule(names, place, true)).toBe(isShared ? "names-elsewhere" : "here");
    expect(placeRule(digest, place, false)).toBe("here");
    expect(placeRule(help, place, false)).toBe("here");
  });
});
