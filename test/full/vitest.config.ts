import { defineConfig } from "vitest/config";
import { ACCOUNT_TESTS, LONG_TESTS } from "./long-tests.ts";

const isInBrowser = (path: string) => path.startsWith("test/browser/");

/** What needs more than Node (the reference data, a ClickHouse or PostgreSQL server) or more time. Run it with `npm run test:full`. */
export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    env: { TOUCHLINE_LOG_LEVEL: "error" },
    testTimeout: 120_000,
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 180_000,
    projects: [
      {
        extends: true,
        test: {
          name: "full",
          include: ["test/full/**/*.test.ts", ...LONG_TESTS.filter((path) => !isInBrowser(path))],
          globalSetup: ["test/support/store-template.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "in a browser",
          include: LONG_TESTS.filter(isInBrowser),
          globalSetup: ["test/support/store-template.ts"],
          // A browser that stalls on a busy machine gets a second go, which the report tells of; what is wrong fails twice.
          retry: 1,
        },
      },
      {
        extends: true,
        test: {
          name: "on PostgreSQL",
          include: [...ACCOUNT_TESTS],
          globalSetup: ["test/support/store-template.ts", "test/full/on-postgres.ts"],
          setupFiles: ["test/full/use-postgres.ts"],
        },
      },
    ],
  },
});
