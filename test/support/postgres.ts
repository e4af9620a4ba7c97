import { randomBytes } from "node:crypto";
import pg from "pg";

/** Which PostgreSQL server worlds keep their accounts on; unset: each in its own folder. */
const SERVER_VARIABLE = "TOUCHLINE_TEST_POSTGRES";

/** The database that is copied for each world: an empty store. */
export const TEMPLATE = "touchline_empty_store";

/** A database of a world's own. */
export interface WorldDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

export const isOnPostgres = (): boolean => serverUrl() !== undefined;

const serverUrl = () => process.env[SERVER_VARIABLE];

async function tell(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Makes a database with an empty store. @returns null where accounts are kept in folders */
export async function newDatabase(): Promise<WorldDatabase | null> {
  const server = serverUrl();
  if (server === undefined) return null;
  const name = `world_${randomBytes(8).toString("hex")}`;
  await tell(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  return { url: urlOf(server, name), drop: () => tell(`DROP DATABASE ${name} WITH (FORCE)`) };
}

export function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.toString();
}
