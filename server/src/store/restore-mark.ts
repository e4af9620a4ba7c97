import { sql } from "drizzle-orm";
import type { Database } from "./open-store.ts";

/** A table that stands in a PostgreSQL database while it is being filled from a backup. */
export const STORE_RESTORE_MARK = "restore_unfinished";

/** True where what stands in a store was left by a restore that has not come to its end. */
export async function isStoreUnfinished({ db }: { readonly db: Database }): Promise<boolean> {
  const [mark] = await db
    .select({ name: sql<string | null>`to_regclass(${`public.${STORE_RESTORE_MARK}`})::text` })
    .from(sql`(SELECT 1) AS one`);
  return (mark?.name ?? null) !== null;
}
