import { type Curve, curveSlope, curveValue, scaleCurve } from "@touchline/solver";

/** The smallest amount that money is counted in. */
const CENT = 0.01;

/** Nothing is earned without spend. */
export function revenueAt(curve: Curve, spend: number): number {
  return curveValue(curve, Math.max(0, spend));
}

/**
 * What the next unit of money earns: the slope of `revenueAt`. Some curves begin upright: of those what the first cent earns.
 * Law: finite.
 */
export function marginalAt(curve: Curve, spend: number): number {
  const slope = curveSlope(curve, Math.max(0, spend));
  return Number.isFinite(slope) ? slope : curveValue(curve, CENT) / CENT;
}

/** A curve of one day as that of so many days with equal spend. Law: `days` times the spend earns `days` times the revenue. */
export function curvePerPeriod(curve: Curve, days: number): Curve {
  return scaleCurve(curve, 1 / days, 1 / days);
}
