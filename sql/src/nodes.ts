import type { Engine } from "./engine.ts";

/** How the nodes of a cluster are reached. Each is a shard; they name one another in their `remote_servers`. */
export interface ClusterLocation {
  readonly name: string;
  /** The HTTP addresses of all nodes but the first. */
  readonly otherUrls: readonly string[];
}

/** A node with the rows that belong there. */
export interface Shard {
  readonly engine: Engine;
  readonly address: string;
  /** From 1, as the cluster counts them. */
  readonly number: number;
  /** SQL that is true where the key, a number of 64 bits, belongs to this shard. */
  owns(key: string): string;
}

export interface Cluster {
  readonly name: string;
  readonly database: string;
  readonly shards: readonly Shard[];
}

/**
 * What is asked of all shards at once takes what it compares with from the first node, where everything else is. An insert is
 * acknowledged when its rows are on their shards, and passes through the first node, which knows where each belongs. What nodes send one
 * another is packed closer than usual: a fifth to a half less travels.
 */
export const CLUSTER_SETTINGS = {
  prefer_global_in_and_join: 1,
  distributed_product_mode: "global",
  distributed_foreground_insert: 1,
  parallel_distributed_insert_select: "0",
  skip_unavailable_shards: 0,
  network_compression_method: "ZSTD",
} as const;

const UNREACHED = new Set(["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENOTFOUND", "EHOSTUNREACH"]);
const UNREACHED_BETWEEN_NODES = new Set([
  "ALL_CONNECTION_TRIES_FAILED",
  "NETWORK_ERROR",
  "ATTEMPT_TO_READ_AFTER_EOF",
  "CANNOT_READ_FROM_SOCKET",
]);

/** The same failure with a sentence about the node that does not answer, where that is what happened. */
export function namingNode(error: unknown, url: string): unknown {
  if (!(error instanceof Error)) return error;
  const { code, type } = error as Error & { code?: unknown; type?: unknown };
  if (typeof code === "string" && UNREACHED.has(code)) return silent(url, code, error);
  if (typeof type !== "string" || !UNREACHED_BETWEEN_NODES.has(type)) return error;
  const node = /\(([^\s()]+:\d+)[,)]/.exec(error.message)?.[1] ?? /([\w.-]+:\d{2,5})/.exec(error.message)?.[1];
  return silent(node ?? "another address", type, error);
}

function silent(node: string, code: string, cause: Error): Error {
  const sentence = `the ClickHouse node at ${node} does not answer: start it again and repeat this, which doubles nothing`;
  return Object.assign(new Error(sentence, { cause }), { code });
}
