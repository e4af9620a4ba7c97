import { createHmac } from "node:crypto";
import { chmodSync, mkdirSync } from "node:fs";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { log } from "../log.ts";
import { UserError } from "../user-error.ts";
import { WriteCount } from "./count-writes.ts";
import { holdFolder } from "./hold-folder.ts";
import { keepRoom } from "./keep-room.ts";
import { MIGRATIONS_FOLDER, STORE_MIGRATIONS, withMigrationsUpTo } from "./migrations-up-to.ts";
import { requireKnownSchema, schemaProblem } from "./schema-version.ts";
import { WorkspaceStore } from "./workspace-store.ts";
import { workspacesThatWait } from "./workspaces-that-wait.ts";

/** PGlite or PostgreSQL: the same statements. Only this folder and accounts/ see it unbound. */
export type Database = PgDatabase<PgQueryResultHKT>;

/** Accounts, plans and the audit. */
export interface Store {
  readonly kind: "folder" | "server";
  readonly db: Database;
  /**
   * How many writes of this process may have ended: nothing was written while it stays. Null where other processes write as well.
   */
  writes(): number | null;
  in(workspaceId: string): WorkspaceStore;
  /** Where something is to be told to somebody outside, and nobody is telling it. */
  workspacesWithDueDeliveries(now: Date): Promise<string[]>;
  /** Where the time to decide on a proposal is over, and nobody has written that down. */
  workspacesWithOverdueProposals(now: Date): Promise<string[]>;
  /** Why it cannot be asked now, in a sentence; null where it answers and its schema is this version's. */
  problem(): Promise<string | null>;
  /** Everything or nothing of it, in any number of workspaces. */
  transaction<R>(work: (store: StoreTransaction) => Promise<R>): Promise<R>;
  close(): Promise<void>;
}

export type StoreTransaction = Pick<Store, "db" | "in">;

/** A folder that this process opens alone, or a PostgreSQL server by its address. */
export type StoreLocation = { readonly folder: string } | { readonly url: string };

const RECORD = { migrationsSchema: "public", migrationsTable: "store_migrations" };

type MigrationConfig = typeof RECORD & { readonly migrationsFolder: string };

function withMigrations<T>(count: number, work: (steps: MigrationConfig) => Promise<T>): Promise<T> {
  if (count >= STORE_MIGRATIONS) return work({ ...RECORD, migrationsFolder: MIGRATIONS_FOLDER });
  return withMigrationsUpTo(count, (migrationsFolder) => work({ ...RECORD, migrationsFolder }));
}

/** Any number will do, as long as every server of one database takes the same. */
const MIGRATION_LOCK = 7_183_402;
const MOST_CONNECTIONS = 10;
const ANSWER_WITHIN_MS = 10_000;
const LONGEST_STATEMENT_MS = 30_000;

/**
 * Opens the store and brings its schema up to date.
 * @param secret what the key of the audit's chain is derived from
 * @param migrations how many of them to apply: fewer than all for what was kept by an earlier version
 * @throws UserError with one sentence when it cannot be had
 */
export async function openStore(
  location: StoreLocation,
  secret: Uint8Array,
  migrations: number = STORE_MIGRATIONS,
): Promise<Store> {
  const { db, close, writes } = await withMigrations(migrations, (steps) =>
    "url" in location ? openServer(location.url, steps) : openFolder(location.folder, steps),
  );
  const keyFor = (purpose: string) => createHmac("sha256", secret).update(purpose).digest();
  const keys = { audit: keyFor("touchline audit chain"), seal: keyFor("touchline sealed secrets") };
  return {
    kind: "url" in location ? "server" : "folder",
    db,
    writes,
    in: (workspaceId) => new WorkspaceStore(db, workspaceId, keys),
    transaction: (work) =>
      db.transaction((tx) => work({ db: tx, in: (workspaceId) => new WorkspaceStore(tx, workspaceId, keys) })),
    ...workspacesThatWait(db),
    problem: () => schemaProblem(db),
    close,
  };
}

interface OpenDatabase {
  readonly db: Database;
  writes(): number | null;
  close(): Promise<void>;
}

async function openFolder(folder: string, steps: MigrationConfig): Promise<OpenDatabase> {
  const release = holdFolder(folder);
  try {
    const [{ PGlite }, { drizzle }, { migrate }] = await Promise.all([
      import("@electric-sql/pglite"),
      import("drizzle-orm/pglite"),
      import("drizzle-orm/pglite/migrator"),
    ]);
    // The database leaves its files open to everybody, and password hashes are among them.
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    const client = await PGlite.create(folder);
    const written = new WriteCount();
    const db = drizzle(written.of(keepRoom(client, folder)));
    await requireKnownSchema(db);
    await migrate(db, steps);
    return {
      db,
      writes: () => written.times,
      async close() {
        await client.close();
        release();
      },
    };
  } catch (error) {
    release();
    throw new UserError(`the accounts in ${folder} cannot be opened: ${(error as Error).message}`, { cause: error });
  }
}

async function openServer(url: string, steps: MigrationConfig): Promise<OpenDatabase> {
  const [{ default: pg }, { drizzle }, { migrate }] = await Promise.all([
    import("pg"),
    import("drizzle-orm/node-postgres"),
    import("drizzle-orm/node-postgres/migrator"),
  ]);
  const pool = new pg.Pool({
    connectionString: url,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
    statement_timeout: LONGEST_STATEMENT_MS,
    application_name: "touchline",
  });
  // An idle connection that breaks is replaced at the next question.
  pool.on("error", (error) => log.warn({ err: error }, "a connection to the database of DATABASE_URL broke"));
  // One that breaks between two statements of a transaction would end the process: its next statement fails instead.
  pool.on("connect", (client) => void client.on("error", () => undefined));
  try {
    const client = await pool.connect();
    try {
      // Several servers may start at once: one migrates, the others wait and find it done.
      await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
      const own = drizzle(client);
      await requireKnownSchema(own);
      await migrate(own, steps);
    } finally {
      await client.query("SELECT pg_advisory_unlock($1)", [MIGRATION_LOCK]).catch(() => undefined);
      client.release();
    }
  } catch (error) {
    await pool.end();
    throw new UserError(
      `the PostgreSQL database of DATABASE_URL (${withoutPassword(url)}) cannot be used: ${(error as Error).message}`,
      { cause: error },
    );
  }
  return { db: drizzle(pool), writes: () => null, close: () => pool.end() };
}

function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return "not an address";
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}
