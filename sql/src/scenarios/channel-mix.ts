import { z } from "zod";
import { IN_SCOPE, JourneyScope } from "../attribution/scope.ts";
import { bookedByPerson } from "../conversions/booked-by-person.ts";
import { exactSum } from "../exact-sum.ts";
import { question } from "../question.ts";

/** Of the conversions of one person at one moment: what is predicted of them, and the revenue that margin and prediction are known of. */
const KNOWN = `(
      SELECT person_id, occurred_at AS conversion_at, conversion_type, customer_type, product_group,
        toFloat64(sum(ifNull(predicted_value, 0))) AS value,
        toFloat64(sumIf(sold.revenue, predicted_value IS NOT NULL)) AS valued, toFloat64(sumIf(sold.revenue, sold.margin IS NOT NULL)) AS margined
      FROM ${bookedByPerson()} AS sold
      WHERE person_id != 0
      GROUP BY person_id, conversion_at, conversion_type, customer_type, product_group)`;

/**
 * What the conversions are that a channel takes part in: by product group and type of conversion, every touch of a journey with an
 * equal part. `margined` and `valued` are the revenue whose margin and predicted value are known.
 */
export const channelMix = question({
  name: "channel-mix",
  params: JourneyScope,
  row: z.object({
    channel: z.string(),
    productGroup: z.string(),
    conversionType: z.string(),
    conversions: z.number(),
    revenue: z.number(),
    margin: z.number(),
    margined: z.number(),
    value: z.number(),
    valued: z.number(),
  }),
  sql: `
    SELECT channel, product_group AS productGroup, conversion_type AS conversionType,
      ${exactSum("part * counted")} AS conversions, ${exactSum("part * earned")} AS revenue, ${exactSum("part * kept")} AS margin,
      ${exactSum("part * known.margined")} AS margined, ${exactSum("part * known.value")} AS value, ${exactSum("part * known.valued")} AS valued
    FROM (
      SELECT visitor_id, ended_at, conversion_type, customer_type, product_group, channel, 1 / length(channels) AS part,
        toFloat64(conversions) AS counted, toFloat64(revenue) AS earned, toFloat64(margin) AS kept
      FROM journeys
      ARRAY JOIN channels AS channel
      WHERE converted AND ${IN_SCOPE}) AS touch
    LEFT JOIN ${KNOWN} AS known
      ON touch.visitor_id = known.person_id AND touch.ended_at = known.conversion_at AND touch.conversion_type = known.conversion_type
        AND touch.customer_type = known.customer_type AND touch.product_group = known.product_group
    GROUP BY channel, productGroup, conversionType
    ORDER BY channel, productGroup, conversionType`,
});
