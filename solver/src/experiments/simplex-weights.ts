/** Relative to the largest diagonal entry: far below what noise leaves of any weight. */
const TOLERANCE = 1e-9;
const MOST_STEPS = 20_000;

/**
 * The weights, none negative and together 1, for which `w'Gw - 2b'w` is least: the mix of the controls that is nearest to the target.
 * Pairwise steps: weight moves from the control where the slope is steepest upwards to the one where it is steepest downwards, exactly
 * as far as that pays. They end because each lowers the objective, and what gets no weight stays at exactly 0.
 * @param gram n x n, symmetric, without negative curvature
 * @param start weights to begin from, those of a problem nearby for one
 */
export function simplexWeights(gram: Float64Array, target: Float64Array, start?: Float64Array): Float64Array {
  const n = target.length;
  const weights = start === undefined ? new Float64Array(n).fill(1 / n) : Float64Array.from(start);
  const slope = new Float64Array(n);
  let scale = 0;
  for (let i = 0; i < n; i++) {
    scale = Math.max(scale, gram[i * n + i]!);
    let sum = -target[i]!;
    for (let j = 0; j < n; j++) sum += gram[i * n + j]! * weights[j]!;
    slope[i] = sum;
  }
  for (let step = 0; step < MOST_STEPS; step++) {
    let to = 0;
    let from = -1;
    for (let i = 0; i < n; i++) {
      if (slope[i]! < slope[to]!) to = i;
      if (weights[i]! > 0 && (from < 0 || slope[i]! > slope[from]!)) from = i;
    }
    const gap = slope[from]! - slope[to]!;
    if (gap <= TOLERANCE * scale) break;
    const curvature = gram[to * n + to]! + gram[from * n + from]! - 2 * gram[to * n + from]!;
    const all = weights[from]!;
    const moved = curvature > 0 ? Math.min(all, gap / curvature) : all;
    weights[to]! += moved;
    weights[from] = moved === all ? 0 : all - moved;
    for (let i = 0; i < n; i++) slope[i]! += moved * (gram[i * n + to]! - gram[i * n + from]!);
  }
  return weights;
}
