import type { Manifest } from "./manifest.ts";
import { inManifest, type PackageProblem } from "./problem.ts";
import { uploadProblems } from "./upload-rules.ts";

/** What Microsoft's validator says about a manifest, a line for each fault; none where it fits its schema. */
export type Validate = (manifest: object) => Promise<readonly string[]>;

/**
 * What is wrong with a manifest. Microsoft's validator knows the schema; the upload rules are asked when that fits,
 * since they read what the schema promises. Rejects as the validator does.
 */
export async function manifestProblems(
  manifest: unknown,
  validate: Validate,
): Promise<readonly PackageProblem[]> {
  if (typeof manifest !== "object" || manifest === null) {
    return [
      {
        what: inManifest(""),
        problem: "It is no JSON object.",
        remedy: "Correct it, or take the one of the product.",
      },
    ];
  }
  const early = [...placeholdersLeft(manifest), ...schemaAddress(manifest)];
  if (early.length > 0) {
    return early;
  }
  const said = await validate(manifest);
  return said.length > 0 ? said.map(schemaProblem) : uploadProblems(manifest as Manifest);
}

function placeholdersLeft(manifest: unknown): PackageProblem[] {
  return textsOf(manifest)
    .filter((text) => /\{\{.*\}\}/s.test(text))
    .map((text) => ({
      what: inManifest(""),
      problem: `${text} stands for nothing.`,
      remedy: "Use a placeholder of the product's own template, or write a value there.",
    }));
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") {
    return [value];
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/** Schemas at this address come with the validator; for any other it would ask the network. */
function schemaAddress(manifest: Partial<Manifest>): PackageProblem[] {
  const { $schema, manifestVersion } = manifest;
  const right = `https://developer.microsoft.com/json-schemas/teams/v${manifestVersion}/MicrosoftTeams.schema.json`;
  return $schema === right
    ? []
    : [
        {
          what: inManifest("/$schema"),
          problem: `It does not belong to the manifestVersion ${manifestVersion}.`,
          remedy: `Set it to ${right}.`,
        },
      ];
}

/** A line like `/name/short must NOT have more than 30 characters. Details: {"limit":30}`; the root has no path. */
function schemaProblem(line: string): PackageProblem {
  const [, path = "", said = ""] = /^(\S*) (.*)$/s.exec(line) ?? [];
  return {
    what: inManifest(path),
    problem: `Microsoft's schema: it ${said}`,
    remedy: "Correct it there. The address in $schema leads to what may stand in a manifest.",
  };
}
