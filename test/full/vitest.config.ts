import { defineConfig } from "vitest/config";

/** What needs more than Node: the reference data, a ClickHouse server. Run it with `npm run test:full`. */
export default defineConfig({
  test: {
    include: ["test/full/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
