import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { sql } from "drizzle-orm";
import { type Database, STORE_RESTORE_MARK, type Store } from "../store/index.ts";
import { keepFile, measureFile } from "./files.ts";
import type { KeptFile } from "./manifest.ts";

export type KeptTable = KeptFile & { readonly table: string; readonly rows: number };

/** Written by the migrations themselves. */
const MIGRATIONS_TABLE = "store_migrations";
const ROWS_A_TIME = 500;

/** Rows of a statement, alike in both databases. */
export async function rowsOf<T>(db: Pick<Database, "execute">, text: string): Promise<T[]> {
  return ((await db.execute(sql.raw(text))) as unknown as { rows: T[] }).rows;
}

/** Tables of the store so that each one comes after those that it refers to. */
export async function storeTables(db: Pick<Database, "execute">): Promise<string[]> {
  const names = await rowsOf<{ name: string }>(
    db,
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
       AND table_name NOT IN ('${MIGRATIONS_TABLE}', '${STORE_RESTORE_MARK}') ORDER BY 1`,
  );
  const references = await rowsOf<{ child: string; parent: string }>(
    db,
    `SELECT child.relname AS child, parent.relname AS parent FROM pg_constraint
     JOIN pg_class child ON child.oid = conrelid JOIN pg_class parent ON parent.oid = confrelid
     WHERE contype = 'f' AND conrelid <> confrelid AND connamespace = 'public'::regnamespace`,
  );
  const ordered: string[] = [];
  const add = (name: string) => {
    if (ordered.includes(name)) return;
    for (const { child, parent } of references) if (child === name) add(parent);
    ordered.push(name);
  };
  for (const { name } of names) add(name);
  return ordered;
}

export async function countMigrations(db: Pick<Database, "execute">): Promise<number> {
  const [row] = await rowsOf<{ count: number }>(db, `SELECT count(*)::int AS count FROM ${MIGRATIONS_TABLE}`);
  return row!.count;
}

/**
 * Writes every table of the store as it stands at one moment, a JSON object a line, into files named by what they hold.
 * @param meanwhile done at that moment, before the tables are read
 */
export async function dumpStore<T>(
  store: Store,
  folder: string,
  meanwhile: () => Promise<T>,
): Promise<{ tables: KeptTable[]; migrations: number; meanwhile: T }> {
  return store.db.transaction(
    async (tx) => {
      const names = await storeTables(tx); // The first question fixes the moment.
      const done = await meanwhile();
      const tables: KeptTable[] = [];
      for (const name of names) tables.push(await dumpTable(tx, name, folder));
      return { tables, migrations: await countMigrations(tx), meanwhile: done };
    },
    { isolationLevel: "repeatable read" },
  );
}

async function dumpTable(db: Database, table: string, folder: string): Promise<KeptTable> {
  const draft = join(folder, "unfinished", `${process.pid}-${table}.ndjson.gz`);
  let rows = 0;
  const lines = async function* () {
    await db.execute(
      sql.raw(
        `DECLARE kept CURSOR FOR SELECT row_to_json(t)::text AS line FROM "${table}" t ORDER BY row_to_json(t)::text COLLATE "C"`,
      ),
    );
    for (;;) {
      const some = await rowsOf<{ line: string }>(db, `FETCH ${ROWS_A_TIME} FROM kept`);
      if (some.length === 0) break;
      rows += some.length;
      yield some.map(({ line }) => `${line}\n`).join("");
    }
    await db.execute(sql.raw("CLOSE kept"));
  };
  await pipeline(Readable.from(lines()), createGzip(), createWriteStream(draft, { mode: 0o600 }));
  const measured = await measureFile(draft);
  const file = `store/${measured.sha256}.ndjson.gz`;
  keepFile(draft, join(folder, file));
  return { table, rows, file, ...measured };
}
