import { cp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import JSZip from "jszip";
import { describe, expect, onTestFinished, test } from "vitest";
import { MANIFEST_FOLDER } from "../../src/teams-app/package.ts";
import { ifInstalled } from "../../src/teams-app/tools.ts";
import { emptyDirectory } from "../support/data-directory.ts";
import { pngFile } from "./png-file.ts";
import { APP, packagedSample } from "./sample-app.ts";

async function zipped(folder?: URL): Promise<Buffer> {
  const packaged = await packagedSample(folder);
  if ("problems" in packaged) {
    throw new Error(JSON.stringify(packaged.problems));
  }
  return packaged.zip;
}

/** A copy of the product's template and icons, to be spoilt. */
async function copiedFolder(): Promise<{ readonly path: string; readonly url: URL }> {
  const { path, remove } = await emptyDirectory();
  onTestFinished(remove);
  await cp(MANIFEST_FOLDER, path, { recursive: true });
  return { path, url: pathToFileURL(`${path}/`) };
}

describe("the package", () => {
  test("holds the manifest and its two icons at the root, and nothing else", async () => {
    const zip = await JSZip.loadAsync(await zipped(), { checkCRC32: true });

    expect(Object.keys(zip.files)).toEqual(["manifest.json", "color.png", "outline.png"]);
    const manifest = JSON.parse((await zip.file("manifest.json")?.async("text")) ?? "");
    expect(manifest).toMatchObject({
      id: APP.id,
      version: "1.1.0",
      name: { short: APP.name },
      developer: {
        name: APP.developer,
        websiteUrl: APP.website,
        privacyUrl: APP.privacy,
        termsOfUseUrl: APP.terms,
      },
      bots: [{ botId: APP.botId }],
    });
    for (const icon of Object.values<string>(manifest.icons)) {
      expect((await zip.file(icon)?.async("nodebuffer"))?.subarray(1, 4).toString()).toBe("PNG");
    }
  });

  test("is the same to the byte each time", async () => {
    const [first, second] = [await zipped(), await zipped()];

    expect(second.equals(first)).toBe(true);
    const { files } = await JSZip.loadAsync(first);
    expect(new Set(Object.values(files).map(({ date }) => date.toISOString()))).toEqual(
      new Set(["2000-01-01T00:00:00.000Z"]),
    );
  });

  test("is not made where an icon is missing or wrong, and both are named", async () => {
    const { path, url } = await copiedFolder();
    await rm(join(path, "color.png"));
    await writeFile(join(path, "outline.png"), pngFile({ width: 24, height: 24 }));

    const packaged = await packagedSample(url);

    expect(packaged).toMatchObject({
      problems: [
        { what: "manifest/color.png", problem: "It is missing." },
        { what: "manifest/outline.png", problem: expect.stringContaining("24 × 24") },
      ],
    });
  });

  test("is not made of a template that is no JSON", async () => {
    const { path, url } = await copiedFolder();
    await writeFile(join(path, "manifest.json"), '{ "name": ');

    expect(await packagedSample(url)).toMatchObject({ problems: [{ what: "manifest/manifest.json" }] });
  });

  test("is not made of a version that Teams does not take", async () => {
    expect(await packagedSample(undefined, "1.0.0-beta")).toMatchObject({
      problems: [
        { what: "manifest/manifest.json /version", remedy: expect.stringContaining("package.json") },
      ],
    });
  });
});

describe("a library for packaging", () => {
  test.each(["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"])(
    "that is not installed is told apart (%s)",
    async (code) => {
      const missing = Object.assign(new Error("cannot find it"), { code });

      expect(await ifInstalled(() => Promise.reject(missing))).toBeUndefined();
    },
  );

  test("that is there and broken is not taken for a missing one", async () => {
    await expect(ifInstalled(() => Promise.reject(new SyntaxError("broken")))).rejects.toThrow("broken");
  });
});
