import { defineConfig } from "vitest/config";
import { SQL_TESTS } from "./engine-tests.ts";
import { ACCOUNT_TESTS, LONG_TESTS } from "./long-tests.ts";
import { PATIENT, testsAt } from "./place-project.ts";

const isInBrowser = (path: string) => path.startsWith("test/browser/");

/** What needs more than Node (the reference data, a ClickHouse or PostgreSQL server) or more time. Run it with `npm run test:full`. */
export default defineConfig({
  test: {
    ...PATIENT,
    projects: [
      {
        extends: true,
        test: {
          name: "full",
          include: ["test/full/**/*.test.ts", ...LONG_TESTS.filter((path) => !isInBrowser(path))],
          globalSetup: ["test/support/store-template.ts"],
        },
      },
      testsAt("on a server", SQL_TESTS),
      testsAt("on two shards", SQL_TESTS),
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
