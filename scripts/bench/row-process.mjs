// One row in a process of its own, so that its memory and what is compiled for it touch no other row. The parent says
// which one and how large, and is sent what was measured.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [name, root, quick, rounds] = process.argv.slice(2);
const row = await import(pathToFileURL(join(import.meta.dirname, "rows", `${name}.mjs`)).href);
const measures = await row.measure({
  root,
  load: (path) => import(pathToFileURL(join(root, "dist", path)).href),
  quick: quick === "quick",
  rounds: Number(rounds),
});
process.send({ title: row.title, measures }, () => process.exit());
