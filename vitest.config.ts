import { defineConfig } from "vitest/config";
import { LONG_TESTS } from "./test/full/long-tests.ts";

/** `npm test`: everything that needs nothing but Node. The engine cannot run in threads, so every file has a process of its own. */
export default defineConfig({
  test: {
    include: ["*/src/**/*.test.{ts,tsx}", "test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "test/full/**", ...LONG_TESTS],
    globalSetup: ["test/support/store-template.ts"],
    pool: "forks",
    maxWorkers: 2,
    env: { TOUCHLINE_LOG_LEVEL: "error" }, // Refusals are what many tests are about: what is told of them would bury the rest.
    testTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 120_000,
  },
});
