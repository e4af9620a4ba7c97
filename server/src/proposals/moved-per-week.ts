import { DAYS_PER_PERIOD, type Plan } from "../contract/index.ts";

/**
 * Money that changes its place in a week of a plan: half of what all channels change by where the total stays, since what one gains
 * another loses. Where the total itself changes, the larger side counts: all of the new money is moved, not half of it.
 * @returns to the cent
 */
export function movedPerWeek({ allocation, period }: Pick<Plan, "allocation" | "period">): number {
  let [raised, cut] = [0, 0];
  for (const { current, recommended } of allocation) {
    const change = Number(recommended) - Number(current);
    if (change > 0) raised += change;
    else cut -= change;
  }
  return Math.round((100 * Math.max(raised, cut) * DAYS_PER_PERIOD.week) / DAYS_PER_PERIOD[period]) / 100;
}
