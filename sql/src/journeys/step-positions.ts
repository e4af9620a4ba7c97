import { z } from "zod";
import { CountText, DecimalText, question } from "../question.ts";
import { JourneyFilter, JourneyLevel, STEPS_BY_LEVEL, shownJourneys } from "./shown-journeys.ts";

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
    SELECT step, toString(count() OVER ()) AS steps, toString(count()) AS journeys, toString(countIf(is_converted)) AS converted,
      toString(sum(won)) AS conversions, toString(sum(value)) AS revenue,
      ${Object.entries(POSITIONS)
        .map(
          ([name, condition]) =>
            `toString(sumIf(won, ${condition})) AS ${name}, toString(sumIf(value, ${condition})) AS ${name}Revenue`,
        )
        .join(",\n      ")}
    FROM (
      SELECT is_converted, won, value, arrayJoin(arrayDistinct(shown.steps)) AS step,
        shown.steps[1] = step AS is_first, shown.steps[-1] = step AS is_last, length(arrayDistinct(shown.steps)) = 1 AS is_alone
      FROM ${shownJourneys(STEPS_BY_LEVEL, "(converted OR NOT {byCampaign:Bool})")} AS shown)
    GROUP BY step
    ORDER BY sum(won) DESC, count() DESC, step
    LIMIT {limit:UInt64}`,
});
