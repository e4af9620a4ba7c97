import { z } from "zod";
import { DateText, DecimalText, question, statement } from "../question.ts";

/** Every lift test that was entered or imported, the newest first. */
export const listExperiments = question({
  name: "list-experiments",
  params: z.object({}),
  row: z.object({
    experimentId: z.string(),
    channel: z.string(),
    method: z.string(),
    startDate: DateText,
    endDate: DateText,
    spend: DecimalText,
    incrementalConversions: z.number(),
    standardError: z.number(),
    conversionType: z.string(),
    spendControl: DecimalText.nullable(),
    spendTest: DecimalText.nullable(),
    estimand: z.string(),
  }),
  sql: `
    SELECT experiment_id AS experimentId, channel, method, toString(start_date) AS startDate, toString(end_date) AS endDate,
      toString(spend) AS spend, incremental_conversions AS incrementalConversions, standard_error AS standardError,
      conversion_type AS conversionType, toString(spend_control) AS spendControl, toString(spend_test) AS spendTest, estimand
    FROM experiments FINAL
    WHERE workspace_id = {workspaceId:String}
    ORDER BY end_date DESC, experiment_id`,
});

export const deleteExperiment = statement({
  name: "delete-experiment",
  params: z.object({ experimentId: z.string() }),
  sql: `
    ALTER TABLE experiments DELETE WHERE workspace_id = {workspaceId:String} AND experiment_id = {experimentId:String}
    SETTINGS mutations_sync = 2`,
});

/** The newest finished run of a model that covers a range, if there is one; empty days ask for no range. */
export const newestRunOver = question({
  name: "newest-run-over",
  params: z.object({
    model: z.string(),
    coveredFrom: z.union([DateText, z.literal("")]),
    coveredTo: z.union([DateText, z.literal("")]),
  }),
  row: z.object({ runId: z.string(), fit: z.string(), from: DateText, to: DateText }),
  sql: `
    SELECT run_id AS runId, fit, JSONExtractString(parameters, 'from') AS from, JSONExtractString(parameters, 'to') AS to
    FROM runs FINAL
    WHERE workspace_id = {workspaceId:String} AND state = 'done' AND JSONExtractString(parameters, 'model') = {model:String}
      AND ({coveredFrom:String} = '' OR JSONExtractString(parameters, 'from') <= {coveredFrom:String}) AND JSONExtractString(parameters, 'to') >= {coveredTo:String}
    ORDER BY started_at DESC
    LIMIT 1`,
});
