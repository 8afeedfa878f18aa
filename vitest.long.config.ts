import { defineConfig } from "vitest/config";

/** Minutes, not seconds: the largest tenants and Microsoft's real pace. The collector can be run on demand. */
export default defineConfig({
  test: {
    include: ["test/long/**/*.test.ts"],
    execArgv: ["--expose-gc"],
    fileParallelism: false,
    testTimeout: 10 * 60_000,
    hookTimeout: 60_000,
  },
});
