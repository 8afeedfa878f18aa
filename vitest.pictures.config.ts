import { defineConfig } from "vitest/config";

/** Takes the README's pictures; needs Chromium as the browser tests do. */
export default defineConfig({
  test: { include: ["scripts/pictures.ts"], testTimeout: 90_000, hookTimeout: 180_000 },
});
