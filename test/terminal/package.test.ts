import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import JSZip from "jszip";
import { beforeAll, describe, expect, test } from "vitest";
import packageFile from "../../package.json" with { type: "json" };
import { MANIFEST_FOLDER } from "../../src/teams-app/package.ts";
import { packageApp } from "../../src/terminal/package.ts";
import type { Terminal } from "../../src/terminal/terminal.ts";
import { builtEntry } from "../support/build.ts";
import { BOT_ID, tools, WEBSITE } from "../teams-app/sample-app.ts";
import { run, STACK, temporary } from "./command-line.ts";

const environment = { MicrosoftAppId: BOT_ID, TEAMS_APP_WEBSITE: WEBSITE };
const FILE = "authpulse-teams-app.zip";

/** The first to start the command line compiles it. */
beforeAll(async () => {
  await builtEntry();
}, 120_000);

describe("package", () => {
  test("writes the app of these settings, and says what it took", async () => {
    const folder = await temporary();

    const { code, out, err } = await run(["package"], { folder, environment });

    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain(`Written to ${FILE}: AuthPulse`);
    expect(out).toContain(`(AuthPulse ${packageFile.version})`);
    expect(out).toContain(`TEAMS_APP_PRIVACY is not set, so that link leads to ${WEBSITE}.`);
    expect(await readdir(folder)).toEqual([FILE]);
    const zip = await JSZip.loadAsync(await readFile(join(folder, FILE)));
    expect(Object.keys(zip.files)).toEqual(["manifest.json", "color.png", "outline.png"]);
  });

  test("takes a name and a file, and replaces the file of before", async () => {
    const folder = await temporary();
    await writeFile(join(folder, "mine.zip"), "an older one");

    const { code } = await run(["package", "--name", "SSPR reports", "--output", "mine.zip"], {
      folder,
      environment: { ...environment, TEAMS_APP_NAME: "Another name" },
    });

    expect(code).toBe(0);
    const zip = await JSZip.loadAsync(await readFile(join(folder, "mine.zip")));
    expect(JSON.parse((await zip.file("manifest.json")?.async("text")) ?? "")).toMatchObject({
      name: { short: "SSPR reports" },
    });
  });

  test("names each wrong setting with its remedy, and writes nothing", async () => {
    const folder = await temporary();

    const { code, out, err } = await run(["package", "--name", "A".repeat(31)], {
      folder,
      environment: { MicrosoftAppId: "my-bot" },
    });

    expect([code, out]).toEqual([2, ""]);
    const lines = err.trimEnd().split("\n");
    expect(lines[0]).toBe("The Teams app was not packaged:");
    for (const name of ["MicrosoftAppId", "TEAMS_APP_NAME", "TEAMS_APP_WEBSITE"]) {
      const index = lines.findIndex((line) => line.startsWith(`  ${name}: `));
      expect(index, err).toBeGreaterThan(0);
      expect(lines[index + 1]).toMatch(/^ {4}\S/);
    }
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([["report.json"], ["nowhere/app.zip"], ["taken.zip"]])(
    "leaves nothing behind where %s cannot be written",
    async (output) => {
      const folder = await temporary();
      await mkdir(join(folder, "taken.zip"));

      const { code, out, err } = await run(["package", "--output", output], { folder, environment });

      expect(code).toBeGreaterThan(0);
      expect(out).toBe("");
      expect(err).toContain("The Teams app was not packaged");
      expect(err).not.toMatch(STACK);
      expect(await readdir(folder)).toEqual(["taken.zip"]);
    },
  );
});

/** A terminal that keeps what it is told. */
function listening(): { readonly terminal: Terminal; readonly told: string[] } {
  const told: string[] = [];
  const terminal: Terminal = {
    environment,
    print: (text) => void told.push(text),
    write: () => Promise.resolve(),
    tell: (text) => void told.push(text),
    input: Readable.from([]),
    width: 80,
    locale: "en-GB",
    timeZone: "UTC",
  };
  return { terminal, told };
}

describe("package, where something is not as it should be", () => {
  test("says what to do without the packages for development", async () => {
    const folder = await temporary();
    const { terminal, told } = listening();

    const code = await packageApp(
      terminal,
      { output: join(folder, FILE) },
      { folder: MANIFEST_FOLDER, tools: () => Promise.resolve(undefined) },
    );

    expect(code).toBe(1);
    expect(told.join()).toContain('run "npm ci"');
    expect(await readdir(folder)).toEqual([]);
  });

  test("tells a fault of the validator in a line, and writes nothing", async () => {
    const folder = await temporary();
    const { terminal, told } = listening();
    const broken = { ...(await tools()), validate: () => Promise.reject(new Error("schema not found")) };

    const code = await packageApp(
      terminal,
      { output: join(folder, FILE) },
      { folder: MANIFEST_FOLDER, tools: () => Promise.resolve(broken) },
    );

    expect([code, told]).toEqual([1, ["The Teams app was not packaged. Error: schema not found"]]);
    expect(await readdir(folder)).toEqual([]);
  });

  test("tells what the validator says, and writes nothing", async () => {
    const folder = await temporary();
    const { terminal, told } = listening();
    const strict = { ...(await tools()), validate: () => Promise.resolve(["/name/short must be nicer"]) };

    const code = await packageApp(
      terminal,
      { output: join(folder, FILE) },
      { folder: MANIFEST_FOLDER, tools: () => Promise.resolve(strict) },
    );

    expect(code).toBe(1);
    expect(told.join()).toContain("manifest/manifest.json /name/short: Microsoft's schema: it must be nicer");
    expect(await readdir(folder)).toEqual([]);
  });
});
