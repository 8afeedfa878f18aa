import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFile, readdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { cached } from "./cached.ts";

const ROOT = join(import.meta.dirname, "..", "..");

/** The compiled command line, for tests that start it as a process of its own: `node <entry> serve`. */
export async function builtEntry(): Promise<string> {
  return join(await builtSources(), "main.js");
}

/**
 * The folder with what `src` compiles to, for programs that tests start: Node 20 runs no TypeScript. Around
 * it stand `cards`, `manifest` and `package.json` as in a checkout, and packages are found in the
 * `node_modules` above. Errors of types do not matter here; they have a check of their own.
 */
export async function builtSources(): Promise<string> {
  return join(await cached(`build-${await fingerprint()}`, build), "dist");
}

async function fingerprint(): Promise<string> {
  const sources = await readdir(join(ROOT, "src"), { recursive: true });
  const files = sources.filter((name) => name.endsWith(".ts")).map((name) => join("src", name));
  const hash = createHash("sha256");
  for (const name of [...files.sort(), "package.json", "tsconfig.json", "tsconfig.build.json"]) {
    hash.update(name).update(await readFile(join(ROOT, name)));
  }
  return hash.digest("hex").slice(0, 16);
}

async function build(draft: string): Promise<void> {
  const output = await compile(join(draft, "dist"));
  await copyFile(join(ROOT, "package.json"), join(draft, "package.json"));
  for (const folder of ["cards", "manifest"]) {
    await symlink(join(ROOT, folder), join(draft, folder), "junction");
  }
  const made = await readdir(draft);
  if (!made.includes("dist")) {
    throw new Error(`The sources do not compile:\n${output}`);
  }
}

/** What the compiler says. */
function compile(outDir: string): Promise<string> {
  const compiler = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  // The project's own .tsbuildinfo belongs to its own output folder.
  const options = ["--outDir", outDir, "--incremental", "false", "--tsBuildInfoFile", "null"];
  return new Promise((resolve) => {
    const argument = [compiler, "-p", join(ROOT, "tsconfig.build.json"), ...options];
    execFile(process.execPath, argument, { maxBuffer: 16 * 1024 * 1024 }, (_failed, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}
