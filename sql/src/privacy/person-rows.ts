import type { WorkspaceWarehouse } from "../warehouse.ts";
import { names } from "./forget-rows.ts";
import { identifiedTables } from "./identified-tables.ts";
import { mentionParams, mentionsAsField } from "./mentions.ts";

export type PersonRow = Readonly<Record<string, unknown>>;

/**
 * Every row that stands under these identifiers, by table, with the file that it came in and when that was received. A refused line
 * counts where the text leaves no doubt that it means this identifier: a short one could be somebody else's.
 */
export async function personRows(
  warehouse: WorkspaceWarehouse,
  hashes: readonly string[],
  identifier: string,
): Promise<Record<string, PersonRow[]>> {
  const mention = mentionParams(identifier);
  const tables = [
    ...(await identifiedTables(warehouse)).map((table) => ({
      ...table,
      where:
        table.name === "rejected_rows" && mention.fieldPattern === ""
          ? `(${names(table, hashes)} OR ${mentionsAsField("raw")})`
          : names(table, hashes),
    })),
    {
      name: "adjustments",
      columns: ["import_id"],
      isReplacing: false,
      where: `adjusts_conversion_id IN (SELECT conversion_id FROM conversions WHERE workspace_id = {workspaceId:String} AND ${names({ identifiers: ["visitor_id"] }, hashes)})`,
    },
  ];
  const found: Record<string, PersonRow[]> = {};
  for (const { name, columns, isReplacing, where } of tables) {
    const own = `SELECT * EXCEPT (workspace_id) FROM ${name} ${isReplacing ? "FINAL" : ""} WHERE workspace_id = {workspaceId:String} AND ${where}`;
    const withOrigin = `SELECT own.* EXCEPT (import_id), received.started_at AS received_at, received.file AS received_in
      FROM (${own}) AS own
      LEFT JOIN (SELECT import_id, file, started_at FROM imports FINAL WHERE workspace_id = {workspaceId:String}) AS received USING (import_id)`;
    const rows = await warehouse.engine.rows(
      "person-rows",
      `${columns.includes("import_id") ? withOrigin : own} SETTINGS log_queries = 0`,
      { workspaceId: warehouse.workspaceId, ...mention },
    );
    found[name] = rows as PersonRow[];
  }
  return found;
}
