import { z } from "zod";
import { CountText, DateText, DecimalText, question } from "../question.ts";
import { fromShown, JourneyFilter, STEPS_BY_CHANNEL, shownColumns } from "./shown-journeys.ts";

/** The shares of conversions whose time and touches are told: quartiles and the slowest tenth. */
export const QUANTILES = [0.25, 0.5, 0.75, 0.9] as const;

const Quantiles = z.array(z.number().nullable()).length(QUANTILES.length);

/**
 * How many journeys there are and what they brought; how long and how many touches conversions took, each conversion counted once.
 * `undecided` are the journeys without a conversion that ended on `openFrom` or later: theirs may still come.
 */
export const journeyTotals = question({
  name: "journey-totals",
  params: JourneyFilter.extend({ openFrom: DateText }),
  row: z.object({
    journeys: CountText,
    converted: CountText,
    conversions: CountText,
    revenue: DecimalText,
    undecided: CountText,
    withinHour: CountText,
    withinDay: CountText,
    seconds: Quantiles,
    touches: Quantiles,
  }),
  sql: `
    SELECT toString(ways) AS journeys, toString(ways_converted) AS converted, toString(ways_won) AS conversions,
      toString(ways_value) AS revenue, toString(ways_open) AS undecided,
      toString(won_in_hour) AS withinHour, toString(won_in_day) AS withinDay,
      arrayMap(x -> toFloat64(x), spans) AS seconds, arrayMap(x -> toFloat64(x), lengths) AS touches
    FROM (
      WITH ${shownColumns(STEPS_BY_CHANNEL)}
      SELECT count() AS ways, countIf(is_converted) AS ways_converted, sum(won) AS ways_won, sum(value) AS ways_value,
        countIf(NOT is_converted AND end_at >= toDateTime64({openFrom:String}, 3, {timeZone:String})) AS ways_open,
        sumIf(won, span_ms < 3600000) AS won_in_hour, sumIf(won, span_ms < 86400000) AS won_in_day,
        quantilesExactWeightedIf(${QUANTILES.join(", ")})(intDiv(span_ms, 1000), won, is_converted) AS spans,
        quantilesExactWeightedIf(${QUANTILES.join(", ")})(length(channels), won, is_converted) AS lengths
      ${fromShown()})`,
});
