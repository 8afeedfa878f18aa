import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { emptyDirectory, type TemporaryDirectory } from "../support/data-directory.ts";
import { pathOf, textOf } from "./files.ts";

const PRINCIPAL = "5c9f1d8e-0b7a-4f6d-8a52-6f1f1f6c3b90";
const GRAPH = "8a3c7e12-44f0-4f0b-9d21-6b1a2c3d4e5f";
const ROLES: Readonly<Record<string, string>> = {
  "AuditLog.Read.All": "11111111-aaaa-4aaa-8aaa-111111111111",
  "User.Read.All": "22222222-bbbb-4bbb-8bbb-222222222222",
  "GroupMember.Read.All": "33333333-cccc-4ccc-8ccc-333333333333",
};

interface Tenant {
  readonly signedIn: boolean;
  readonly mayGrant: boolean;
  /** Ids of roles. */
  readonly held: readonly string[];
  /** Answers that do not tell yet what was granted before them. */
  readonly late: number;
}

/** Stands for the Azure CLI: answers what the script asks from a file, and writes every call down. */
const FAKE_AZ = `#!${process.execPath}
const fs = require("node:fs");
const args = process.argv.slice(2);
const words = args.join(" ");
fs.appendFileSync(__dirname + "/calls", JSON.stringify(args) + "\\n");
const file = __dirname + "/tenant.json";
const tenant = JSON.parse(fs.readFileSync(file, "utf8"));
const after = (name) => args[args.indexOf(name) + 1];
const answer = (text) => process.stdout.write(text + "\\n");
const refuse = (text) => { process.stderr.write(text + "\\n"); process.exit(1); };
if (!tenant.signedIn) refuse("ERROR: Please run 'az login' to setup account.");
else if (words.startsWith("account show")) answer("7f1d1a3e-3c57-4a2e-9a5c-1d7b0c6e2f10");
else if (words.startsWith("cloud show")) answer("https://graph.microsoft.com/");
else if (words.startsWith("ad sp show") && after("--query").startsWith("appRoles")) {
  const value = /value=='([^']+)'/.exec(after("--query"))[1];
  answer(tenant.roles[value] || "");
} else if (words.startsWith("ad sp show --id 00000003")) answer("${GRAPH}");
else if (words.startsWith("ad sp show") && after("--query") === "displayName") answer("AuthPulse bot");
else if (words.startsWith("ad sp show --id ${PRINCIPAL}")) answer("${PRINCIPAL}");
else if (words.startsWith("ad sp show")) refuse("ERROR: Resource does not exist.");
else if (words.startsWith("rest --method get")) {
  const known = tenant.late > 0 ? tenant.held.slice(0, -1) : tenant.held;
  fs.writeFileSync(file, JSON.stringify({ ...tenant, late: Math.max(0, tenant.late - 1) }));
  answer(known.join("\\n"));
} else if (words.startsWith("rest --method post")) {
  if (!tenant.mayGrant) refuse("Forbidden: Authorization_RequestDenied");
  const { appRoleId } = JSON.parse(after("--body"));
  const late = tenant.lateAfterGrant || 0;
  fs.writeFileSync(file, JSON.stringify({ ...tenant, held: [...tenant.held, appRoleId], late }));
  answer("{}");
} else refuse("unexpected: " + words);
`;

let folder: TemporaryDirectory;

/** What the script calls beside the Azure CLI; a real one of this machine is never found. */
const TOOLS = ["cat", "grep", "sleep"];

beforeEach(async () => {
  folder = await emptyDirectory();
  for (const tool of TOOLS) {
    const bin = existsSync(`/usr/bin/${tool}`) ? "/usr/bin" : "/bin";
    await symlink(join(bin, tool), join(folder.path, tool));
  }
});

afterEach(() => folder.remove());

async function withTenant(tenant: Partial<Tenant> & { readonly lateAfterGrant?: number }): Promise<void> {
  const all = { signedIn: true, mayGrant: true, held: [], late: 0, roles: ROLES, ...tenant };
  await writeFile(join(folder.path, "tenant.json"), JSON.stringify(all));
  await writeFile(join(folder.path, "az"), FAKE_AZ);
  await chmod(join(folder.path, "az"), 0o755);
}

interface Ended {
  readonly code: number;
  readonly printed: string;
  readonly told: string;
}

function run(...args: readonly string[]): Promise<Ended> {
  const env = { PATH: folder.path, GRANT_RETRY_SECONDS: "0" };
  return new Promise((resolve) => {
    execFile(
      "/bin/sh",
      [pathOf("deploy/grant-graph-permissions.sh"), ...args],
      { env },
      (error, printed, told) => resolve({ code: error ? Number(error.code) : 0, printed, told }),
    );
  });
}

async function calls(): Promise<readonly (readonly string[])[]> {
  const text = await readFile(join(folder.path, "calls"), "utf8");
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as string[]);
}

async function posts(): Promise<readonly unknown[]> {
  const made = (await calls()).filter((args) => args.includes("post"));
  return made.map((args) => JSON.parse(args[args.indexOf("--body") + 1] ?? "") as unknown);
}

function grantOf(permission: string): object {
  return { principalId: PRINCIPAL, resourceId: GRAPH, appRoleId: ROLES[permission] };
}

describe.skipIf(process.platform === "win32")("granting the Graph permissions", () => {
  test("tells what it would do and changes nothing without --apply", async () => {
    await withTenant({});

    const { code, printed } = await run("--principal", PRINCIPAL);

    expect(code).toBe(0);
    expect(printed).toContain(`AuditLog.Read.All     would be granted (${ROLES["AuditLog.Read.All"]})`);
    expect(printed).toContain("Nothing was changed.");
    expect(await posts()).toEqual([]);
  });

  test("grants the two permissions that the bot needs, to its principal alone", async () => {
    await withTenant({});

    const { code, printed } = await run("--principal", PRINCIPAL, "--apply");

    expect(code).toBe(0);
    expect(await posts()).toEqual([grantOf("AuditLog.Read.All"), grantOf("User.Read.All")]);
    const urls = (await calls())
      .filter(([first]) => first === "rest")
      .map((args) => args[args.indexOf("--url") + 1]);
    const principal = `https://graph.microsoft.com/v1.0/servicePrincipals/${PRINCIPAL}/appRoleAssignments`;
    expect(urls.filter((url) => !url?.startsWith(principal))).toEqual([]);
    expect(printed).toContain("All is granted.");
  });

  test("grants the permission for excluded groups only where it is asked for", async () => {
    await withTenant({});

    await run("--principal", PRINCIPAL, "--apply", "--excluded-groups");

    expect(await posts()).toContainEqual(grantOf("GroupMember.Read.All"));
  });

  test("leaves alone what is granted already", async () => {
    await withTenant({ held: Object.values(ROLES).map((id) => id.toUpperCase()) });

    const { code, printed } = await run("--principal", PRINCIPAL, "--apply");

    expect(code).toBe(0);
    expect(printed).toContain("User.Read.All         granted already");
    expect(await posts()).toEqual([]);
  });

  test("grants only what is missing", async () => {
    await withTenant({ held: [ROLES["AuditLog.Read.All"] ?? ""] });

    await run("--principal", PRINCIPAL, "--apply");

    expect(await posts()).toEqual([grantOf("User.Read.All")]);
  });

  test("waits until Graph lists what it has taken", async () => {
    await withTenant({ lateAfterGrant: 2 });

    const { code } = await run("--principal", PRINCIPAL, "--apply");

    expect(code).toBe(0);
  });

  test("says so where Graph does not list what it has taken", async () => {
    await withTenant({ lateAfterGrant: 100 });

    const { code, told } = await run("--principal", PRINCIPAL, "--apply");

    expect(code).toBe(1);
    expect(told).toContain("Graph does not list it");
  });

  test("says which role is missing where the account may not grant", async () => {
    await withTenant({ mayGrant: false });

    const { code, told } = await run("--principal", PRINCIPAL, "--apply");

    expect(code).toBe(1);
    expect(told).toContain("Privileged Role Administrator");
  });

  test("says how to sign in where nobody is", async () => {
    await withTenant({ signedIn: false });

    const { code, told } = await run("--principal", PRINCIPAL);

    expect(code).toBe(1);
    expect(told).toContain("az login");
  });

  test("says so where the Azure CLI is missing", async () => {
    const { code, told } = await run("--principal", PRINCIPAL);

    expect(code).toBe(1);
    expect(told).toContain("The Azure CLI (az) is not installed");
  });

  test("says so where the principal is not in the tenant", async () => {
    await withTenant({});

    const { code, told } = await run("--principal", "00000000-0000-4000-8000-000000000000", "--apply");

    expect(code).toBe(1);
    expect(told).toContain("There is no service principal");
    expect(await posts()).toEqual([]);
  });

  test.each([["no id"], ["../me"], [`${PRINCIPAL}/x`]])(
    "refuses %s as an id before it asks anybody",
    async (id) => {
      await withTenant({});

      const { code, told } = await run("--principal", id);

      expect(code).toBe(2);
      expect(told).toContain("is not an id");
      await expect(calls()).rejects.toThrow();
    },
  );

  test("refuses an option that it does not know", async () => {
    const { code, told } = await run("--force");

    expect(code).toBe(2);
    expect(told).toContain('"--force" is not known');
  });

  test("explains in its help every permission that the security page names", async () => {
    const { code, printed } = await run("--help");

    expect(code).toBe(0);
    const named = [...textOf("SECURITY.md").matchAll(/^\| `(\w+\.Read\.All)`/gm)].map(
      (match) => match[1] ?? "",
    );
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((permission) => !printed.includes(permission))).toEqual([]);
  });
});
