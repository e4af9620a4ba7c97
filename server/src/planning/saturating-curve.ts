import type { SaturatingCurve } from "@touchline/solver";

/** Nothing is earned without spend. */
export function revenueAt({ ceiling, halfSpend }: SaturatingCurve, spend: number): number {
  return spend <= 0 ? 0 : (ceiling * spend) / (halfSpend + spend);
}

/** What the next unit of money earns. Law: the slope of `revenueAt`. */
export function marginalAt({ ceiling, halfSpend }: SaturatingCurve, spend: number): number {
  return (ceiling * halfSpend) / (halfSpend + Math.max(0, spend)) ** 2;
}

/** A curve of one day as that of so many days with equal spend. Law: `days` times the spend earns `days` times the revenue. */
export function curvePerPeriod({ ceiling, halfSpend }: SaturatingCurve, days: number): SaturatingCurve {
  return { ceiling: ceiling * days, halfSpend: halfSpend * days };
}
