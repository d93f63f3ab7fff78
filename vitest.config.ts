import { defineConfig } from "vitest/config";

/** Unit tests (`*.test.ts`) and tests against a real PostgreSQL (`*.int.test.ts`) of every workspace and of scripts/. */
export default defineConfig({
  test: {
    include: ["{apps,packages}/*/**/*.test.{ts,tsx}", "scripts/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/.next/**", "**/generated/**"],
    globalSetup: ["packages/db/test-support/global-setup.ts"],
    pool: "forks",
    testTimeout: 20_000,
    hookTimeout: 60_000,
    coverage: {
      provider: "v8",
      include: [
        "apps/api/src/**/*.ts",
        "apps/web/{features,lib,ui}/**/*.ts",
        "packages/{db,shared}/src/**/*.ts",
        "packages/native/js/**/*.ts",
        "scripts/{check,setup,supervise}/**/*.ts",
      ],
      exclude: ["**/*.test.ts", "**/*.d.ts"],
      reporter: ["text-summary", "json-summary", "html"],
      reportsDirectory: "coverage",
      reportOnFailure: true,
      thresholds: { lines: 85 },
    },
  },
});
