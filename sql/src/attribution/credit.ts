import { z } from "zod";
import { DateText, DecimalText, question, type Statement, statement } from "../question.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";
import { IN_SCOPE, JourneyScope } from "./scope.ts";
import { TOUCH_WEIGHTS, type TouchModel } from "./touch-weights.ts";

const DATE_BASIS = z.enum(["conversion", "touch"]);

const CreditParams = JourneyScope.extend({
  runId: z.string(),
  dateBasis: DATE_BASIS,
  halfLifeDays: z.number().positive().default(7),
  firstShare: z.number().min(0).max(1).default(0.4),
  lastShare: z.number().min(0).max(1).default(0.4),
  channelNames: z.array(z.string()).default([]),
  channelWeights: z.array(z.number()).default([]),
});

/**
 * One row a touch of a converted journey, with its credit. Credits are decimals cut at 12 places; the touch with the largest weight
 * takes what the cutting left over, so that the credits of a journey add up to it exactly.
 */
function touchCredit(model: TouchModel): string {
  return `
    SELECT
      toDate(if({dateBasis:String} = 'touch', credit.3, ended_at), {timeZone:String}) AS date,
      credit.1 AS channel, credit.2 AS campaign, credit.4 AS conversions, credit.5 AS revenue
    FROM (
      SELECT
        ended_at,
        length(channels) AS touches,
        ${TOUCH_WEIGHTS[model]} AS weights,
        arraySum(weights) AS total_weight,
        indexOf(weights, arrayMax(weights)) AS heaviest,
        toDecimal128(conversions, 12) AS all_conversions,
        toDecimal128(revenue, 12) AS all_revenue,
        arrayMap(weight -> toDecimal128(weight / total_weight * conversions, 12), weights) AS cut_conversions,
        arrayMap(weight -> toDecimal128(weight / total_weight * toFloat64(revenue), 12), weights) AS cut_revenue,
        all_conversions - arraySum(cut_conversions) AS left_conversions,
        all_revenue - arraySum(cut_revenue) AS left_revenue,
        arrayJoin(arrayZip(
          channels, campaigns, touched_at,
          arrayMap((part, i) -> part + if(i = heaviest, left_conversions, toDecimal128(0, 12)), cut_conversions, arrayEnumerate(channels)),
          arrayMap((part, i) -> part + if(i = heaviest, left_revenue, toDecimal128(0, 12)), cut_revenue, arrayEnumerate(channels)))) AS credit
      FROM journeys
      WHERE converted AND ${IN_SCOPE}
    )`;
}

/** Writes the credit of a rule: every touch gets its share, added up by day, channel and campaign. */
function ruleCredit(model: Exclude<TouchModel, "markov">): Statement<typeof CreditParams> {
  return statement({
    name: `credit-${model}`,
    params: CreditParams,
    sql: `
    INSERT INTO attribution_credit (workspace_id, run_id, date, channel, campaign, conversions, revenue)
    SELECT {workspaceId:String}, {runId:String}, date, channel, campaign, sum(conversions), sum(revenue)
    FROM (${touchCredit(model)})
    GROUP BY date, channel, campaign`,
  });
}

export const creditByRule = {
  first: ruleCredit("first"),
  last: ruleCredit("last"),
  linear: ruleCredit("linear"),
  "time-decay": ruleCredit("time-decay"),
  "position-based": ruleCredit("position-based"),
} as const;

/** Credit by day and channel when each journey is shared by the channels' weights: the seed that the model's totals are fitted to. */
export const weightedCells = question({
  name: "weighted-cells",
  params: CreditParams.omit({ runId: true }),
  row: z.object({ date: DateText, channel: z.string(), conversions: DecimalText, revenue: DecimalText }),
  sql: `
    SELECT toString(date) AS date, channel, toString(sum(conversions)) AS conversions, toString(sum(revenue)) AS revenue
    FROM (${touchCredit("markov")})
    GROUP BY date, channel
    ORDER BY date, channel`,
});

/** The credit that a fitted model gives to a channel on a day; few rows (days x channels), made by the solver. */
export interface CreditCell {
  readonly date: string;
  readonly channel: string;
  readonly conversions: number;
  readonly revenue: number;
}

/** Keeps the fitted cells of a run. */
export async function saveCells(
  warehouse: WorkspaceWarehouse,
  runId: string,
  cells: readonly CreditCell[],
): Promise<void> {
  await warehouse.engine.insertRows(
    "save-cells",
    "attribution_cells",
    cells.map((cell) => ({ workspace_id: warehouse.workspaceId, run_id: runId, ...cell })),
  );
}

/**
 * Writes the credit of a fitted model: a cell's credit is shared between the campaigns that touched the journeys of that day, in
 * proportion to what the journeys gave them. What rounding leaves over goes to the day's largest row, so that every day adds up:
 * to its bookings with touches under the conversion basis, to the sum of its cells under the touch basis.
 */
export const creditByCells = statement({
  name: "credit-by-cells",
  params: CreditParams,
  sql: `
    INSERT INTO attribution_credit (workspace_id, run_id, date, channel, campaign, conversions, revenue)
    WITH
      by_touch AS (
        SELECT date, channel, campaign, toFloat64(sum(conversions)) AS conversions, toFloat64(sum(revenue)) AS revenue
        FROM (${touchCredit("markov")})
        GROUP BY date, channel, campaign),
      cells AS (SELECT date, channel, conversions, revenue FROM attribution_cells WHERE workspace_id = {workspaceId:String} AND run_id = {runId:String}),
      shared AS (
        SELECT
          cells.date AS date, cells.channel AS channel, by_touch.campaign AS campaign,
          sum(by_touch.conversions) OVER (PARTITION BY date, channel) AS cell_conversions,
          sum(by_touch.revenue) OVER (PARTITION BY date, channel) AS cell_revenue,
          count() OVER (PARTITION BY date, channel) AS campaigns,
          toDecimal128(cells.conversions * if(cell_conversions > 0, by_touch.conversions / cell_conversions, 1 / campaigns), 12) AS conversions,
          toDecimal128(cells.revenue * if(cell_revenue > 0, by_touch.revenue / cell_revenue, 1 / campaigns), 12) AS revenue
        FROM cells LEFT JOIN by_touch ON cells.date = by_touch.date AND cells.channel = by_touch.channel),
      booked AS (
        SELECT toDate(ended_at, {timeZone:String}) AS date, sum(toDecimal128(conversions, 12)) AS conversions, sum(toDecimal128(revenue, 12)) AS revenue
        FROM journeys WHERE converted AND {dateBasis:String} = 'conversion' AND ${IN_SCOPE} GROUP BY date
        UNION ALL
        SELECT toDate('1970-01-01'), sum(toDecimal128(conversions, 12)), sum(toDecimal128(revenue, 12))
        FROM journeys WHERE converted AND {dateBasis:String} = 'touch' AND ${IN_SCOPE})
    SELECT {workspaceId:String}, {runId:String}, date, channel, campaign,
      conversions + if(place = 1, booked.conversions - total_conversions, toDecimal128(0, 12)) AS conversions,
      revenue + if(place = 1, booked.revenue - total_revenue, toDecimal128(0, 12)) AS revenue
    FROM (
      SELECT *, if({dateBasis:String} = 'touch', toDate('1970-01-01'), date) AS book,
        sum(conversions) OVER (PARTITION BY book) AS total_conversions,
        sum(revenue) OVER (PARTITION BY book) AS total_revenue,
        row_number() OVER (PARTITION BY book ORDER BY conversions DESC, date, channel, campaign) AS place
      FROM shared) AS rounded
    LEFT JOIN booked ON rounded.book = booked.date
    ORDER BY date, channel, campaign`,
});
