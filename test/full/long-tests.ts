/** They need nothing but Node, and so much time that `npm test` would not end in ten minutes on two cores. */
export const LONG_TESTS = [
  "solver/src/response/series/fit-series.test.ts",
  "test/browser/content-policy.test.ts",
  "test/browser/data-page.test.ts",
  "test/browser/experiments-page.test.ts",
  "test/browser/journeys-page.test.ts",
  "test/browser/planner-page.test.ts",
  "test/browser/proposals-page.test.ts",
  "test/browser/quality-page.test.ts",
  "test/integration/approval-killed.test.ts",
  "test/integration/credit.test.ts",
  "test/integration/data-in-review.test.ts",
  "test/integration/health.test.ts",
  "test/integration/incremental-statistics.test.ts",
  "test/integration/privacy-recovery.test.ts",
  "test/integration/promise-killed.test.ts",
  "test/integration/quality.test.ts",
  "test/integration/roles.test.ts",
  "test/integration/series-credit.test.ts",
  "test/prove/**/*.test.ts",
];

/** What has to hold on PostgreSQL as it does in a folder: `npm run test:full` runs them again with their accounts there. */
export const ACCOUNT_TESTS = [
  "approval-killed",
  "audit",
  "keys",
  "mail",
  "privacy-requests",
  "proposals",
  "roles",
  "scenarios",
  "sessions",
  "sign-in",
  "single-sign-on",
  "team",
  "tenancy",
].map((name) => `test/integration/${name}.test.ts`);
