/**
 * Minimises gradient . (x - from) + (x - from)' curvature (x - from) / 2 over x >= 0, by coordinate descent: each
 * coordinate is set to its best value with the others held, until none moves the value. Convex, so this ends at the minimum.
 * @param curvature n x n, row-major, symmetric, positive semi-definite
 */
export function minimiseOnPositives(curvature: Float64Array, gradient: Float64Array, from: Float64Array): Float64Array {
  const size = from.length;
  const x = Float64Array.from(from);
  const slope = Float64Array.from(gradient);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let gained = 0;
    for (let f = 0; f < size; f++) {
      const bend = curvature[f * size + f]!;
      if (bend <= 0) continue;
      const next = Math.max(0, x[f]! - slope[f]! / bend);
      const move = next - x[f]!;
      if (move === 0) continue;
      gained += Math.abs(slope[f]! * move + 0.5 * bend * move * move);
      x[f] = next;
      const line = f * size;
      for (let g = 0; g < size; g++) slope[g]! += curvature[line + g]! * move;
    }
    if (gained < ENOUGH) break;
  }
  return x;
}

const MOST_SWEEPS = 2_000;
/** In log-likelihood. */
const ENOUGH = 1e-5;
