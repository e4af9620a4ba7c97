import type { TestProject } from "vitest/node";
import { openStore } from "../../server/src/store/index.ts";
import { TEMPLATE, urlOf } from "../support/postgres.ts";
import { type PostgresServer, startPostgres } from "./postgres-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    readonly postgres: string;
  }
}

let server: PostgresServer;

/** Before all tests of accounts on PostgreSQL: starts a server, and makes the database that every world gets a copy of. */
export async function setup(project: TestProject): Promise<void> {
  server = await startPostgres();
  const store = await openStore({ url: server.url }, Buffer.alloc(32));
  await store.db.execute(`CREATE DATABASE ${TEMPLATE}`);
  await store.close();
  await (await openStore({ url: urlOf(server.url, TEMPLATE) }, Buffer.alloc(32))).close();
  project.provide("postgres", server.url);
}

export async function teardown(): Promise<void> {
  await server?.close();
}
