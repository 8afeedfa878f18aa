/** Why there is no app package. `what` is a setting, a file, or a place in the manifest. */
export interface PackageProblem {
  readonly what: string;
  readonly problem: string;
  readonly remedy: string;
}

/** A place in the manifest for `what`; `path` is a JSON pointer, empty for the whole. */
export function inManifest(path: string): string {
  return `manifest/manifest.json ${path}`.trim();
}
