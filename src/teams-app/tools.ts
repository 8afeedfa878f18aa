import type { Validate } from "./manifest-rules.ts";

/** A file of the package. */
export interface PackagedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The libraries that packaging takes. */
export interface PackagingTools {
  readonly validate: Validate;
  readonly zip: (files: readonly PackagedFile[]) => Promise<Buffer>;
}

/** Zip files keep a time without a zone; the same one in each makes the same bytes of the same files. */
const ANY_TIME = new Date("2000-01-01T00:00:00Z");

/**
 * Microsoft's validator and a zip writer. They are packages for development, as an app is packaged on a desk and not
 * where the bot runs: undefined where they are not installed.
 */
export async function packagingTools(): Promise<PackagingTools | undefined> {
  const validator = await ifInstalled(() => import("@microsoft/app-manifest"));
  const writer = await ifInstalled(() => import("jszip"));
  return (
    validator &&
    writer && {
      validate: (manifest) =>
        validator.AppManifestUtils.validateAgainstSchema(
          manifest as Parameters<typeof validator.AppManifestUtils.validateAgainstSchema>[0],
        ),
      zip(files) {
        const zip = new writer.default();
        for (const { name, bytes } of files) {
          zip.file(name, bytes, { date: ANY_TIME });
        }
        return zip.generateAsync({ type: "nodebuffer", compression: "DEFLATE", platform: "DOS" });
      },
    }
  );
}

/** What `load` imports; undefined where a package is missing. Rejects as it does for any other reason. */
export async function ifInstalled<T>(load: () => Promise<T>): Promise<T | undefined> {
  try {
    return await load();
  } catch (thrown) {
    const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
    if (code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND") {
      return undefined;
    }
    throw thrown;
  }
}
