import { z } from "zod";
import { bookedConversions } from "../conversions/booked.ts";
import { bookedByPerson } from "../conversions/booked-by-person.ts";
import { CountText, DecimalText, question } from "../question.ts";

/** The conversion types of the books, the most frequent first. */
export const bookedTypes = question({
  name: "booked-types",
  params: z.object({}),
  row: z.object({ conversionType: z.string(), conversions: CountText }),
  sql: `
    SELECT conversion_type AS conversionType, toString(count()) AS conversions
    FROM ${bookedConversions()} AS booked
    GROUP BY conversion_type
    ORDER BY count() DESC, conversion_type
    LIMIT 200`,
});

/** Every channel with a touch or spend, the dearest first; null where nothing was ever spent. */
export const channelSpend = question({
  name: "channel-spend",
  params: z.object({}),
  row: z.object({ channel: z.string(), spend: DecimalText.nullable() }),
  sql: `
    SELECT channel, if(max(is_paid) = 1, toString(sum(cost_of)), NULL) AS spend
    FROM (
      SELECT channel, toDecimal128(0, 9) AS cost_of, 0 AS is_paid FROM touchpoints WHERE workspace_id = {workspaceId:String} GROUP BY channel
      UNION ALL
      SELECT channel, toDecimal128(sum(cost), 9) AS cost_of, 1 AS is_paid FROM spend FINAL WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn GROUP BY channel)
    GROUP BY channel
    ORDER BY sum(cost_of) DESC, channel`,
});

/** Booked conversions of new and of returning customers; those of nobody known are neither. */
export const customerCounts = question({
  name: "customer-counts",
  params: z.object({ conversionTypes: z.array(z.string()).default([]) }),
  row: z.object({ newOnes: CountText, returning: CountText }),
  sql: `
    SELECT toString(countIf(customer_type = 'new')) AS newOnes, toString(countIf(customer_type = 'returning')) AS returning
    FROM ${bookedByPerson()} AS booked
    WHERE {workspaceId:String} != ''`,
});
