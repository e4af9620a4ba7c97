import { z } from "zod";
import { DateText } from "../../question.ts";
import type { WorkspaceWarehouse } from "../../warehouse.ts";
import type { CreditAttribute } from "../credit.ts";
import { inDays } from "../scope.ts";
import {
  channelOf,
  earlierOnly,
  earlierTouches,
  millisOf,
  NEAR_SETTINGS,
  placeOf,
  soldWithTouches,
} from "./near-touches.ts";
import { sizeClassOf } from "./people.ts";
import { IncrementalConversionScope, isOfChannels, Reaching, SizeEdges, TimeEdges } from "./scope.ts";
import { soldRanges } from "./sold-ranges.ts";

const Rates = z.array(z.number().min(0));

/** What the fit found: how much each thing adds to somebody's rate of converting. */
const IncrementalCredit = IncrementalConversionScope.extend({
  runId: z.string(),
  /** The conversions that are credited; the scope's own range says which touches count. */
  creditFrom: DateText,
  creditTo: DateText,
  dateBasis: z.enum(["conversion", "touch"]),
  reaching: Reaching,
  sizeEdges: SizeEdges,
  earlierEdges: TimeEdges,
  /** Of one touch: channel by channel, a rate for each bin. 0 for channels that get no credit. */
  rates: Rates,
  /**
   * By channel, what lift tests made of its rates: their factor. What a test takes from a channel goes to the baseline, and what it adds
   * comes from there, so that the credit follows the test. None: no test.
   */
  calibration: Rates.default([]),
  /**
   * Of one touch, as `rates`: its odds against everything else that made a conversion likely. Of channels whose part of the conversions
   * is known whatever else they follow. None: no such channel.
   */
  odds: Rates.default([]),
  /** Of the baseline, by class of persons. */
  stratumRates: Rates,
  /**
   * Of the baseline, for every touch of the channel that the person had at any time; negative where a channel's touches go to people
   * who buy less. The baseline keeps a fifth of its stratum's rate in any case.
   */
  selectionRates: z.array(z.number()),
  /** How far an earlier touch marks that somebody is about to buy anyway: channel by channel, for each bin. */
  markWeights: Rates,
  /** Sums of marks above which the next class begins, and what each class adds to the baseline; one rate more than edges. */
  markEdges: z.array(z.number()),
  intentRates: Rates,
});
export type IncrementalCredit = z.input<typeof IncrementalCredit>;

/** Attributes that are the conversion's, with the column of a booking; the others are columns of a touchpoint. */
const OF_CONVERSION: Partial<Record<CreditAttribute, string>> = {
  conversion_type: "conversion_type",
  customer_type: "customer_type",
  product_group: "product_group",
  conversion_region: "region",
};

const CREDITED = `occurred_at >= toDateTime64({creditFrom:String}, 3, {timeZone:String})
      AND occurred_at < toDateTime64({creditTo:String}, 3, {timeZone:String}) + toIntervalDay(1)`;

const EDGES = "{earlierEdges:Array(UInt32)}";
const PLACE = `${placeOf("touch", `sold_at - ${millisOf("touch")}`, EDGES)} + 1`;
const WEIGHT = `{rates:Array(Float64)}[${PLACE}]`;
const ODDS = `{odds:Array(Float64)}[${PLACE}]`;
const MARK = `{markWeights:Array(Float64)}[${PLACE}]`;

/** A channel that tests leave nothing of has no rate to divide by. */
const LEAST_FACTOR = 0.001;

const AMOUNTS = ["conversions", "revenue", "margin"] as const;
const each = (write: (amount: string) => string) => AMOUNTS.map(write).join(",\n        ");
const NOTHING = "toDecimal128(0, 12)";

/**
 * A touch's part of an amount is cut at 12 places. Where all parts are more than the amount, by a last digit of the division, the
 * largest one gives it back.
 */
const parts = (amount: string) => `
        arrayMap(weight -> toDecimal128(weight / total * toFloat64(${amount}), 12), weights) AS cut_${amount},
        if(abs(arraySum(cut_${amount})) > abs(${amount}), ${amount} - arraySum(cut_${amount}), ${NOTHING}) AS over_${amount},
        arrayMap((part, i) -> part + if(i = heaviest, over_${amount}, ${NOTHING}), cut_${amount}, arrayEnumerate(weights)) AS parts_${amount}`;

/** SQL that writes the credit; touches are told apart by a number for all that credit is broken down by. */
function creditSql(table: string, attribute: CreditAttribute | "", hasOdds: boolean): string {
  const withOdds = (sql: string, without: string) => (hasOdds ? sql : without);
  const ofConversion = attribute === "" ? undefined : OF_CONVERSION[attribute];
  const ofTouch = attribute === "" || ofConversion !== undefined ? "''" : attribute;
  const rated = withOdds("rated", "weights");
  const kind = `cityHash64(channel, campaign, creative, ${ofTouch})`;
  return `
    INSERT INTO ${table} (workspace_id, run_id, date, channel, campaign, creative, attribute_value, conversions, revenue, margin)
    SELECT {workspaceId:String}, {runId:String}, date, channel, campaign, creative,
      ${ofConversion === undefined ? "touch_attribute" : "sold_attribute"} AS attribute_value, credit.conversions, credit.revenue, credit.margin
    FROM (
      SELECT toDate(fromUnixTimestamp64Milli(if({dateBasis:String} = 'touch', ${millisOf("touch")}, sold_at)), {timeZone:String}) AS date,
        kind, sold_attribute, ${each((amount) => `sum(part_${amount}) AS ${amount}`)}
      FROM (
        SELECT sold_at, sold_attribute, touches, kinds, weights, total, indexOf(weights, arrayMax(weights)) AS heaviest,
          toDecimal128(1, 12) AS conversions, toDecimal128(sold_revenue, 12) AS revenue, toDecimal128(sold_margin, 12) AS margin,
        ${AMOUNTS.map(parts).join(",")}
        FROM (
          SELECT sold_at, ${ofConversion ?? "''"} AS sold_attribute, revenue AS sold_revenue, ifNull(margin, 0) AS sold_margin,
            ${earlierTouches(`${EDGES}[-1]`)} AS touches, ${earlierOnly("near_kinds", `${EDGES}[-1]`)} AS kinds,
            arrayMap(touch -> ${WEIGHT}, touches) AS ${withOdds("rated", "weights")},
            arraySum((channel, n) -> if(has({reaching:Array(UInt16)}, channel), n, 0), history.1, history.2) AS reached,
            arraySum((channel, n) -> {selectionRates:Array(Float64)}[channel + 1] * n, history.1, history.2) AS selection,
            {stratumRates:Array(Float64)}[${sizeClassOf("reached")} + 1] AS stratum,
            arraySum(touch -> ${MARK}, touches) AS marks,
            {intentRates:Array(Float64)}[arrayCount(edge -> edge < marks, {markEdges:Array(Float64)}) + 1] AS intent,
            if(empty({calibration:Array(Float64)}), arraySum(${rated}),
              arraySum((weight, touch) -> weight / greatest({calibration:Array(Float64)}[${channelOf("touch")} + 1], ${LEAST_FACTOR}), ${rated}, touches)) AS fitted,
            greatest(arraySum(${rated}), fitted + greatest(0.2 * (stratum + intent), stratum + intent + selection)) AS ${withOdds("usual", "total")}
            ${withOdds(`, arrayMap((rate, touch) -> rate + usual * ${ODDS}, rated, touches) AS weights, usual * (1 + arraySum(touch -> ${ODDS}, touches)) AS total`, "")}
          FROM ${soldWithTouches(CREDITED, kind)} AS sold)
        WHERE ${withOdds("total > 0", "reached > 0")} AND arraySum(weights) > 0)
      ARRAY JOIN touches AS touch, kinds AS kind, ${AMOUNTS.map((amount) => `parts_${amount} AS part_${amount}`).join(", ")}
      GROUP BY date, kind, sold_attribute
    ) AS credit
    INNER JOIN (
      SELECT DISTINCT ${kind} AS kind, channel, campaign, creative, ${ofTouch} AS touch_attribute
      FROM touchpoints
      WHERE workspace_id = {workspaceId:String} AND ${isOfChannels} AND ${inDays("occurred_at")}
    ) AS kinds ON credit.kind = kinds.kind
    WHERE conversions != 0 OR revenue != 0 OR margin != 0
    ORDER BY date, channel, campaign, creative, attribute_value
    SETTINGS ${NEAR_SETTINGS}`;
}

/**
 * Writes the credit of an incremental fit into a table: each touch gets its own rate's part of all that made the conversion likely
 * at that moment, the baseline the rest, which is not written. Whoever no touch reached credits nothing. Many conversions are credited
 * some days at a time: what touches of one day get by conversions of several can then stand in several rows.
 * Law: what a conversion's touches get is never more than the conversion.
 */
export async function creditIncremental(
  warehouse: WorkspaceWarehouse,
  table: string,
  credit: IncrementalCredit,
  attribute: CreditAttribute | "",
): Promise<void> {
  const { engine, workspaceId } = warehouse;
  const params = { ...IncrementalCredit.parse(credit), workspaceId };
  const sql = creditSql(table, attribute, params.odds.length > 0);
  const { creditFrom, creditTo, timeZone, conversionTypes } = params;
  const ranges = await soldRanges(warehouse, { from: creditFrom, to: creditTo, timeZone, conversionTypes });
  for (const { soldFrom, soldTo } of ranges) {
    await engine.run("credit-incremental", sql, { ...params, creditFrom: soldFrom, creditTo: soldTo });
  }
}
