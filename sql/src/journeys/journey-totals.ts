import { z } from "zod";
import { CountText, DateText, DecimalText, question } from "../question.ts";
import { JourneyFilter, STEPS_BY_CHANNEL, shownJourneys } from "./shown-journeys.ts";

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
    SELECT toString(count()) AS journeys, toString(countIf(is_converted)) AS converted, toString(sum(won)) AS conversions,
      toString(sum(value)) AS revenue,
      toString(countIf(NOT is_converted AND end_at >= toDateTime64({openFrom:String}, 3, {timeZone:String}))) AS undecided,
      toString(sumIf(won, span_ms < 3600000)) AS withinHour, toString(sumIf(won, span_ms < 86400000)) AS withinDay,
      arrayMap(x -> toFloat64(x), quantilesExactWeightedIf(${QUANTILES.join(", ")})(intDiv(span_ms, 1000), won, is_converted)) AS seconds,
      arrayMap(x -> toFloat64(x), quantilesExactWeightedIf(${QUANTILES.join(", ")})(shown.touches, won, is_converted)) AS touches
    FROM ${shownJourneys(STEPS_BY_CHANNEL)} AS shown`,
});
