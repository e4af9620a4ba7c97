import { meanOf } from "../mean-of.ts";

/** With fewer weeks than this a weekday's own share is not told from chance. */
const FEWEST_WEEKS = 3;
const WEEK = 7;
/** A weekday below this share of the mean is a day off. */
const DAY_OFF = 0.02;

/**
 * What each weekday has of the mean day: seven factors, one for each position of the week that `values` begin with. Each day is held
 * against the seven days around it, so that a trend leaves no mark on the pattern.
 * @param values one a day, without a hole between days; null where nothing is known
 * Law: the factors have the mean 1, and a series that repeats one week gives that week back.
 */
export function weekdayShares(values: readonly (number | null)[]): readonly number[] {
  const ratios: number[][] = Array.from({ length: WEEK }, () => []);
  for (let day = 3; day + 3 < values.length; day++) {
    const around = values.slice(day - 3, day + 4).filter((value) => value !== null);
    const mean = meanOf(around);
    if (around.length === WEEK && mean > 0) ratios[day % WEEK]!.push(values[day]! / mean);
  }
  if (ratios.some((each) => each.length < FEWEST_WEEKS)) return Array.from({ length: WEEK }, () => 1);
  const shares = ratios.map(meanOf).map((share) => (share < DAY_OFF ? 0 : share));
  const mean = meanOf(shares);
  return shares.map((share) => share / mean);
}
