import { randomBytes } from "node:crypto";
import { lstat, open, rename, rm } from "node:fs/promises";

/** Whether something of this name is there, a broken link too. */
export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") {
      return false;
    }
    throw thrown;
  }
}

/**
 * Writes a file that only its owner can read (mode 0600). It has its name when it is complete; until then another one
 * beside it, which is removed when something goes wrong. Rejects as the parts or the file system do, and where the name
 * is taken meanwhile and `replace` is not set.
 */
export async function writeFileWhole(
  path: string,
  parts: AsyncIterable<Buffer>,
  replace: boolean,
): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString("hex")}.part`;
  const file = await open(draft, "wx", 0o600);
  try {
    try {
      for await (const part of parts) {
        await file.writeFile(part);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    if (!replace && (await exists(path))) {
      throw new Error(`${path} is there meanwhile.`);
    }
    await rename(draft, path);
  } catch (thrown) {
    await rm(draft, { force: true });
    throw thrown;
  }
}
