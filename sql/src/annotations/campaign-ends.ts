import { z } from "zod";
import { CountText, DateText, question } from "../question.ts";

/** What tools write where there is no campaign. */
const NO_CAMPAIGN = "('', '(none)', '(not set)', '(direct)', '(organic)', '(referral)')";

/** Names that are shown of the campaigns that began or ended together. */
const NAMES_SHOWN = 3;

/**
 * Campaigns that began or ended, by day and channel, those with most rows first. A campaign begins on its first day
 * with spend or a touch; it ends on its last day with spend, or with a touch where nothing is ever spent on it: people still arrive
 * from links after the last euro. Ends next to an edge of the data (`grace` days) are none: what runs there was not seen to begin or
 * to stop.
 */
export const campaignEnds = question({
  name: "campaign-ends",
  params: z.object({
    timeZone: z.string(),
    ...{ firstDay: DateText, lastDay: DateText, grace: z.number().int().min(0) },
  }),
  row: z.object({
    ...{ kind: z.enum(["launch", "stop"]), date: DateText, channel: z.string() },
    ...{ names: z.array(z.string()), campaigns: CountText },
  }),
  sql: `
    WITH
      days AS (
        SELECT channel, campaign, toDate(min(occurred_at), {timeZone:String}) AS first_day, toDate(max(occurred_at), {timeZone:String}) AS last_day,
          0 AS is_spend, count() AS weight
        FROM touchpoints
        WHERE workspace_id = {workspaceId:String} AND campaign NOT IN ${NO_CAMPAIGN}
        GROUP BY channel, campaign
        UNION ALL
        SELECT channel, campaign, min(spend_date) AS first_day, max(spend_date) AS last_day, 1 AS is_spend, count() AS weight
        FROM spend FINAL
        WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn AND campaign NOT IN ${NO_CAMPAIGN} AND (cost > 0 OR impressions > 0 OR clicks > 0)
        GROUP BY channel, campaign),
      lives AS (
        SELECT channel, campaign, min(first_day) AS begun,
          if(max(is_spend) = 1, maxIf(last_day, is_spend = 1), max(last_day)) AS ended, sum(weight) AS weight
        FROM days
        GROUP BY channel, campaign)
    SELECT kind, toString(day) AS date, channel, arraySlice(arrayMap(each -> each.2, arrayReverseSort(groupArray((weight, campaign)))), 1, ${NAMES_SHOWN}) AS names,
      toString(count()) AS campaigns
    FROM (
      SELECT 'launch' AS kind, begun AS day, channel, campaign, weight FROM lives
      WHERE begun >= toDate({firstDay:String}) + {grace:UInt16}
      UNION ALL
      SELECT 'stop' AS kind, ended AS day, channel, campaign, weight FROM lives
      WHERE ended <= toDate({lastDay:String}) - {grace:UInt16})
    GROUP BY kind, day, channel
    ORDER BY day, kind, channel`,
});
