import { defineConfig } from "vitest/config";

/** Needs Chromium (Debian: the package chromium; elsewhere set CHROMIUM to its path). */
export default defineConfig({
  test: {
    include: ["test/browser/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 180_000,
  },
});
