import { fileURLToPath } from "node:url";

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Where worlds keep their events, and what starts that place. */
const PLACES = { "on a server": here("./on-clickhouse.ts"), "on two shards": here("./on-cluster.ts") } as const;

/** Tests that run with their events elsewhere than in a folder: they know nothing of it. */
export function testsAt(place: keyof typeof PLACES, include: readonly string[]) {
  return {
    extends: true as const,
    test: {
      name: place,
      include: [...include],
      globalSetup: [here("../support/store-template.ts"), PLACES[place]],
      setupFiles: [here("./use-warehouse.ts")],
    },
  };
}

/** For all that needs more than Node. */
export const PATIENT = {
  pool: "forks" as const,
  maxWorkers: 2,
  env: { TOUCHLINE_LOG_LEVEL: "error" },
  testTimeout: 120_000,
  expect: { poll: { timeout: 10_000 } },
  hookTimeout: 180_000,
};
