/** What asks or writes most of the SQL: `npm run test:full` runs it again with the events on a ClickHouse server. */
export const SQL_TESTS = [
  "annotations",
  "attribution",
  "breakdown",
  "credit",
  "curves",
  "health",
  "identity",
  "import",
  "incremental",
  "incremental-statistics",
  "journeys",
  "malformed",
  "models",
  "movement",
  "page-limits",
  "portfolio",
  "privacy",
  "promise",
  "quality",
  "questions",
  "roi-report",
  "runs",
  "runs-cancelled",
  "series-credit",
  "streamed-batches",
].map(integrationTest);

/** All that reaches the events: `npm run test:engines`. */
export const ENGINE_TESTS = [
  ...SQL_TESTS,
  ...[
    "activation",
    "answers-kept",
    "choices",
    "closing",
    "connectors",
    "data-in-review",
    "declarations",
    "experiments",
    "forged-identities",
    "hardening",
    "mapping",
    "notifications",
    "optimise",
    "pacing",
    "planning",
    "privacy-requests",
    "promise-doors",
    "promise-rejected",
    "proposals",
    "prototype-names",
    "rebalancing",
    "rebalancing-checks",
    "rebalancing-outcomes",
    "rebalancing-steps",
    "report-doors",
    "scenarios",
    "settings",
    "tenancy",
    "today",
    "watch-and-fetch",
  ].map(integrationTest),
];

/*
 * Left out, because a server would show nothing that the folder does not:
 * - about the folder itself, its lock, its socket, and what a killed process left in it: approval-killed, command, privacy-recovery,
 *   promise-killed, promise-server, rebalancing-killed, recovery, runs-killed, upgrade;
 * - about accounts, which PostgreSQL has: audit, cool-down, keys, mail, roles, second-factor-sessions, security-doors, sessions, sign-in,
 *   single-sign-on, team, users-by-command, views;
 * - without events: export-cells, given-curves, page-weight, report-files, security-source, security-table.
 */

function integrationTest(name: string): string {
  return `test/integration/${name}.test.ts`;
}
