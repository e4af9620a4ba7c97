import type { Warehouse } from "../warehouse.ts";

/** Scenarios as versions before the store of accounts kept them; input and plan are JSON. */
export interface FormerScenario {
  readonly workspaceId: string;
  readonly scenarioId: string;
  readonly name: string;
  readonly input: string;
  readonly plan: string;
  readonly runId: string;
  readonly savedBy: string;
  readonly savedAt: string;
}

/** Asked once, of all workspaces, when the store of accounts takes them over. Removed ones stay behind. */
export async function formerScenarios(warehouse: Warehouse): Promise<FormerScenario[]> {
  return (await warehouse.anyWorkspace(
    "former-scenarios",
    `SELECT toString(workspace_id) AS workspaceId, scenario_id AS scenarioId, name, input, plan, run_id AS runId, saved_by AS savedBy,
       saved_at AS savedAt
     FROM scenarios FINAL WHERE NOT is_removed ORDER BY workspaceId, saved_at, scenarioId`,
    {},
  )) as FormerScenario[];
}
