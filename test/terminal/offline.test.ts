import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import packageFile from "../../package.json" with { type: "json" };
import { run, STACK, start, temporary } from "./command-line.ts";

describe("the command line", () => {
  test("explains its commands with --help", async () => {
    const { code, out } = await run(["--help"]);

    expect(code).toBe(0);
    for (const command of ["serve", "demo", "ask", "collect"]) {
      expect(out).toMatch(new RegExp(`^ {2}${command}\\b`, "m"));
    }
  });

  test("says its version", async () => {
    expect(await run(["--version"])).toMatchObject({ code: 0, out: `${packageFile.version}\n` });
  });

  test("refuses what it does not understand, and names the help", async () => {
    const refused = await Promise.all(
      [["frobnicate"], ["ask", "--frob"], ["serve", "now"]].map((words) => run(words)),
    );

    for (const { code, out, err } of refused) {
      expect([code, out]).toEqual([2, ""]);
      expect(err).toMatch(/^error: .*\n.*--help/);
    }
  });

  test("refuses a .env that cannot be read, in one line", async () => {
    const folder = await temporary();
    await mkdir(join(folder, ".env"));

    const { code, err } = await run(["ask", "help"], { folder });

    expect(code).toBe(2);
    expect(err).toContain(".env cannot be read");
    expect(err).not.toMatch(STACK);
  });

  test("ends quietly when nobody reads its output any more", async () => {
    const input = "sspr usage by method\n".repeat(20_000);
    const running = await start(["ask", "--parse", "-"], { input });
    await running.said(/\n/);

    running.stopReading();

    expect(await running.ended).toMatchObject({ code: 0, err: "" });
  });
});

describe("ask --parse", () => {
  test("prints what is understood, and needs no settings for it", async () => {
    const { code, out } = await run(["ask", "--parse", "sspr", "usage", "by", "feature", "last week"], {
      environment: { PORT: "not a port" },
    });

    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ command: "usage", options: { by: "feature", period: "D7" } });
  });

  test("prints one line for each line of the input, blank ones too", async () => {
    const { code, out } = await run(["ask", "--parse", "-"], {
      input: "sspr usage by method\r\n\n   \n🔑 héllo\nonly sms",
    });

    expect(code).toBe(0);
    const lines = out.trimEnd().split("\n");
    expect(lines).toHaveLength(5);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ command: "usage" });
    expect(JSON.parse(lines[1] ?? "")).toMatchObject({ misunderstood: true });
    expect(JSON.parse(lines[4] ?? "")).toHaveProperty("command");
  });

  test("prints nothing for an empty input", async () => {
    expect(await run(["ask", "--parse", "-"])).toMatchObject({ code: 0, out: "" });
  });
});

describe("settings", () => {
  test("are all reported at once, each with its remedy", async () => {
    const { code, out, err } = await run(["serve"], {
      environment: {
        PORT: "eighty",
        HOST: "0.0.0.0",
        MicrosoftAppType: "Multitenant",
        GRAPH_BASE_URL: "http://graph.example",
      },
    });

    expect(code).toBe(2);
    expect(out).toBe("");
    const lines = err.trimEnd().split("\n");
    for (const name of ["PORT", "HOST", "MicrosoftAppType", "GRAPH_BASE_URL", "AZURE_TENANT_ID"]) {
      const index = lines.findIndex((line) => line.startsWith(`  ${name}: `));
      expect(index, err).toBeGreaterThan(0);
      expect(lines[index + 1]).toMatch(/^ {4}\S/);
    }
  });

  test("come from .env, and the environment wins over it", async () => {
    const folder = await temporary();
    await writeFile(join(folder, ".env"), "\uFEFFPORT=from-file\r\nREFRESH_AFTER='from file'\r\n");

    const { err } = await run(["ask", "help"], {
      folder,
      environment: { REFRESH_AFTER: "from-environment" },
    });

    expect(err).toContain('PORT: "from-file" is not a whole number');
    expect(err).toContain('REFRESH_AFTER: "from-environment" is not a whole number');
  });
});
