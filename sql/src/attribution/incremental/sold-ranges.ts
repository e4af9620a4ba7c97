import { z } from "zod";
import { bookedConversions } from "../../conversions/booked.ts";
import { ofTypes } from "../../journeys/journey-set.ts";
import { CountText, DateText, question } from "../../question.ts";
import type { WorkspaceWarehouse } from "../../warehouse.ts";
import { inDays } from "../scope.ts";

/** With their touches, so many conversions take under a gigabyte, in the engine or here. */
const SOLD_AT_ONCE = 250_000;

/** Booked conversions by day, those without an identifier among them. */
const incrementalSoldDays = question({
  name: "incremental-sold-days",
  params: z.object({
    from: DateText,
    to: DateText,
    timeZone: z.string(),
    conversionTypes: z.array(z.string()).default([]),
  }),
  row: z.object({ day: DateText, sold: CountText }),
  sql: `
    SELECT toString(toDate(occurred_at, {timeZone:String})) AS day, toString(count()) AS sold
    FROM ${bookedConversions()} AS booked
    WHERE ${ofTypes("conversion_type")} AND ${inDays("occurred_at")}
    GROUP BY day
    ORDER BY day`,
});

/** Days from the first to the last, both of them included. */
export interface SoldRange {
  readonly soldFrom: string;
  readonly soldTo: string;
}

/**
 * Cuts days into ranges with at most so many conversions each, or of a single day where that has more. Together they have every day
 * that has conversions, each once, rising.
 * @param days rising, without those that have none
 */
export function cutByDays(
  days: readonly { readonly day: string; readonly sold: number }[],
  most: number,
): readonly SoldRange[] {
  const ranges: { soldFrom: string; soldTo: string; sold: number }[] = [];
  for (const { day, sold } of days) {
    const last = ranges.at(-1);
    if (last === undefined || last.sold + sold > most) ranges.push({ soldFrom: day, soldTo: day, sold });
    else {
      last.soldTo = day;
      last.sold += sold;
    }
  }
  return ranges.map(({ soldFrom, soldTo }) => ({ soldFrom, soldTo }));
}

/** The days of a scope in ranges that are small enough to be looked at as one. None where nothing was sold. */
export async function soldRanges(
  warehouse: WorkspaceWarehouse,
  scope: z.input<typeof incrementalSoldDays.params>,
): Promise<readonly SoldRange[]> {
  const { from, to, timeZone, conversionTypes } = scope;
  return cutByDays(await warehouse.ask(incrementalSoldDays, { from, to, timeZone, conversionTypes }), SOLD_AT_ONCE);
}
