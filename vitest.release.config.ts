import { defineConfig } from "vitest/config";

/** Writes the store of this version for later ones to read, once for each release. */
export default defineConfig({
  test: { include: ["scripts/release-store.ts"], testTimeout: 90_000 },
});
