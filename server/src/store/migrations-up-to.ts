import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const MIGRATIONS_FOLDER = fileURLToPath(new URL("./migrations", import.meta.url));

const JOURNAL = join("meta", "_journal.json");
const journal = JSON.parse(readFileSync(join(MIGRATIONS_FOLDER, JOURNAL), "utf8")) as { entries: { tag: string }[] };

/** How many migrations of the store this version knows. */
export const STORE_MIGRATIONS = journal.entries.length;

/** Gives the work a folder that holds the first so many migrations and no more. */
export async function withMigrationsUpTo<T>(count: number, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "touchline-migrations-"));
  try {
    const entries = journal.entries.slice(0, count);
    mkdirSync(join(folder, "meta"));
    writeFileSync(join(folder, JOURNAL), JSON.stringify({ ...journal, entries }));
    for (const { tag } of entries) copyFileSync(join(MIGRATIONS_FOLDER, `${tag}.sql`), join(folder, `${tag}.sql`));
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
