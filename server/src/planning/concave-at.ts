import { type Curve, curveSlope, curveValue, isConcave } from "@touchline/solver";

/** An S-shaped curve may promise more than in proportion; what stands for it does not. */
const MOST_ELASTIC = 0.95;

/**
 * A curve without an S: what a spend brings, and what the next unit brings there, stay as they are. A series of some hundred days
 * cannot tell an S from none, and a plan on one has to be searched for instead of being worked out.
 * @param spend above 0, where the curve is known best
 * Law: a concave curve stays itself; the value at that spend stays, and its slope where that is less than in proportion.
 */
export function concaveAt(curve: Curve, spend: number): Curve {
  if (isConcave(curve)) return curve;
  const value = curveValue(curve, spend);
  const elasticity = Math.min(MOST_ELASTIC, (curveSlope(curve, spend) * spend) / value);
  if (!(value > 0) || !(elasticity > 0)) return { type: "hill", beta: Math.max(0, value), k: spend, s: 1 };
  const k = (elasticity * spend) / (1 - elasticity);
  return { type: "hill", beta: (value * (k + spend)) / spend, k, s: 1 };
}
