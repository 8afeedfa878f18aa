import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What Node is told before the script where the product is started, as `npm start` and `deploy/` do. */
export function nodeOptions(root) {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return scripts.start.split(" ").filter((word) => word.startsWith("--"));
}
