import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startNode } from "../../support/clickhouse/node.ts";
import type { Failure } from "./failure.ts";

const SERVER_BYTES = 1_500_000_000;
const HUNGRY = 3;
/** Takes what memory there is, and holds it for a moment where it may. */
const HUNGRY_QUERY =
  "SELECT length(groupArray(toString(number))) + sleep(1) FROM numbers(40000000) SETTINGS max_memory_usage = 0";

/** A ClickHouse server with little memory, which queries of somebody else use up for a while. */
export async function memoryEnds(folder: string): Promise<Failure> {
  const configFile = join(folder, "memory.xml");
  writeFileSync(
    configFile,
    `<clickhouse><max_server_memory_usage>${SERVER_BYTES}</max_server_memory_usage></clickhouse>\n`,
  );
  const node = await startNode({ dir: join(folder, "data"), configFile });
  const url = await node.createDatabase("torture");
  return {
    env: { CLICKHOUSE_URL: url },
    async strike(random) {
      const forMs = 4_000 + random.below(12_000);
      const until = Date.now() + forMs;
      let refused = 0;
      const eat = async () => {
        while (Date.now() < until)
          await node.query(HUNGRY_QUERY).catch(async (error: Error) => {
            if (!/MEMORY_LIMIT_EXCEEDED/.test(error.message)) throw error;
            refused++;
            await pause(50);
          });
      };
      await Promise.all(Array.from({ length: HUNGRY }, eat));
      return `memory used up for ${(forMs / 1000).toFixed(1)} s, ${refused} of somebody else's queries refused`;
    },
    close: () => node.kill(),
  };
}
