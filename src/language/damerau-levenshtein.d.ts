declare module "damerau-levenshtein" {
  /** `steps` counts missing, extra, wrong and swapped neighbouring letters. */
  function distance(one: string, other: string): { readonly steps: number };
  export = distance;
}
