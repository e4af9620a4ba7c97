import type { WorkspaceWarehouse } from "../warehouse.ts";
import { type ChannelRules, firstRuleExpression } from "./channel-rules.ts";

/** Touches that came alike, and the rules that speak of them. */
export interface JudgedArrival {
  readonly source: string;
  readonly medium: string;
  /** The channel under which they are stored. */
  readonly channel: string;
  /** The place of the first rule that holds, counted from 1; 0 where none does. */
  readonly rule: number;
  /** The same by the other rules. */
  readonly otherRule: number;
  readonly touches: number;
}

/** Kinds of arrivals that are told apart; what is rarer would fill no page. */
const MOST_ARRIVALS = 20_000;

const PARTS = { source: "s", medium: "m", campaign: "c", clickId: "k", referrer: "r" };

/**
 * The touches of some days by how they came, with what two sets of rules make of them. Touches with no source, medium, click id or referrer
 * were named by whoever sent them: rules never saw them.
 */
export async function judgeArrivals(
  warehouse: WorkspaceWarehouse,
  rules: ChannelRules,
  others: ChannelRules,
  range: { readonly from: string; readonly to: string; readonly timeZone: string },
): Promise<JudgedArrival[]> {
  const rows = (await warehouse.engine.rows(
    "judge-arrivals",
    `SELECT s AS source, m AS medium, stored AS channel,
       toUInt32(${firstRuleExpression(rules, PARTS)}) AS rule, toUInt32(${firstRuleExpression(others, PARTS)}) AS other_rule,
       toString(sum(touches)) AS n
     FROM (
       SELECT toString(source) AS s, toString(medium) AS m, toString(campaign) AS c, extra['click_id'] AS k, domainWithoutWWW(extra['referrer']) AS r,
         toString(channel) AS stored, count() AS touches
       FROM touchpoints
       WHERE workspace_id = {workspaceId:String} AND (source != '' OR medium != '')
         AND occurred_at >= toDateTime64({from:String}, 3, {timeZone:String})
         AND occurred_at < toDateTime64({to:String}, 3, {timeZone:String}) + INTERVAL 1 DAY
       GROUP BY s, m, c, k, r, stored
       ORDER BY touches DESC
       LIMIT ${MOST_ARRIVALS})
     GROUP BY source, medium, channel, rule, other_rule
     ORDER BY sum(touches) DESC, source, medium`,
    { workspaceId: warehouse.workspaceId, ...range },
  )) as { source: string; medium: string; channel: string; rule: number; other_rule: number; n: string }[];
  return rows.map(({ other_rule, n, ...row }) => ({ ...row, otherRule: other_rule, touches: Number(n) }));
}
