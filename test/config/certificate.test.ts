import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { certificateProblem, fileProblem } from "../../src/config/certificate.ts";
import { selfSigned } from "../support/certificate.ts";
import { emptyDirectory } from "../support/data-directory.ts";

const NOW = new Date("2026-11-24T12:00:00Z");
const GOOD = selfSigned(new Date("2027-11-24T12:00:00Z"));
const OTHER = selfSigned(new Date("2027-11-24T12:00:00Z"));
const ENDED = selfSigned(NOW);

let folder: string;

beforeAll(async () => {
  const directory = await emptyDirectory();
  folder = directory.path;
  return () => directory.remove();
});

async function fileOf(text: string): Promise<string> {
  const path = join(folder, `${Math.random()}.pem`);
  await writeFile(path, text);
  return path;
}

describe("a certificate file", () => {
  test("is fine with a certificate and its key, in either order", async () => {
    const files = [GOOD.certificate + GOOD.key, GOOD.key + GOOD.certificate];

    for (const text of files) {
      expect(certificateProblem(await fileOf(text), NOW)).toBeUndefined();
    }
  });

  test.each([
    ["nothing in it", "", "The file holds no certificate."],
    ["a key alone", GOOD.key, "The file holds no certificate."],
    ["a certificate alone", GOOD.certificate, "The file holds no private key, or one with a password."],
    [
      "a key behind a password",
      GOOD.certificate + GOOD.lockedKey,
      "The file holds no private key, or one with a password.",
    ],
    [
      "the key of another certificate",
      GOOD.certificate + OTHER.key,
      "The private key is not the certificate's.",
    ],
    [
      "a certificate that has ended",
      ENDED.certificate + ENDED.key,
      "The certificate ended at 2026-11-24T12:00:00.000Z.",
    ],
  ])("with %s is refused with a remedy", async (_what, text, problem) => {
    expect(certificateProblem(await fileOf(text), NOW)).toEqual({
      problem,
      remedy: expect.stringMatching(/^(Put|Make) .*\.$/),
    });
  });

  test("that is a folder cannot be read", () => {
    expect(certificateProblem(folder, NOW)?.problem).toBe("The file cannot be read (EISDIR).");
    expect(fileProblem(folder)?.problem).toBe("The file cannot be read (EISDIR).");
  });

  test("that is not there is named so", () => {
    expect(fileProblem(join(folder, "nowhere"))?.problem).toBe("The file is not there.");
  });
});
