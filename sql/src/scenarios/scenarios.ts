import { z } from "zod";
import { question, statement } from "../question.ts";

const Row = z.object({
  scenarioId: z.string(),
  /** Each writing of a scenario has a higher one. */
  revision: z.number().int().min(1),
  scenarioName: z.string(),
  /** What was asked for and what was answered, as JSON. */
  input: z.string(),
  plan: z.string(),
  runId: z.string(),
  savedBy: z.string(),
  savedAt: z.string(),
});
export type ScenarioRow = z.infer<typeof Row>;

/** Scenarios that were not removed, the one that was saved last first. */
export const listScenarioRows = question({
  name: "list-scenarios",
  params: z.object({ limit: z.number().int().min(1) }),
  row: Row,
  sql: `
    SELECT scenario_id AS scenarioId, revision, name AS scenarioName, input, plan, run_id AS runId, saved_by AS savedBy,
      formatDateTime(saved_at, '%Y-%m-%dT%H:%i:%S.%fZ', 'UTC') AS savedAt
    FROM scenarios FINAL
    WHERE workspace_id = {workspaceId:String} AND NOT is_removed
    ORDER BY saved_at DESC, scenarioId
    LIMIT {limit:UInt32}`,
});

/** Writes a scenario, anew or over its last revision. */
export const saveScenarioRow = statement({
  name: "save-scenario",
  params: Row,
  sql: `
    INSERT INTO scenarios (workspace_id, scenario_id, revision, name, input, plan, run_id, saved_by, saved_at, is_removed)
    SELECT {workspaceId:String}, {scenarioId:String}, {revision:UInt32}, {scenarioName:String}, {input:String}, {plan:String}, {runId:String},
      {savedBy:String}, parseDateTime64BestEffort({savedAt:String}, 3, 'UTC'), 0`,
});

export const removeScenarioRow = statement({
  name: "remove-scenario",
  params: Row.pick({ scenarioId: true, revision: true }),
  sql: `
    INSERT INTO scenarios (workspace_id, scenario_id, revision, name, input, plan, run_id, saved_by, saved_at, is_removed)
    SELECT {workspaceId:String}, {scenarioId:String}, {revision:UInt32}, '', '', '', '', '', now64(3), 1`,
});
