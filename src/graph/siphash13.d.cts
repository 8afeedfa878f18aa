// The package has no types but TypeScript sources, which do not compile under strict settings; tsconfig.json points the
// import here.
declare const siphash: {
  /** The hash of a message in two halves of 32 bits, under a key of 128 bits. */
  hash(key: Uint32Array, message: Uint8Array): { readonly h: number; readonly l: number };
};
export = siphash;
