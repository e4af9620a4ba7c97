import { setTimeout as pause } from "node:timers/promises";
import { startClickHouseCluster } from "../../support/clickhouse/cluster.ts";
import type { Failure } from "./failure.ts";

/** A cluster of two shards, one of which is killed and comes back: the home node as often as the other one. */
export async function shardDies(): Promise<Failure> {
  const cluster = await startClickHouseCluster();
  const env = await cluster.createDatabase("torture");
  const [serverUrl, ...otherUrls] = env.CLICKHOUSE_URL.split(",");
  return {
    env,
    server: { serverUrl: serverUrl!, cluster: { name: env.CLICKHOUSE_CLUSTER, otherUrls } },
    async strike(random) {
      const place = random.below(2);
      const away = random.below(8_000);
      await cluster.nodes[place]!.kill();
      await pause(away);
      await cluster.nodes[place]!.start();
      return `${place === 0 ? "home node" : "second shard"} killed, started again after ${(away / 1000).toFixed(1)} s`;
    },
    close: () => cluster.stop(),
  };
}
