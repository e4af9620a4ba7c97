import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { diskFills } from "./disk-fills.ts";
import type { Failure, FailureName } from "./failure.ts";
import { memoryEnds } from "./memory-ends.ts";
import { networkFails } from "./network-fails.ts";
import { serverDies } from "./server-dies.ts";
import { shardDies } from "./shard-dies.ts";

/** The longest that a server is gone for, in a run of all rounds and in a short one. */
const GONE_MS = { long: 60_000, short: 12_000 };

/** Starts the servers of a failure, with their data below the folder. */
export function openFailure(name: FailureName, folder: string, isShort: boolean): Promise<Failure> {
  const server = join(folder, "clickhouse-server");
  mkdirSync(server, { recursive: true });
  switch (name) {
    case "process-killed":
    case "server-killed":
      return serverDies(server, (below) => below(3_000));
    case "server-gone":
      return serverDies(server, () => (isShort ? GONE_MS.short : GONE_MS.long));
    case "network-cut":
      return networkFails(server, "cut");
    case "network-slow":
      return networkFails(server, "slow");
    case "disk-full":
      return diskFills(server, "server");
    case "folder-full":
      return diskFills(server, "touchline");
    case "out-of-memory":
      mkdirSync(join(server, "data"));
      return memoryEnds(server);
    case "shard-killed":
      return shardDies();
  }
}
