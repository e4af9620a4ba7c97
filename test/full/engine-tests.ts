/** What asks or writes most of the SQL: `npm run test:full` runs it again with the events on a ClickHouse server, and on two shards. */
export const SQL_TESTS = [
  "credit",
  "identity",
  "import",
  "incremental-statistics",
  "journeys",
  "promise",
  "questions",
  "streamed-batches",
].map(integrationTest);

/** All that reaches the events: `npm run test:engines`. */
export const ENGINE_TESTS = [
  ...SQL_TESTS,
  ...[
    "activation",
    "annotations",
    "answers-kept",
    "attribution",
    "breakdown",
    "choices",
    "closing",
    "connectors",
    "curves",
    "data-in-review",
    "declarations",
    "experiments",
    "forged-identities",
    "hardening",
    "health",
    "incremental",
    "malformed",
    "mapping",
    "models",
    "movement",
    "notifications",
    "optimise",
    "pacing",
    "page-limits",
    "planning",
    "portfolio",
    "privacy",
    "privacy-requests",
    "promise-doors",
    "promise-rejected",
    "proposals",
    "prototype-names",
    "quality",
    "rebalancing",
    "rebalancing-checks",
    "rebalancing-outcomes",
    "rebalancing-steps",
    "report-doors",
    "roi-report",
    "runs",
    "runs-cancelled",
    "scenarios",
    "series-credit",
    "settings",
    "tenancy",
    "today",
    "watch-and-fetch",
  ].map(integrationTest),
];

/*
 * Left out, because servers would show nothing that the folder does not:
 * - about the folder itself, its lock, its socket, and what a killed process left in it: approval-killed, command, privacy-recovery,
 *   promise-killed, promise-server, rebalancing-killed, recovery, runs-killed, upgrade;
 * - about accounts, which PostgreSQL has: audit, cool-down, keys, mail, roles, second-factor-sessions, security-doors, sessions, sign-in,
 *   single-sign-on, team, users-by-command, views;
 * - without events: export-cells, given-curves, page-weight, report-files, security-source, security-table.
 */

function integrationTest(name: string): string {
  return `test/integration/${name}.test.ts`;
}
