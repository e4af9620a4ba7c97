import { z } from "zod";
import { CountText, question } from "../question.ts";

/**
 * What the touchpoints of each source say of consent. The source is the one that was declared when they came: a touch's own column of
 * that name says where the visitor came from. Consent that nobody understood allows nothing, so it counts as refused.
 */
export const consentBySource = question({
  name: "consent-by-source",
  params: z.object({}),
  row: z.object({ source: z.string(), touchpoints: CountText, consented: CountText, refused: CountText }),
  sql: `
    SELECT declared AS source, toString(sum(touches)) AS touchpoints, toString(sumIf(touches, consent = 'granted')) AS consented,
      toString(sumIf(touches, consent IN ('denied', 'unknown'))) AS refused
    FROM (
      SELECT import_id, consent, count() AS touches FROM touchpoints
      WHERE workspace_id = {workspaceId:String}
      GROUP BY import_id, consent) AS cells
    LEFT ANY JOIN (
      SELECT import_id, toString(source) AS declared FROM imports FINAL WHERE workspace_id = {workspaceId:String}) AS received USING (import_id)
    GROUP BY declared
    ORDER BY sum(touches) DESC, declared`,
});
