import { z } from "zod";
import { CountText, DecimalText, question } from "../question.ts";
import { fromShown, JourneyFilter, JourneyLevel, STEPS_BY_LEVEL, shownColumns } from "./shown-journeys.ts";

const POSITIONS = { opens: "is_first", assists: "NOT is_last", closes: "is_last", alone: "is_alone" } as const;

/**
 * The part that each channel, or campaign, has in journeys. It opens those that begin with it, closes those that end with it and
 * assists in those where it stands but another one closes; alone are those without any other.
 * Laws: over all rows, opens and closes each add up to the converted journeys; in every row closes and assists add up to the
 * conversions of the journeys that it stands in, and alone is at most opens and at most closes.
 */
export const stepPositions = question({
  name: "step-positions",
  params: JourneyFilter.extend({ ...JourneyLevel.shape, limit: z.number().int().min(1).max(1000) }),
  row: z.object({
    step: z.string(),
    steps: CountText,
    journeys: CountText,
    converted: CountText,
    conversions: CountText,
    revenue: DecimalText,
    opens: CountText,
    opensRevenue: DecimalText,
    assists: CountText,
    assistsRevenue: DecimalText,
    closes: CountText,
    closesRevenue: DecimalText,
    alone: CountText,
    aloneRevenue: DecimalText,
  }),
  sql: `
    SELECT step, toString(count() OVER ()) AS steps, toString(ways) AS journeys, toString(ways_converted) AS converted,
      toString(ways_won) AS conversions, toString(ways_value) AS revenue,
      ${Object.keys(POSITIONS)
        .map((name) => `toString(${name}_won) AS ${name}, toString(${name}_value) AS ${name}Revenue`)
        .join(",\n      ")}
    FROM (
      WITH ${shownColumns(STEPS_BY_LEVEL)},
        steps[1] = step AS is_first, steps[-1] = step AS is_last, length(arrayDistinct(steps)) = 1 AS is_alone
      SELECT arrayJoin(arrayDistinct(steps)) AS step,
        count() AS ways, countIf(is_converted) AS ways_converted, sum(won) AS ways_won, sum(value) AS ways_value,
        ${Object.entries(POSITIONS)
          .map(
            ([name, condition]) =>
              `sumIf(won, ${condition}) AS ${name}_won, sumIf(value, ${condition}) AS ${name}_value`,
          )
          .join(",\n        ")}
      ${fromShown("(converted OR NOT {byCampaign:Bool})")}
      GROUP BY step)
    ORDER BY ways_won DESC, ways DESC, step
    LIMIT {limit:UInt64}`,
});
