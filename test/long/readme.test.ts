import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { SampleTenant } from "../../src/sample-tenant/options.ts";
import { startSampleTenant } from "../../src/sample-tenant/server.ts";
import { commandsOf, NOT_RUN, type Shown } from "../docs/readme-commands.ts";
import { expectValidCard } from "../render/card-check.ts";
import { settingsFor } from "../terminal/command-line.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** What a clone has and a command needs; packages are those of this checkout. */
const CLONED = [
  "src",
  "cards",
  "manifest",
  "scripts",
  "package.json",
  "tsconfig.json",
  "tsconfig.build.json",
];
/** Run until somebody ends them. */
const LASTING = /\bdemo\b|^npm start$/;
/** Step 4 of the README, as far as the package needs it. */
const REGISTERED = {
  MicrosoftAppId: "a99e5e01-7c2d-4c8e-b8f3-d1f9b0c2a601",
  TEAMS_APP_WEBSITE: "https://intranet.example.org/authpulse",
};

interface Printed {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

describe("every command of the README", () => {
  let tenant: SampleTenant;
  let folder: string;
  beforeAll(async () => {
    tenant = await startSampleTenant({ people: 400, quota: 1_000 });
    folder = await mkdtemp(join(tmpdir(), "authpulse-readme-"));
    for (const name of CLONED) {
      await cp(join(ROOT, name), join(folder, name), { recursive: true });
    }
    await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
  });
  afterAll(async () => {
    await tenant.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Types a command in the clone, and Ctrl-C as soon as a lasting one has printed what it should. */
  async function typed({ command, prints }: Shown): Promise<Printed> {
    const { DATA_DIR: _default, ...settings } = settingsFor(tenant, folder);
    const child = spawn("/bin/sh", ["-c", command.replace(/^npm ci && /, "")], {
      cwd: folder,
      detached: true,
      env: {
        ...{ PATH: process.env["PATH"], HOME: folder, LC_ALL: "en_GB.UTF-8", TZ: "UTC", PORT: "0" },
        ...{ npm_config_update_notifier: "false", ...settings },
        ...(command === "npm run package" && REGISTERED),
      },
    });
    const interrupt = (): void => {
      const isRunning = child.exitCode === null && child.signalCode === null;
      if (child.pid !== undefined && isRunning) {
        process.kill(-child.pid, "SIGINT");
      }
    };
    onTestFinished(interrupt);
    const printed = { out: "", err: "" };
    const collect = (stream: "out" | "err") => (text: string) => {
      printed[stream] += text;
      if (LASTING.test(command) && /Ctrl-C ends/.test(text)) {
        interrupt();
      }
    };
    child.stdout.setEncoding("utf8").on("data", collect("out"));
    child.stderr.setEncoding("utf8").on("data", collect("err"));
    const [code] = await once(child, "close");
    expect(missing(prints, printed), `${command} printed:\n${printed.out}${printed.err}`).toEqual([]);
    return { code, ...printed };
  }

  const run = commandsOf("README.md").filter(({ command }) => !(command in NOT_RUN));

  test.each(run)("runs and prints what stands there: $command", async (shown) => {
    const { code, out, err } = await typed(shown);

    expect(err).not.toMatch(/^\s+at .+[:)]/m);
    // What npm ends with when it is interrupted is npm's own matter.
    expect(LASTING.test(shown.command) || code === 0, err).toBe(true);
    expect(out + err).not.toBe("");
    await CLAIMS[shown.command]?.(out, folder);
  });

  test("is followed by what it is said to do, where more is said than is shown", () => {
    expect(Object.keys(CLAIMS).filter((claim) => !run.some(({ command }) => command === claim))).toEqual([]);
  });
});

/** What the README says of a command beyond the lines that it shows. */
const CLAIMS: Readonly<Record<string, (out: string, folder: string) => void | Promise<void>>> = {
  'npm run --silent ask -- --json "sspr usage by method"': (out) => expectValidCard(JSON.parse(out)),
  'npm run --silent ask -- --parse "reset usage this week"': (out) =>
    expect(JSON.parse(out)).toEqual({ command: "usage", options: { feature: "reset", period: "D7" } }),
  'npm run --silent ask -- "sspr usage" --csv usage.csv': async (_out, folder) =>
    expect(await readFile(join(folder, "usage.csv"), "utf8")).toContain("authPulseExport,usage"),
  "node scripts/run.mjs audit --csv": (out) => expect(out).toMatch(/^at,tenantId,who,what,.*\r?\n.+,export,/),
};

/** Lines that were not printed; figures and bars are those of another company and day. */
function missing(expected: readonly string[], { out, err }: Omit<Printed, "code">): readonly string[] {
  const printed = `${out}\n${err}`.split("\n").map(withoutFigures);
  return expected.filter((line) => !printed.includes(withoutFigures(line)));
}

function withoutFigures(line: string): string {
  return line
    .replace(/[█░]{2,}|[█░]$/g, "")
    .replace(/[\d,.]+/g, "0")
    .replace(/\s+/g, " ")
    .trim();
}
