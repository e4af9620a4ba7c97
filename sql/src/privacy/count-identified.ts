import { z } from "zod";
import type { WorkspaceWarehouse } from "../warehouse.ts";
import { identifiedTables } from "./identified-tables.ts";

/** What one table holds about people: all its rows, those that name somebody, and when the first and the last of those were received. */
interface IdentifiedRows {
  readonly table: string;
  readonly rows: number;
  readonly identified: number;
  /** Null where nothing names anybody, or where the table was worked out from others. */
  readonly oldest: string | null;
  readonly newest: string | null;
}

const Counts = z.tuple([
  z.object({
    held: z.coerce.number(),
    named: z.coerce.number(),
    oldest: z.string().nullable(),
    newest: z.string().nullable(),
  }),
]);

/**
 * Every table with a column for an identifier, whoever added it, counted. Ages count from when a row was received, as retention does:
 * rows of an import that the ledger does not know count without an age.
 */
export async function countIdentified(warehouse: WorkspaceWarehouse): Promise<IdentifiedRows[]> {
  const stored: IdentifiedRows[] = [];
  for (const { name, identifiers, columns, isReplacing } of await identifiedTables(warehouse)) {
    const hasImport = columns.includes("import_id");
    const isNamed = identifiers.map((column) => `${column} != 0`).join(" OR ");
    const cells = `
      SELECT ${hasImport ? "import_id" : "toUInt32(0)"} AS import_number, count() AS cell_rows, countIf(${isNamed}) AS cell_named
      FROM ${name} ${isReplacing ? "FINAL" : ""} WHERE workspace_id = {workspaceId:String} GROUP BY import_number`;
    const received = `
      SELECT import_id AS import_number, toNullable(toString(toDate(started_at))) AS day
      FROM imports FINAL WHERE workspace_id = {workspaceId:String}`;
    const [row] = Counts.parse(
      await warehouse.engine.rows(
        "count-identified",
        `SELECT toString(sum(cell_rows)) AS held, toString(sum(cell_named)) AS named, minIf(day, cell_named > 0) AS oldest,
           maxIf(day, cell_named > 0) AS newest
         FROM (${cells}) AS cells LEFT ANY JOIN (${received}) AS received USING (import_number)`,
        { workspaceId: warehouse.workspaceId },
      ),
    );
    stored.push({ table: name, rows: row.held, identified: row.named, oldest: row.oldest, newest: row.newest });
  }
  return stored;
}
