/** Days that the season is averaged over: four weeks and a day, so that every weekday counts the same on both sides. */
const WINDOW_DAYS = 29;
const LEAST_INDEX = 0.2;

/**
 * How receptive the market was on each day: booked revenue, averaged over the 29 days around it, over its mean of all days.
 * Days at the ends use the part of the window that exists.
 * @param revenue booked revenue by day, days without any as 0
 * @returns one index a day with a mean near 1, never below 0.2
 * Law: a constant revenue gives 1 everywhere; currency changes nothing.
 */
export function seasonIndex(revenue: Float64Array): Float64Array {
  const mean = revenue.reduce((sum, day) => sum + day, 0) / Math.max(1, revenue.length);
  if (!(mean > 0)) return new Float64Array(revenue.length).fill(1);
  const half = (WINDOW_DAYS - 1) / 2;
  return revenue.map((_, day) => {
    const window = revenue.subarray(Math.max(0, day - half), day + half + 1);
    const average = window.reduce((sum, each) => sum + each, 0) / window.length;
    return Math.max(LEAST_INDEX, average / mean);
  });
}
