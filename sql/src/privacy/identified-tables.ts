import { PASSING_PREFIXES } from "../passing-tables.ts";
import { isShardTable } from "../shards.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";

/** Columns that name somebody, whatever table they stand in. */
const IDENTIFIER_COLUMNS = ["visitor_id", "person_id"] as const;

/** The list of those who must stay out is the one table that has to go on naming them. */
const TOMBSTONES = "forgotten";

export interface IdentifiedTable {
  readonly name: string;
  /** Its columns that name somebody, by hash. */
  readonly identifiers: readonly string[];
  readonly columns: readonly string[];
  /** True where older versions of a row may lie beside the newest. */
  readonly isReplacing: boolean;
}

/**
 * Every table that has a column for an identifier, as the engine knows them now: a table that is added later is found without
 * anybody remembering this file.
 */
export async function identifiedTables({ engine }: WorkspaceWarehouse): Promise<IdentifiedTable[]> {
  const rows = (await engine.rows(
    "identified-tables",
    `SELECT of_table AS name, groupArrayIf(column, column IN {identifiers:Array(String)}) AS identifiers, groupArray(column) AS columns,
       of_table IN (SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%ReplacingMergeTree') AS isReplacing
     FROM (SELECT table AS of_table, name AS column FROM system.columns WHERE database = currentDatabase() AND default_kind != 'MATERIALIZED' ORDER BY table, position)
     GROUP BY of_table
     HAVING notEmpty(identifiers) AND has(columns, 'workspace_id') AND of_table != {tombstones:String}
       AND NOT arrayExists(prefix -> startsWith(of_table, prefix), {passing:Array(String)})
     ORDER BY name`,
    { identifiers: IDENTIFIER_COLUMNS, tombstones: TOMBSTONES, passing: PASSING_PREFIXES },
  )) as (Omit<IdentifiedTable, "isReplacing"> & { isReplacing: number })[];
  return rows.filter(({ name }) => !isShardTable(name)).map((row) => ({ ...row, isReplacing: row.isReplacing === 1 }));
}
