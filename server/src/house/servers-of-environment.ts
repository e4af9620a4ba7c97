import type { ClusterLocation } from "@touchline/sql";
import { environment } from "../configuration/index.ts";
import { databaseTransport, mailTransport, type Transport, warehouseTransport } from "../plain-transport.ts";
import { secretOfEnvironment } from "../secret-of-environment.ts";
import { UserError } from "../user-error.ts";

/**
 * The ClickHouse server that holds the data, where the environment names one; an empty value names none. Of a cluster the first node.
 * @throws UserError where data would cross a network in the clear
 */
export function serverUrlOfEnvironment(): string | undefined {
  return serverUrls()[0];
}

/**
 * The cluster that the first node belongs to, where the environment names one.
 * @throws UserError where several addresses come without the name of their cluster, or the other way round
 */
export function clusterOfEnvironment(): ClusterLocation | undefined {
  const name = environment().CLICKHOUSE_CLUSTER?.trim() || undefined;
  const [first, ...otherUrls] = serverUrls();
  if (name === undefined && otherUrls.length === 0) return undefined;
  if (name === undefined || first === undefined || otherUrls.length === 0)
    throw new UserError(HALF_A_CLUSTER, { exitCode: 2 });
  return { name, otherUrls };
}

function serverUrls(): string[] {
  return addressesOf(secretOfEnvironment("CLICKHOUSE_URL") ?? "").map((address) => warehouseTransport(address).url);
}

const HALF_A_CLUSTER =
  "a cluster needs both: CLICKHOUSE_URL with one address of each shard, between commas, and CLICKHOUSE_CLUSTER with its name in remote_servers";

/** A password may have a comma in it: addresses end at one that another address follows. */
const addressesOf = (text: string): string[] =>
  text
    .split(/,\s*(?=https?:)/)
    .map((address) => address.trim())
    .filter((address) => address !== "");

/** The PostgreSQL database that holds accounts and plans, in the same way. */
export function databaseUrlOfEnvironment(): string | undefined {
  const said = secretOfEnvironment("DATABASE_URL");
  return said === undefined ? undefined : databaseTransport(said).url;
}

/** A line for each server that the environment names on another machine, and that is spoken to without TLS. */
export function transportWarnings(): string[] {
  const warningOf = (name: "CLICKHOUSE_URL" | "DATABASE_URL" | "SMTP_URL", read: (text: string) => Transport) => {
    const said = secretOfEnvironment(name);
    const addresses = said === undefined ? [] : name === "CLICKHOUSE_URL" ? addressesOf(said) : [said];
    return addresses.map((address) => read(address).warning);
  };
  return [
    ...warningOf("CLICKHOUSE_URL", warehouseTransport),
    ...warningOf("DATABASE_URL", databaseTransport),
    ...warningOf("SMTP_URL", mailTransport),
  ].filter((line) => line !== null);
}
