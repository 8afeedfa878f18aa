import { createRequire } from "node:module";

const packageFile = createRequire(import.meta.url)("../../package.json") as { readonly version: string };

/** The version of package.json, the one place where it stands. */
export const VERSION: string = packageFile.version;
