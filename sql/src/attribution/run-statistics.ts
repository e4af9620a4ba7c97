import { z } from "zod";
import { question } from "../question.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";

/** What hangs on a run besides its row in the ledger. A model that keeps rows of its own by run_id adds its table. */
const RUN_TABLES = ["attribution_credit", "attribution_cells", "run_statistics", "run_seeds"] as const;

/** Keeps JSON texts of a run by name. */
export async function saveRunStatistics(
  warehouse: WorkspaceWarehouse,
  runId: string,
  texts: Readonly<Record<string, string>>,
): Promise<void> {
  const rows = Object.entries(texts).map(([name, value]) => ({
    ...{ workspace_id: warehouse.workspaceId, run_id: runId },
    ...{ name, value },
  }));
  await warehouse.engine.insertRows("save-run-statistics", "run_statistics", rows);
}

export const runStatistics = question({
  name: "run-statistics",
  params: z.object({ runId: z.string(), names: z.array(z.string()) }),
  row: z.object({ name: z.string(), value: z.string() }),
  sql: `
    SELECT name, value
    FROM run_statistics
    WHERE workspace_id = {workspaceId:String} AND run_id = {runId:String} AND name IN {names:Array(String)}
    ORDER BY name`,
});

/** Removes what hangs on these runs. Tables are only rewritten where they hold something of them. */
export async function removeRunRows(warehouse: WorkspaceWarehouse, runIds: readonly string[]): Promise<void> {
  if (runIds.length === 0) return;
  const params = { workspaceId: warehouse.workspaceId, runIds: [...runIds] };
  const where = "workspace_id = {workspaceId:String} AND run_id IN {runIds:Array(String)}";
  for (const table of RUN_TABLES) {
    const held = await warehouse.engine.rows("holds-run", `SELECT 1 FROM ${table} WHERE ${where} LIMIT 1`, params);
    if (held.length === 0) continue;
    await warehouse.engine.run(
      "remove-run-rows",
      `ALTER TABLE ${table} DELETE WHERE ${where} SETTINGS mutations_sync = 2`,
      params,
    );
  }
}

/** Removes the rows of these runs from the ledger, once nothing hangs on them any more. */
export async function removeRuns(warehouse: WorkspaceWarehouse, runIds: readonly string[]): Promise<void> {
  if (runIds.length === 0) return;
  for (const table of ["run_notes", "runs"]) {
    await warehouse.engine.run(
      "remove-runs",
      `ALTER TABLE ${table} DELETE WHERE workspace_id = {workspaceId:String} AND run_id IN {runIds:Array(String)} SETTINGS mutations_sync = 2`,
      { workspaceId: warehouse.workspaceId, runIds: [...runIds] },
    );
  }
}

/** Keeps what the journeys gave to a run's touches, from the table in which its credit is made. */
export async function keepSeeds(
  { engine, workspaceId }: WorkspaceWarehouse,
  table: string,
  runId: string,
): Promise<void> {
  await engine.run(
    "keep-seeds",
    `INSERT INTO run_seeds SELECT * FROM ${table} WHERE workspace_id = {workspaceId:String} AND run_id = {runId:String}`,
    { workspaceId, runId },
  );
}

/** Lays the kept seeds of one run into a table in which the credit of another is made. */
export async function laySeeds(
  { engine, workspaceId }: WorkspaceWarehouse,
  table: string,
  runId: string,
  newRunId: string,
): Promise<void> {
  await engine.run(
    "lay-seeds",
    `INSERT INTO ${table} SELECT * REPLACE({newRunId:String} AS run_id)
     FROM (SELECT * FROM run_seeds WHERE workspace_id = {workspaceId:String} AND run_id = {runId:String})`,
    { workspaceId, runId, newRunId },
  );
}
