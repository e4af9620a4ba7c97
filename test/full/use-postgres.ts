import { inject } from "vitest";

/** What worlds look at: see test/support/postgres.ts. */
process.env.TOUCHLINE_TEST_POSTGRES = inject("postgres");
