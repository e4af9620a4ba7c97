/** They need nothing but Node, and so much time that `npm test` would not end in ten minutes on two cores. */
export const LONG_TESTS = [
  "test/browser/experiments-page.test.ts",
  "test/browser/journeys-page.test.ts",
  "test/browser/quality-page.test.ts",
  "test/integration/incremental-statistics.test.ts",
  "test/integration/quality.test.ts",
  "test/prove/**/*.test.ts",
];
