import { databaseTransport, mailTransport, type Transport, warehouseTransport } from "../plain-transport.ts";
import { secretOfEnvironment } from "../secret-of-environment.ts";

/**
 * The ClickHouse server that holds the data, where the environment names one; an empty value names none.
 * @throws UserError where data would cross a network in the clear
 */
export function serverUrlOfEnvironment(): string | undefined {
  const said = secretOfEnvironment("CLICKHOUSE_URL");
  return said === undefined ? undefined : warehouseTransport(said).url;
}

/** The PostgreSQL database that holds accounts and plans, in the same way. */
export function databaseUrlOfEnvironment(): string | undefined {
  const said = secretOfEnvironment("DATABASE_URL");
  return said === undefined ? undefined : databaseTransport(said).url;
}

/** A line for each server that the environment names on another machine, and that is spoken to without TLS. */
export function transportWarnings(): string[] {
  const warningOf = (name: "CLICKHOUSE_URL" | "DATABASE_URL" | "SMTP_URL", read: (text: string) => Transport) => {
    const said = secretOfEnvironment(name);
    return said === undefined ? null : read(said).warning;
  };
  return [
    warningOf("CLICKHOUSE_URL", warehouseTransport),
    warningOf("DATABASE_URL", databaseTransport),
    warningOf("SMTP_URL", mailTransport),
  ].filter((line) => line !== null);
}
