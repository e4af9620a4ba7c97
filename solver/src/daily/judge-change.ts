import { meanOf } from "../mean-of.ts";
import { quantile } from "../quantile.ts";
import { type IntervalLevel, studentQuantile } from "./student-quantile.ts";

/** A change beside those of the past: as factors, 1.06 for 6 % more. */
export interface JudgedChange {
  readonly factor: number;
  /** What the changes of the past make the middle and the ends of the ordinary. */
  readonly expected: number;
  readonly low: number;
  readonly high: number;
  readonly isUnusual: boolean;
}

/** With fewer changes of the past nobody can say what is ordinary. */
export const FEWEST_CHANGES = 6;

/** The median absolute deviation over the standard deviation, of normal values; and the same of the mean one. */
const MEDIAN_DEVIATION = 1.4826;
const MEAN_DEVIATION = 1.2533;
/** Of what n values tell about their spread, the part that the median deviation keeps. */
const EFFICIENCY = 0.42;

/**
 * Whether a change from one period to the next lies within what such changes were in the past. Median and median absolute deviation of the
 * logarithms, so that one week of sales does not make every later week look quiet.
 * @param series totals of equal periods, oldest first; the last two are the change to judge
 * @returns null where too little is known, or one of the two is not positive
 * Law: scale changes nothing; on steady series at most about 1 - level of all changes are called unusual.
 */
export function judgeChange(series: readonly (number | null)[], level: IntervalLevel): JudgedChange | null {
  const logs = series.map((value) => (value !== null && value > 0 ? Math.log(value) : null));
  const steps = logs.slice(1).map((value, i) => (value === null || logs[i]! === null ? null : value - logs[i]!));
  const change = steps.at(-1) ?? null;
  const past = steps.slice(0, -1).filter((step) => step !== null);
  if (change === null || past.length < FEWEST_CHANGES) return null;
  const middle = quantile(past, 0.5);
  const width = spreadOf(past, middle) * studentQuantile(level, Math.max(2, EFFICIENCY * (past.length - 1)));
  return {
    factor: Math.exp(change),
    expected: Math.exp(middle),
    low: Math.exp(middle - width),
    high: Math.exp(middle + width),
    isUnusual: Math.abs(change - middle) > width * (1 + 1e-9) + 1e-12,
  };
}

/** Robust standard deviation of one more value around the middle of these, corrected for their small number. */
function spreadOf(values: readonly number[], middle: number): number {
  const deviations = values.map((value) => Math.abs(value - middle));
  const median = quantile(deviations, 0.5);
  const spread = median > 0 ? MEDIAN_DEVIATION * median : MEAN_DEVIATION * meanOf(deviations);
  const count = values.length;
  return spread * (count / (count - 0.8)) * Math.sqrt(1 + Math.PI / 2 / count);
}
