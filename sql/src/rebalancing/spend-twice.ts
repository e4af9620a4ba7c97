import { z } from "zod";
import { CountText, DateText, DecimalText, question } from "../question.ts";

/**
 * Rows of spend that coincide to the cent, clicks and impressions: the same day and channel, told by two sources, or by two campaigns of one
 * source. By who told them: how many rows, how many different ones among them, how many of campaigns of one name, and the money that counts once too often.
 */
export const spendTwice = question({
  name: "spend-twice",
  params: z.object({ from: DateText, to: DateText }),
  row: z.object({
    ...{ source: z.string(), other: z.string(), rows: CountText, amounts: CountText, namesakes: CountText },
    ...{ cost: DecimalText, firstDay: DateText, lastDay: DateText, channels: z.array(z.string()) },
  }),
  sql: `
    SELECT first_said AS source, other_said AS other, toString(count()) AS rows, toString(uniqExact((paid, clicks_, impressions_))) AS amounts, toString(countIf(is_namesake)) AS namesakes,
      toString(sum(paid * (tellers - 1))) AS cost, toString(min(spend_date)) AS firstDay, toString(max(spend_date)) AS lastDay,
      arraySlice(arraySort(groupUniqArray(channel)), 1, 20) AS channels
    FROM (
      SELECT spend_date, channel, cost AS paid, length(told) AS tellers, clicks_, impressions_,
        length(sources) > 1 AND told[1].2 = told[2].2 AS is_namesake,
        if(length(sources) > 1, sources[1], concat(sources[1], ': ', told[1].2)) AS first_said,
        if(length(sources) > 1, sources[2], concat(sources[1], ': ', told[2].2)) AS other_said,
        arraySort(arrayDistinct(arrayMap(each -> each.1, told))) AS sources
      FROM (
        SELECT spend_date, channel, cost, ifNull(clicks, 0) AS clicks_, ifNull(impressions, 0) AS impressions_, groupArraySorted(100)((source, campaign, region)) AS told
        FROM spend FINAL
        WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn AND cost > 0 AND spend_date BETWEEN {from:String} AND {to:String}
        GROUP BY spend_date, channel, cost, clicks_, impressions_
        HAVING count() > 1))
    GROUP BY source, other
    ORDER BY sum(paid * (tellers - 1)) DESC, source, other
    LIMIT 20`,
});
