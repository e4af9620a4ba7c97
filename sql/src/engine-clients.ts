import { type ClickHouseClient, ClickHouseLogLevel, type ClickHouseSettings, createClient } from "@clickhouse/client";
import { createChdbConnection } from "chdb/connection";
import { CLUSTER_SETTINGS, type ClusterLocation } from "./nodes.ts";
import { ServerPulse } from "./server-pulse.ts";

/** Where the data is: a folder that this process opens alone, a ClickHouse server, or a cluster of which `url` is the first node. */
export type WarehouseLocation =
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "server"; readonly url: string; readonly cluster?: ClusterLocation | undefined };

/**
 * The same for every query on every connection: embedded connections keep a setting once it was sent, so a query that needs
 * another value says so in its own SETTINGS clause, which ends with it.
 */
const SETTINGS = {
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_decimals: 1,
  date_time_output_format: "iso",
  max_partitions_per_insert_block: "0",
  max_query_size: "67108864", // Lists that are written into a command pass the engine's own quarter of a megabyte.
} as const;

/** What fails is thrown and told once, by whoever asked: the client's own log would say it again. */
const SILENT = { level: ClickHouseLogLevel.OFF } as const;

type ClientConnection = NonNullable<NonNullable<Parameters<typeof createClient>[0]>["connection"]>;

/** A server that is there says so within this time; a query may take LONGEST_QUERY_MS. */
const ANSWER_WITHIN_MS = 10_000;
const LONGEST_QUERY_MS = 600_000;
const NOT_CLICKHOUSE = "what answers there is not ClickHouse";

/** What makes a connection to the engine of a location, as often as it is called. */
export function connector(location: WarehouseLocation): () => ClickHouseClient {
  if (location.kind === "folder")
    return () => createClient({ connection: embeddedConnection(location.path), clickhouse_settings: SETTINGS });
  const more = location.cluster === undefined ? {} : CLUSTER_SETTINGS;
  return () => serverClient(location.url, LONGEST_QUERY_MS, more);
}

/** The two packages describe one interface, each from its own copy of the types. */
function embeddedConnection(path: string): ClientConnection {
  return createChdbConnection({ path }) as unknown as ClientConnection;
}

function serverClient(url: string, timeoutMs: number, more: ClickHouseSettings = {}): ClickHouseClient {
  const settings = { ...SETTINGS, ...more };
  return createClient({ url, clickhouse_settings: settings, request_timeout: timeoutMs, log: SILENT });
}

/** A client that was closed has let its connections go, and opens new ones for what it is asked next. */
export function pulseOf(url: string, clients: readonly ClickHouseClient[]): ServerPulse {
  const asking = serverClient(url, ANSWER_WITHIN_MS);
  return new ServerPulse({
    ask: async () => (await asking.ping({ select: true })).success,
    cut: async () => void (await Promise.all(clients.map((client) => client.close()))),
    close: () => asking.close(),
  });
}

/** Anything may listen at an address that was mistyped, and it may keep silent. @throws Error that says what is wrong */
export async function requireServer(url: string): Promise<void> {
  if (!URL.canParse(url)) throw new Error("write it like http://user:password@localhost:8123/database");
  const client = serverClient(url, ANSWER_WITHIN_MS);
  try {
    const answer = await client.query({ query: "SELECT 'ClickHouse'", format: "TabSeparated" });
    if ((await answer.text()) !== "ClickHouse\n") throw new Error(NOT_CLICKHOUSE);
  } catch (error) {
    const { message } = error as Error;
    if (message === "Timeout error.") {
      throw new Error(`it did not answer within ${ANSWER_WITHIN_MS / 1000} s`, { cause: error });
    }
    if (message.trimStart().startsWith("<")) throw new Error(NOT_CLICKHOUSE, { cause: error }); // A web page.
    throw error;
  } finally {
    await client.close();
  }
}

/** The address without its password, for messages. */
export function withoutSecret(url: string): string {
  try {
    const parsed = new URL(url);
    parsed.password = "";
    parsed.username = "";
    return parsed.toString();
  } catch {
    return "(not an address)";
  }
}
