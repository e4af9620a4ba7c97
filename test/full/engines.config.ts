import { defineConfig } from "vitest/config";
import { ENGINE_TESTS } from "./engine-tests.ts";
import { PATIENT, testsAt } from "./place-project.ts";

/** All tests that reach the events, with these on a ClickHouse server and on two shards. It needs Python. Run it with `npm run test:engines`. */
export default defineConfig({
  test: { ...PATIENT, projects: [testsAt("on a server", ENGINE_TESTS), testsAt("on two shards", ENGINE_TESTS)] },
});
