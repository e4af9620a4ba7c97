import { z } from "zod";
import { DateText, question } from "../question.ts";

/**
 * Finished runs of a model over a range, on all conversions and by the day of the conversion: those on data as named first, then the ones
 * that reach back farthest, the newest of them.
 */
export const runsOver = question({
  name: "runs-over",
  params: z.object({ model: z.string(), from: DateText, to: DateText, watermark: z.string() }),
  row: z.object({
    runId: z.string(),
    from: DateText,
    to: DateText,
    fit: z.string(),
    isOfData: z.boolean(),
    finishedAt: z.string(),
    lookbackDays: z.number(),
  }),
  sql: `
    SELECT run_id AS runId, JSONExtractString(parameters, 'from') AS from, JSONExtractString(parameters, 'to') AS to, fit,
      toBool(watermark = {watermark:String} OR startsWith(watermark, concat({watermark:String}, ', '))) AS isOfData,
      ifNull(finished_at, started_at) AS finishedAt, toUInt16(JSONExtractUInt(parameters, 'lookbackDays')) AS lookbackDays
    FROM runs FINAL
    WHERE workspace_id = {workspaceId:String} AND state = 'done' AND JSONExtractString(parameters, 'model') = {model:String}
      AND JSONExtractString(parameters, 'dateBasis') = 'conversion' AND JSONLength(parameters, 'conversionTypes') = 0
      AND JSONExtractString(parameters, 'customers') = ''
      AND JSONExtractString(parameters, 'from') <= {from:String} AND JSONExtractString(parameters, 'to') >= {to:String}
    ORDER BY isOfData DESC, JSONExtractString(parameters, 'from'), started_at DESC
    LIMIT 1`,
});
