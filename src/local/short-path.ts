import { mkdtemp, rmdir, symlink, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Bytes of a socket's path: `sun_path` has 104 with its final zero on macOS, 108 on Linux (unix(7)). */
const LONGEST = 103;

/**
 * Runs `work` with a path of this file that is short enough for a socket. For a longer one that is a path
 * through a link in the temporary folder, which goes away afterwards. So the socket itself always stands in
 * its own folder: processes with different temporary folders (systemd's `PrivateTmp`) still meet there.
 */
export async function withShortPath<T>(
  folder: string,
  name: string,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const path = join(folder, name);
  if (Buffer.byteLength(path) <= LONGEST) {
    return work(path);
  }
  const shortcut = await mkdtemp(join(tmpdir(), "authpulse-"));
  const link = join(shortcut, "lock");
  try {
    await symlink(folder, link);
    return await work(join(link, name)).finally(() => unlink(link));
  } finally {
    await rmdir(shortcut);
  }
}
