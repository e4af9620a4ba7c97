import { z } from "zod";
import { question } from "../question.ts";

const Flag = z.union([z.literal(0), z.literal(1)]);

/** What has ever come into a workspace, and whether a model was ever fitted on it. */
export const firstSteps = question({
  name: "first-steps",
  params: z.object({}),
  row: z.object({ touchpoints: Flag, spend: Flag, conversions: Flag, runs: Flag, channels: z.number().int() }),
  sql: `
    SELECT
      toUInt8((SELECT count() FROM (SELECT 1 FROM touchpoints WHERE workspace_id = {workspaceId:String} LIMIT 1)) > 0) AS touchpoints,
      toUInt8((SELECT count() FROM (SELECT 1 FROM spend FINAL WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn LIMIT 1)) > 0) AS spend,
      toUInt8((SELECT count() FROM (SELECT 1 FROM conversions WHERE workspace_id = {workspaceId:String} LIMIT 1)) > 0) AS conversions,
      toUInt8((SELECT count() FROM (SELECT 1 FROM runs FINAL WHERE workspace_id = {workspaceId:String} AND state = 'done' LIMIT 1)) > 0) AS runs,
      toUInt32((SELECT uniqExact(channel) FROM touchpoints WHERE workspace_id = {workspaceId:String} AND channel != '')) AS channels`,
});
