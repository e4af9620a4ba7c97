import { setTimeout as pause } from "node:timers/promises";
import { freePorts } from "../../support/clickhouse/free-ports.ts";
import { startNode } from "../../support/clickhouse/node.ts";
import type { Failure } from "./failure.ts";

/** A ClickHouse server that is killed, as the machine's kill -9 does, and comes back on the same data and ports after a while. */
export async function serverDies(folder: string, awayMs: (below: (n: number) => number) => number): Promise<Failure> {
  const [http, tcp] = await freePorts(2);
  const options = { dir: folder, ports: { http: http!, tcp: tcp! } };
  let node = await startNode(options);
  const url = await node.createDatabase("torture");
  return {
    env: { CLICKHOUSE_URL: url },
    async strike(random) {
      const away = awayMs((n) => random.below(n));
      await node.kill();
      await pause(away);
      node = await startNode(options);
      return `server killed, started again after ${(away / 1000).toFixed(1)} s`;
    },
    close: () => node.kill(),
  };
}
