import { z } from "zod";
import { CountText, question } from "../../question.ts";
import { inDays } from "../scope.ts";
import { soldBetween, touchesOfBuyers } from "./near-touches.ts";
import { dayOf, IncrementalConversionScope, REACHED, Reaching } from "./scope.ts";

/** Booked conversions by day of whoever had no touch that reaches, or left no identifier. */
export const incrementalUntouchedDays = question({
  name: "incremental-untouched-days",
  params: IncrementalConversionScope.extend({ reaching: Reaching }),
  row: z.object({ day: z.number(), conversions: CountText }),
  sql: `
    SELECT ${dayOf("occurred_at")} AS day, toString(count()) AS conversions
    FROM ${soldBetween(inDays("occurred_at"))} AS sold
    WHERE person_id = 0 OR person_id NOT IN (
      SELECT person_id FROM ${touchesOfBuyers(inDays("occurred_at"), { reached: REACHED })} AS buyer WHERE reached > 0)
    GROUP BY day
    ORDER BY day`,
});
