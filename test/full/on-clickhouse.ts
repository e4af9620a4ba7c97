import type { TestProject } from "vitest/node";
import { type ClickHouseNode, startNode } from "../support/clickhouse/node.ts";
import type { WarehousePlace } from "../support/warehouse-place.ts";

declare module "vitest" {
  interface ProvidedContext {
    readonly warehouse: WarehousePlace;
  }
}

let node: ClickHouseNode;

/** Before all tests on a server: starts the one that they share. Each of their worlds has a database of its own. */
export async function setup(project: TestProject): Promise<void> {
  node = await startNode();
  project.provide("warehouse", { nodes: [node.url] });
}

export async function teardown(): Promise<void> {
  await node?.stop();
}
