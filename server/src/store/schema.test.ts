import { readFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as schema from "./schema/index.ts";

const migration = (name: string) => readFileSync(new URL(`./migrations/${name}`, import.meta.url), "utf8");
const JOURNAL = JSON.parse(migration("meta/_journal.json")) as { entries: { tag: string }[] };

/** As PostgreSQL calls them; the schema says the short names. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  "timestamp with time zone": "timestamp with time zone",
  "text[]": "ARRAY",
};

let db: PGlite;
beforeAll(async () => {
  db = await PGlite.create();
  for (const { tag } of JOURNAL.entries) await db.exec(migration(`${tag}.sql`));
});
afterAll(() => db.close());

describe("the tables that the code knows and those that the migrations make", () => {
  const tables = Object.values<unknown>(schema).filter((each): each is PgTable => is(each, PgTable));

  it("are the same, column by column", async () => {
    const { rows } = await db.query<{ name: string; columns: string[] }>(`
      SELECT table_name AS name,
        array_agg(column_name || ' ' || data_type || ' ' || is_nullable ORDER BY column_name) AS columns
      FROM information_schema.columns WHERE table_schema = 'public' GROUP BY table_name ORDER BY table_name`);
    const declared = tables
      .map((table) => {
        const { name, columns } = getTableConfig(table);
        const described = columns.map((column) => {
          const type = column.getSQLType();
          return `${column.name} ${TYPE_NAMES[type] ?? type} ${column.notNull || column.primary ? "NO" : "YES"}`;
        });
        return { name, columns: described.sort() };
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(declared.length).toBeGreaterThan(15);
    expect(declared).toEqual(rows.map(({ name, columns }) => ({ name, columns: [...columns].sort() })));
  });

  it("have the uniqueness that the code counts on", async () => {
    const { rows } = await db.query<{ name: string }>(
      "SELECT indexname AS name FROM pg_indexes WHERE schemaname = 'public' AND indexdef LIKE '%UNIQUE%'",
    );
    expect(rows.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        ...["users_email_key", "sessions_token_key", "one_time_links_token_hash_key", "service_keys_key_hash_key"],
        ...["memberships_pkey", "scenarios_by_name", "audit_entries_pkey"],
      ]),
    );
  });

  it("go again by the way back", async () => {
    for (const { tag } of JOURNAL.entries.toReversed()) await db.exec(migration(`${tag}.down.sql`));
    const { rows } = await db.query("SELECT 1 FROM information_schema.tables WHERE table_schema = 'public'");
    expect(rows).toEqual([]);
  });
});
