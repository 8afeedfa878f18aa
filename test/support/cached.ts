import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";

const CACHE = join(import.meta.dirname, "..", "..", "node_modules", ".cache", "authpulse");
const DAY = 24 * 60 * 60 * 1000;

/**
 * A folder that is dear to make, made once for all test workers and runs. `name` says what is in it, with a
 * version or a hash of what it is made from; what was not made again for a day is removed. It is made beside its place
 * and put there by one rename, so any number of workers can ask at once and a killed one leaves no half.
 */
export async function cached(name: string, make: (draft: string) => Promise<void>): Promise<string> {
  const place = join(CACHE, name);
  if (await exists(place)) {
    return place;
  }
  await mkdir(CACHE, { recursive: true });
  await removeOld();
  const draft = await mkdtemp(join(CACHE, "draft-"));
  await make(draft);
  try {
    await rename(draft, place);
  } catch (thrown) {
    await rm(draft, { recursive: true, force: true });
    // Another worker was faster, and its folder is the same.
    if (!(await exists(place))) {
      throw thrown;
    }
  }
  return place;
}

async function removeOld(): Promise<void> {
  for (const name of await readdir(CACHE)) {
    const path = join(CACHE, name);
    const made = await stat(path).catch(() => undefined);
    if (made && Date.now() - made.mtimeMs > DAY) {
      await rm(path, { recursive: true, force: true });
    }
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
