import { readdirSync, readFileSync } from "node:fs";

const FOLDER = new URL("../migrations/", import.meta.url);

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly up: readonly string[];
  readonly down: readonly string[];
}

/** Statements end with a semicolon at the end of a line; comment lines stay inside their statement. */
function splitStatements(text: string): string[] {
  return text
    .split(/;\s*(?:\n|$)/)
    .map((part) => part.trim())
    .filter((part) => part.length > 0);
}

/** The numbered migrations of this version, in order. Each has its way back. */
export function readMigrations(): Migration[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(".up.sql"))
    .sort()
    .map((file) => ({
      version: Number(file.slice(0, 4)),
      name: file.slice(5, -".up.sql".length),
      up: splitStatements(readFileSync(new URL(file, FOLDER), "utf8")),
      down: splitStatements(readFileSync(new URL(file.replace(".up.", ".down."), FOLDER), "utf8")),
    }));
}

export interface MigrationTarget {
  run(name: string, sql: string, params?: Record<string, unknown>): Promise<void>;
  rows(name: string, sql: string): Promise<unknown[]>;
}

/** Where the applied migrations are written down. */
export async function createMigrationsTable(target: MigrationTarget): Promise<void> {
  await target.run(
    "create-schema-migrations",
    `CREATE TABLE IF NOT EXISTS schema_migrations (version UInt32, name String, applied_at DateTime64(3, 'UTC'))
     ENGINE = MergeTree ORDER BY version`,
  );
}

/**
 * The migrations that are still to be applied, in order.
 * @throws Error when the data was written by a newer version: an older one must not touch it.
 */
export async function pendingMigrations(target: MigrationTarget): Promise<Migration[]> {
  const applied = new Set(
    (await target.rows("applied-migrations", "SELECT version FROM schema_migrations")).map((row) =>
      Number((row as { version: number }).version),
    ),
  );
  const migrations = readMigrations();
  const newest = migrations.at(-1)?.version ?? 0;
  const ahead = [...applied].filter((version) => version > newest);
  if (ahead.length > 0) {
    throw new Error(
      `the data was written by a newer Touchline (schema ${Math.max(...ahead)}, this one knows ${newest}): update Touchline`,
    );
  }
  return migrations.filter(({ version }) => !applied.has(version));
}

/** Brings the schema up to this version. Each migration is recorded after its last statement. One process at a time. */
export async function migrate(target: MigrationTarget): Promise<void> {
  for (const migration of await pendingMigrations(target)) {
    for (const sql of migration.up) await target.run(`migration-${migration.version}-${migration.name}`, sql);
    await target.run(
      "record-migration",
      "INSERT INTO schema_migrations SELECT {version:UInt32}, {name:String}, now64(3)",
      { version: migration.version, name: migration.name },
    );
  }
}
