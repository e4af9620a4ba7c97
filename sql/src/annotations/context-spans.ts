import { z } from "zod";
import { orderedMean } from "../exact-sum.ts";
import { DateText, question } from "../question.ts";

/** A context that changes more often than on this share of its days is weather, not an event. */
const MOST_CHANGES = 0.15;

/**
 * Days in a row on which a context has one value, for contexts that rarely change: promotions, holidays, prices. Regions count by
 * their mean. `before` is the value of the row of days before it, null where none ends the day before. A name whose values are all 0
 * and 1 is a flag.
 */
export const contextSpans = question({
  name: "context-spans",
  params: z.object({}),
  row: z.object({
    ...{ name: z.string(), from: DateText, to: DateText, value: z.number() },
    ...{ before: z.number().nullable(), isFlag: z.number() },
  }),
  sql: `
    WITH
      daily AS (
        SELECT name, context_date AS day, round(${orderedMean("value")}, 6) AS level
        FROM context FINAL
        WHERE workspace_id = {workspaceId:String}
        GROUP BY name, day),
      placed AS (
        SELECT name, day, level, toInt64(day) - toInt64(row_number() OVER (PARTITION BY name, level ORDER BY day)) AS island
        FROM daily),
      spans AS (
        SELECT name, level, min(day) AS first_day, max(day) AS last_day
        FROM placed
        GROUP BY name, level, island),
      told AS (
        SELECT name, level, first_day, last_day,
          lagInFrame(toNullable(level)) OVER (PARTITION BY name ORDER BY first_day ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS level_before,
          lagInFrame(toNullable(last_day)) OVER (PARTITION BY name ORDER BY first_day ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS day_before,
          count() OVER (PARTITION BY name) AS spans_of_name,
          min(first_day) OVER (PARTITION BY name) AS first_of_name,
          max(last_day) OVER (PARTITION BY name) AS last_of_name,
          min(level IN (0, 1)) OVER (PARTITION BY name) AS is_flag
        FROM spans)
    SELECT name, toString(first_day) AS from, toString(last_day) AS to, level AS value,
      if(day_before = first_day - 1, level_before, NULL) AS before, toUInt8(is_flag) AS isFlag
    FROM told
    WHERE spans_of_name <= greatest(2, ${MOST_CHANGES} * (dateDiff('day', first_of_name, last_of_name) + 1))
      AND (is_flag AND level = 1 OR NOT is_flag AND before IS NOT NULL)
    ORDER BY first_day, name`,
});
