import type { TestProject } from "vitest/node";
import { CLUSTER_NAME, type ClickHouseCluster, startClickHouseCluster } from "../support/clickhouse/cluster.ts";

let cluster: ClickHouseCluster;

/** Before all tests on two shards: starts the nodes that they share. Each of their worlds has a database of its own on both. */
export async function setup(project: TestProject): Promise<void> {
  cluster = await startClickHouseCluster({ isRelayed: true });
  project.provide("warehouse", { nodes: cluster.nodes.map(({ url }) => url), cluster: CLUSTER_NAME });
}

export async function teardown(): Promise<void> {
  await cluster?.stop();
}
