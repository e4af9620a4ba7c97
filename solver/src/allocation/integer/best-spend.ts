import { type Curve, curveCurvature, curveSlope, curveValue, isConcave } from "../../response/curve-families.ts";
import { bestSpend } from "../certificate.ts";
import { type Box, neighboursIn, type Space } from "./space.ts";

export interface Choice {
  readonly spend: number;
  /** weight * response - cost * spend there */
  readonly gain: number;
}

/**
 * The spend of a box that gains most at given prices, over all of its bends, steps and its 0. Exact up to rounding, which
 * makes the sum of gains over the channels a bound that owes nothing to any solver.
 * @returns null for a box that holds nothing
 */
export function bestChoice(space: Space, box: Box, weight: number, cost: number): Choice | null {
  let best: Choice | null = null;
  const consider = (spend: number) => {
    const gain = (weight === 0 ? 0 : weight * curveValue(space.curve, spend)) - cost * spend;
    if (best === null || gain > best.gain) best = { spend, gain };
  };
  if (box.off) consider(0);
  if (box.high < box.low) return best;
  for (const wanted of candidates(space, box, weight, cost)) {
    const { below, above } = neighboursIn(box, space.step, Math.min(box.high, Math.max(box.low, wanted)));
    if (below !== null) consider(below);
    if (above !== null && above !== below) consider(above);
  }
  return best;
}

/** Ends of the box and of its stretches, and the top of the gain inside every concave stretch. */
function candidates({ curve, bends }: Space, { low, high }: Box, weight: number, cost: number): number[] {
  if (isConcave(curve)) return [bestSpend(curve, weight, cost)];
  const found = [low, high];
  for (const stretch of concaveStretches(bends)) {
    const from = Math.max(low, stretch.from);
    const to = Math.min(high, stretch.to);
    if (from <= to) found.push(from, to, weight > 0 ? fallTo(curve, cost / weight, from, to) : from);
  }
  return found;
}

/** Bends come in turns: up to the first the curve is convex, then concave up to the second, and so on. */
export function concaveStretches(bends: readonly number[]): { from: number; to: number }[] {
  const stretches: { from: number; to: number }[] = [];
  for (let at = 0; at < bends.length; at += 2)
    stretches.push({ from: bends[at]!, to: bends[at + 1] ?? Number.POSITIVE_INFINITY });
  return stretches;
}

const MOST_STEPS = 200;

/** Where the slope of a concave stretch has fallen to `slope`: Newton's method between bounds that shrink. */
export function fallTo(curve: Curve, slope: number, from: number, to: number): number {
  if (curveSlope(curve, from) <= slope) return from;
  if (curveSlope(curve, to) >= slope) return to;
  let [low, high] = [from, to];
  let x = (low + high) / 2;
  for (let step = 0; step < MOST_STEPS; step++) {
    const here = curveSlope(curve, x);
    if (here === slope) return x;
    if (here > slope) low = x;
    else high = x;
    const newton = x - (here - slope) / curveCurvature(curve, x);
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (next === x || next <= low || next >= high) return next;
    if (Math.abs(next - x) <= 1e-16 * x) return next;
    x = next;
  }
  return x;
}
