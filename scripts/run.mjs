// Runs the command line, after building it where the sources are newer than the build. An installed package
// has no sources, and is run as it is.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const built = join(root, "dist", ".tsbuildinfo");

function newest(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Math.max(
    ...entries.map((entry) => statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs),
  );
}

function isStale() {
  const sources = join(root, "src");
  return existsSync(sources) && (!existsSync(built) || newest(sources) > statSync(built).mtimeMs);
}

if (isStale()) {
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const { status } = spawnSync(process.execPath, [compiler, "-p", join(root, "tsconfig.build.json")], {
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) {
    // Without its record the next run builds again instead of trusting half a build.
    rmSync(built, { force: true });
    process.exit(status ?? 1);
  }
}
await import(pathToFileURL(join(root, "dist", "main.js")).href);
