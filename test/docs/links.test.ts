import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { PAGES, pathOf, textOf } from "./documents.ts";

interface Link {
  readonly page: string;
  readonly path: string;
  readonly anchor: string;
}

function linksOf(page: string): readonly Link[] {
  return [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1] ?? "")
    .filter((target) => !target.startsWith("https://"))
    .map((target) => {
      const [path = "", anchor = ""] = target.split("#");
      return { page, path, anchor };
    });
}

/** As GitHub makes them of headings. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map((match) =>
    (match[1] ?? "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function leadsSomewhere({ page, path, anchor }: Link): boolean {
  const target = path === "" ? page : join(dirname(page), path);
  return existsSync(pathOf(target)) && (anchor === "" || anchorsOf(textOf(target)).includes(anchor));
}

const links = PAGES.flatMap(linksOf);

test("every relative link leads to a file or a heading that is there", () => {
  expect(links.length).toBeGreaterThan(5);
  expect(links.filter((link) => !leadsSomewhere(link))).toEqual([]);
});

test("every picture is shown somewhere and is small enough for a page", () => {
  const shown = links.map(({ page, path }) => join(dirname(page), path));
  const pictures = readdirSync(pathOf("docs/pictures")).map((name) => join("docs", "pictures", name));

  expect(pictures.length).toBeGreaterThan(0);
  expect(pictures.filter((picture) => !shown.includes(picture))).toEqual([]);
  expect(pictures.filter((picture) => statSync(pathOf(picture)).size > 250_000)).toEqual([]);
});
