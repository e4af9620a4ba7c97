import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { sql } from "drizzle-orm";
import { type Database, isStoreUnfinished, STORE_RESTORE_MARK, type Store } from "../store/index.ts";
import { UserError } from "../user-error.ts";
import type { KeptTable } from "./dump-store.ts";
import { dumpStore, rowsOf, storeTables } from "./dump-store.ts";

const ROWS_A_TIME = 200;

export async function isStoreEmpty({ db }: Store): Promise<boolean> {
  for (const table of await storeTables(db))
    if ((await rowsOf(db, `SELECT 1 FROM "${table}" LIMIT 1`)).length > 0) return false;
  return true;
}

/**
 * Puts the tables of a backup into a store that is empty or was left by a restore: all of them, or nothing. The store is marked
 * until `endStoreRestore`.
 * @throws UserError when what stands there afterwards is not what was kept
 */
export async function loadStore(store: Store, folder: string, tables: readonly KeptTable[]): Promise<void> {
  const isLeft = await isStoreUnfinished(store);
  await store.db.transaction(async (tx) => {
    if (isLeft) await emptyTables(tx);
    else await tx.execute(sql.raw(`CREATE TABLE ${STORE_RESTORE_MARK} ()`));
    for (const kept of tables) await loadTable(tx, folder, kept);
  });
}

/** From here on the store is an ordinary one. Without a mark nothing changes. */
export async function endStoreRestore({ db }: Store): Promise<void> {
  await db.execute(sql.raw(`DROP TABLE IF EXISTS ${STORE_RESTORE_MARK}`));
}

/** The audit refuses to be emptied; what a restore has left of it has never been anybody's. */
async function emptyTables(db: Database): Promise<void> {
  const names = (await storeTables(db)).map((name) => `"${name}"`);
  for (const name of names) await db.execute(sql.raw(`ALTER TABLE ${name} DISABLE TRIGGER USER`));
  await db.execute(sql.raw(`TRUNCATE ${names.join(", ")}`));
  for (const name of names) await db.execute(sql.raw(`ALTER TABLE ${name} ENABLE TRIGGER USER`));
}

/** Tables that do not hold the very rows that were kept. */
export async function otherTables(store: Store, folder: string, kept: readonly KeptTable[]): Promise<string[]> {
  const { tables } = await dumpStore(store, folder, async () => undefined);
  const stored = new Map(tables.map(({ table, sha256 }) => [table, sha256]));
  return kept.filter(({ table, sha256 }) => stored.get(table) !== sha256).map(({ table }) => table);
}

async function loadTable(db: Database, folder: string, { table, file, rows }: KeptTable): Promise<void> {
  let batch: string[] = [];
  let columns: string | null = null;
  const write = async () => {
    if (batch.length === 0) return;
    // Only the columns that were kept, so that the others get what a new row gets.
    columns ??= Object.keys(JSON.parse(batch[0]!) as object)
      .map((name) => `"${name}"`)
      .join(", ");
    const made = sql.raw(
      `INSERT INTO "${table}" (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::"${table}", `,
    );
    await db.execute(sql`${made}${`[${batch.join(",")}]`}::json)`);
    batch = [];
  };
  const input = createReadStream(join(folder, file)).pipe(createGunzip());
  for await (const line of createInterface({ input })) {
    batch.push(line);
    if (batch.length === ROWS_A_TIME) await write();
  }
  await write();
  const [stored] = await rowsOf<{ count: number }>(db, `SELECT count(*)::int AS count FROM "${table}"`);
  if (stored!.count !== rows)
    throw new UserError(
      `${table} has ${stored!.count} rows after the restore where ${rows} were kept: nothing is served`,
    );
}
