import { z } from "zod";
import { exactSum } from "../../exact-sum.ts";
import { question } from "../../question.ts";
import { IN_SCOPE, JourneyScope } from "../scope.ts";
import { type Bind, TOUCH_WEIGHTS } from "../touch-weights.ts";
import { OF_PART } from "../transitions.ts";

const { place, weights } = TOUCH_WEIGHTS["time-decay"];
const bind: Bind = (name, type) => `{${name}:${type}}`;

/**
 * Conversions that time decay credits to each channel in the journeys of some visitors: paths carry no times, so that it is asked here.
 * They are added up as decimals, which give the same sum in whatever order threads and shards bring them.
 */
export const timeDecayCredit = question({
  name: "time-decay-credit",
  params: JourneyScope.extend({ part: z.enum(["all", "train", "heldOut"]), halfLifeDays: z.number().positive() }),
  row: z.object({ channel: z.string(), conversions: z.number() }),
  sql: `
    SELECT channel, ${exactSum("conversions * weight / total")} AS conversions
    FROM (
      SELECT channels, toFloat64(journeys.conversions) AS conversions, ${place?.(bind)} AS last, ${weights(bind, "last")} AS weights, arraySum(weights) AS total
      FROM journeys
      WHERE ${IN_SCOPE} AND ${OF_PART} AND converted)
    ARRAY JOIN channels AS channel, weights AS weight
    GROUP BY channel
    ORDER BY channel`,
});
