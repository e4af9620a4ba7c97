import { readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import type { Database } from "./open-store.ts";

const NEWER = "the accounts were written by a newer Touchline: update Touchline";

/** Each migration is known by the time at which it was made, in milliseconds. */
const journal = readFileSync(new URL("./migrations/meta/_journal.json", import.meta.url), "utf8");
const { entries } = JSON.parse(journal) as { readonly entries: readonly { readonly when: number }[] };
const NEWEST = Math.max(...entries.map(({ when }) => when));

/** The newest migration that was applied; 0 where there was none. */
async function newestApplied(db: Database): Promise<number> {
  // Text, because the two drivers give the result and large numbers in different ways.
  const rows = await db
    .select({ newest: sql<string>`coalesce(max(created_at), 0)::text` })
    .from(sql`public.store_migrations`);
  return Number(rows[0]?.newest ?? 0);
}

/** @throws Error where the store was written by a newer version: an older one must not touch it */
export async function requireKnownSchema(db: Database): Promise<void> {
  const [table] = await db
    .select({ name: sql<string | null>`to_regclass('public.store_migrations')::text` })
    .from(sql`(SELECT 1) AS one`);
  if (table?.name !== null && table?.name !== undefined && (await newestApplied(db)) > NEWEST) throw new Error(NEWER);
}

/** Why the store cannot be used, in a sentence; null where it answers and its schema is this version's. */
export async function schemaProblem(db: Database): Promise<string | null> {
  try {
    const applied = await newestApplied(db);
    if (applied > NEWEST) return NEWER;
    return applied === NEWEST ? null : "migrations of the accounts are not applied: restart this server";
  } catch {
    return "the database of the accounts does not answer";
  }
}
