import { type Curve, curveSlope, curveValue } from "../response/curve-families.ts";

/**
 * A concave curve from above: the lowest of its tangents, as steps of falling slope.
 *
 *     response
 *       |            ____------   slope[2]
 *       |     __.----             slope[1]
 *       |   .'                    slope[0]
 *  base |  /
 *       +--+-----+-----+------> spend
 *        lower  +width[0] ...
 *
 * Law: base + sum of the filled steps >= f(x) for every x in [lower, upper], with equality at the points of tangency.
 */
export interface Segments {
  readonly base: number;
  readonly slopes: readonly number[];
  readonly widths: readonly number[];
}

/** Steps narrower than this (in scaled spend) drown in the precision of the linear solver. */
const FINEST_STEP = 1e-7;

/** Where to touch the curve before anything is known: dense towards the lower end, where curves bend most. */
export function firstTangents(curve: Curve, lower: number, upper: number): number[] {
  const width = upper - lower;
  const steep = curveSlope(curve, lower) === Number.POSITIVE_INFINITY;
  if (width <= FINEST_STEP) return [steep ? upper : lower];
  return [steep ? 1e-6 : 0, 1 / 64, 1 / 16, 1 / 4, 1 / 2, 1].map((share) => lower + share * width);
}

/**
 * Where to touch the curve next: a small grid around the plan, and the ends, so that the plan cannot run away unseen.
 * A grid does what adding single tangents does not: with many channels the plan would jump from gap to gap for ever.
 * @param radius half the width of the grid
 * @param also further points to touch, such as the plan that the prices point to
 */
export function tangentsAround(
  curve: Curve,
  plan: number,
  radius: number,
  also: readonly number[],
  lower: number,
  upper: number,
): number[] {
  const grid = [-1, -0.5, -0.2, 0, 0.2, 0.5, 1].map((step) => Math.min(upper, Math.max(lower, plan + step * radius)));
  const candidates = [...firstTangents(curve, lower, upper), ...grid, ...also]
    .filter((point) => point > 0 || curveSlope(curve, 0) < Number.POSITIVE_INFINITY)
    .sort((a, b) => a - b);
  return candidates.filter((point, j) => j === 0 || point - candidates[j - 1]! >= FINEST_STEP);
}

/** @param tangents sorted points of finite slope within [lower, upper] */
export function cutIntoSegments(curve: Curve, tangents: readonly number[], lower: number, upper: number): Segments {
  if (upper <= lower) return { base: curveValue(curve, lower), slopes: [], widths: [] };
  const first = tangents[0]!;
  const slopes: number[] = [];
  const widths: number[] = [];
  let from = lower;
  for (const [j, point] of tangents.entries()) {
    const slope = curveSlope(curve, point);
    const next = tangents[j + 1];
    const to = next === undefined ? upper : crossing(curve, point, next);
    slopes.push(slope);
    widths.push(Math.max(0, to - from));
    from = Math.max(from, to);
  }
  return { base: curveValue(curve, first) + curveSlope(curve, first) * (lower - first), slopes, widths };
}

/** Where the tangents at p < q meet. Between p and q by concavity; rounding must not take it outside. */
function crossing(curve: Curve, p: number, q: number): number {
  const slopeP = curveSlope(curve, p);
  const slopeQ = curveSlope(curve, q);
  if (slopeP <= slopeQ) return q;
  const x = p + (curveValue(curve, q) - curveValue(curve, p) - slopeQ * (q - p)) / (slopeP - slopeQ);
  return Math.min(q, Math.max(p, x));
}
