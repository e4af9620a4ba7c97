import { defineConfig } from "vitest/config";
import { LONG_TESTS } from "./long-tests.ts";

/** What needs more than Node (the reference data, a ClickHouse server) or more time. Run it with `npm run test:full`. */
export default defineConfig({
  test: {
    include: ["test/full/**/*.test.ts", ...LONG_TESTS],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 120_000,
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 180_000,
  },
});
