import { solveCholesky } from "../../cholesky.ts";
import { type Curve, curveCurvature, curveSlope, curveValue } from "../../response/curve-families.ts";
import { factorNearly } from "../interior/factor-nearly.ts";
import type { ConcaveProgramme, Look } from "../interior/interior-point.ts";
import type { DrawsProgramme } from "./compile-draws.ts";

/**
 * CVaR without its minimum (Rockafellar and Uryasev 2000), on a scaled programme:
 *
 *     maximise    mean_share * mean(g(x)) + tail_share * (eta - sum u_d / (alpha n)) - cost . x
 *     subject to  u >= 0,    u_d + g_d(x) - eta >= 0,    the limits on x
 *
 * Variables: x (channels), eta, u (one a world). Slacks: x - lower, upper - x where there is one, u, u + g - eta, then rows, returns.
 */
export function saddleOf(scaled: DrawsProgramme): ConcaveProgramme {
  const { programme, count } = scaled;
  const channels = programme.curves.length;
  const capped = [...programme.upper.keys()].filter((i) => programme.upper[i]! < Number.POSITIVE_INFINITY);
  const rows = programme.rows.filter(isOpen);
  const linear = rows.filter(({ sense }) => sense !== "=").map((row) => denseRow(row, channels));
  const equal = rows.filter(({ sense }) => sense === "=").map((row) => denseRow(row, channels));
  const shape = { scaled, channels, count, capped, linear, equal };
  return {
    variables: channels + 1 + count,
    inequalities: channels + capped.length + 2 * count + linear.length + programme.returns.length,
    equalities: equal.length,
    bounds: channels + capped.length + count,
    look: (v) => new SaddleLook(shape, v),
  };
}

/** Whether a row is still about anything. One about settled spend only has no slack to climb in. */
export function isOpen({ members }: { readonly members: readonly number[] }): boolean {
  return members.length > 0;
}

/** sign * (value - coefficients . x) >= 0 */
interface DenseRow {
  readonly coefficients: Float64Array;
  readonly value: number;
  readonly sign: number;
}

function denseRow({ members, coefficients, sense, value }: DrawsProgramme["programme"]["rows"][number], size: number) {
  const dense = new Float64Array(size);
  for (const [t, i] of members.entries()) dense[i]! += coefficients[t]!;
  return { coefficients: dense, value, sign: sense === ">=" ? -1 : 1 };
}

interface Shape {
  readonly scaled: DrawsProgramme;
  readonly channels: number;
  readonly count: number;
  readonly capped: readonly number[];
  readonly linear: readonly DenseRow[];
  readonly equal: readonly DenseRow[];
}

class SaddleLook implements Look {
  readonly value: number;
  readonly gradient: Float64Array;
  readonly slack: Float64Array;
  readonly missing: Float64Array;
  /** Slope and curvature of worth * curve, world by world: count x channels */
  private readonly slopes: Float64Array;
  private readonly curvatures: Float64Array;
  /** The same of the mean curves, without worth */
  private readonly meanSlope: Float64Array;
  private readonly meanCurvature: Float64Array;
  /** Gradient of each return, one after the other */
  private readonly returnSlopes: readonly Float64Array[];

  private readonly shape: Shape;

  constructor(shape: Shape, v: Float64Array) {
    this.shape = shape;
    const { scaled, channels, count, capped, linear, equal } = shape;
    const { programme, meanShare, tailShare, alpha } = scaled;
    const x = v.subarray(0, channels);
    const eta = v[channels]!;
    const u = v.subarray(channels + 1);

    this.slopes = new Float64Array(count * channels);
    this.curvatures = new Float64Array(count * channels);
    this.meanSlope = new Float64Array(channels);
    this.meanCurvature = new Float64Array(channels);
    const meanValue = new Float64Array(channels);
    const outcomes = Float64Array.from(scaled.base);
    for (let i = 0; i < channels; i++) {
      const worth = programme.worth[i]!;
      for (let d = 0; d < count; d++) {
        const [value, slope, curvature] = readCurve(scaled.draws[i]![d]!, x[i]!);
        outcomes[d]! += worth * value;
        this.slopes[d * channels + i] = worth * slope;
        this.curvatures[d * channels + i] = worth * curvature;
        meanValue[i]! += value / count;
        this.meanSlope[i]! += slope / count;
        this.meanCurvature[i]! += curvature / count;
      }
    }

    let mean = 0;
    for (const outcome of outcomes) mean += outcome / count;
    let value = meanShare * mean + tailShare * eta;
    for (const short of u) value -= (tailShare * short) / (alpha * count);
    for (let i = 0; i < channels; i++) value -= programme.cost[i]! * x[i]!;
    this.value = value;

    this.gradient = new Float64Array(v.length);
    for (let i = 0; i < channels; i++)
      this.gradient[i] = meanShare * programme.worth[i]! * this.meanSlope[i]! - programme.cost[i]!;
    this.gradient[channels] = tailShare;
    this.gradient.fill(-tailShare / (alpha * count), channels + 1);

    this.slack = Float64Array.from([
      ...x.map((one, i) => one - programme.lower[i]!),
      ...capped.map((i) => programme.upper[i]! - x[i]!),
      ...u,
      ...u.map((one, d) => one + outcomes[d]! - eta),
      ...linear.map((row) => row.sign * (row.value - dot(row.coefficients, x))),
      ...programme.returns.map(({ gain, cost, value: asked }) => dot(gain, meanValue) - dot(cost, x) - asked),
    ]);
    this.missing = Float64Array.from(equal, (row) => row.value - dot(row.coefficients, x));
    this.returnSlopes = programme.returns.map(({ gain, cost }) =>
      gain.map((one, i) => one * this.meanSlope[i]! - cost[i]!),
    );
  }

  along(step: Float64Array): Float64Array {
    const { channels, count, capped, linear } = this.shape;
    const x = step.subarray(0, channels);
    const eta = step[channels]!;
    const u = step.subarray(channels + 1);
    const world = new Float64Array(count);
    for (let d = 0; d < count; d++) {
      let sum = u[d]! - eta;
      for (let i = 0; i < channels; i++) sum += this.slopes[d * channels + i]! * x[i]!;
      world[d] = sum;
    }
    return Float64Array.from([
      ...x,
      ...capped.map((i) => -x[i]!),
      ...u,
      ...world,
      ...linear.map((row) => -row.sign * dot(row.coefficients, x)),
      ...this.returnSlopes.map((slopes) => dot(slopes, x)),
    ]);
  }

  addPriced(prices: Float64Array, into: Float64Array): void {
    const { channels, count, linear } = this.shape;
    const parts = this.split(prices);
    this.addBounds(parts, into, 1);
    for (let d = 0; d < count; d++) {
      const price = parts.world[d]!;
      into[channels + 1 + d]! += parts.short[d]! + price;
      into[channels]! -= price;
      for (let i = 0; i < channels; i++) into[i]! += price * this.slopes[d * channels + i]!;
    }
    for (const [r, row] of linear.entries()) addTimes(into, -row.sign * parts.linear[r]!, row.coefficients);
    for (const [r, slopes] of this.returnSlopes.entries()) addTimes(into, parts.returns[r]!, slopes);
  }

  subtractPriced(prices: Float64Array, into: Float64Array): void {
    for (const [r, row] of this.shape.equal.entries()) addTimes(into, -prices[r]!, row.coefficients);
  }

  /**
   * A world's u stands alone in its two slacks, so it is eliminated by hand; what is left is channels + 1 wide, however many
   * worlds there are.
   */
  factor(prices: Float64Array, weights: Float64Array) {
    const { channels, count, linear, equal } = this.shape;
    const size = channels + 1;
    const weight = this.split(weights);
    const matrix = new Float64Array(size * size);
    const diagonal = this.curvatureDiagonal(prices);
    this.addBounds(weight, diagonal, -1);
    for (let i = 0; i < channels; i++) matrix[i * size + i] = diagonal[i]!;
    for (const [r, row] of linear.entries()) addSquare(matrix, size, weight.linear[r]!, row.coefficients);
    for (const [r, slopes] of this.returnSlopes.entries()) addSquare(matrix, size, weight.returns[r]!, slopes);
    const row = new Float64Array(size);
    for (let d = 0; d < count; d++) {
      row.set(this.slopes.subarray(d * channels, (d + 1) * channels));
      row[channels] = -1;
      // Written so that it keeps its digits when one of the two is a billion times the other
      addSquare(matrix, size, weight.world[d]! / (1 + weight.world[d]! / weight.short[d]!), row);
    }
    factorNearly(matrix, size);
    const lifted = equal.map(({ coefficients }) => {
      const one = new Float64Array(size);
      one.set(coefficients);
      solveCholesky(matrix, size, one);
      return one;
    });
    const schur = new Float64Array(equal.length ** 2);
    for (const [r, a] of equal.entries())
      for (const [q, b] of lifted.entries()) schur[r * equal.length + q] = dot(a.coefficients, b);
    factorNearly(schur, equal.length);

    return (force: Float64Array, missing: Float64Array) => {
      const core = force.slice(0, size);
      for (let d = 0; d < count; d++) {
        const share = weight.world[d]! / (weight.short[d]! + weight.world[d]!);
        const pull = share * force[size + d]!;
        for (let i = 0; i < channels; i++) core[i]! -= pull * this.slopes[d * channels + i]!;
        core[channels]! += pull;
      }
      solveCholesky(matrix, size, core);
      const equality = Float64Array.from(equal, (one, r) => dot(one.coefficients, core) - missing[r]!);
      solveCholesky(schur, equal.length, equality);
      for (const [r, one] of lifted.entries()) addTimes(core, -equality[r]!, one);

      const step = new Float64Array(force.length);
      step.set(core);
      for (let d = 0; d < count; d++) {
        let world = -core[channels]!;
        for (let i = 0; i < channels; i++) world += this.slopes[d * channels + i]! * core[i]!;
        step[size + d] = (force[size + d]! - weight.world[d]! * world) / (weight.short[d]! + weight.world[d]!);
      }
      return { step, prices: equality, pulls: this.along(step).map((change, k) => change * weights[k]!) };
    };
  }

  /** Minus the second derivatives by channel; nothing else bends. */
  private curvatureDiagonal(prices: Float64Array): Float64Array {
    const { scaled, channels, count } = this.shape;
    const { programme, meanShare } = scaled;
    const { world, returns } = this.split(prices);
    const diagonal = new Float64Array(channels);
    for (let i = 0; i < channels; i++) {
      let asked = meanShare * programme.worth[i]!;
      for (const [r, one] of programme.returns.entries()) asked += returns[r]! * one.gain[i]!;
      let bend = asked * this.meanCurvature[i]!;
      for (let d = 0; d < count; d++) bend += world[d]! * this.curvatures[d * channels + i]!;
      diagonal[i] = -bend;
    }
    return diagonal;
  }

  /** Adds what belongs to the lower bounds, and `sign` times less what belongs to the upper ones. */
  private addBounds({ lower, upper }: Parts, into: Float64Array, sign: number): void {
    for (const [i, one] of lower.entries()) into[i]! += one;
    for (const [t, i] of this.shape.capped.entries()) into[i]! -= sign * upper[t]!;
  }

  private split(all: Float64Array): Parts {
    const { channels, count, capped, linear } = this.shape;
    let from = 0;
    const next = (size: number) => {
      from += size;
      return all.subarray(from - size, from);
    };
    return {
      lower: next(channels),
      upper: next(capped.length),
      short: next(count),
      world: next(count),
      linear: next(linear.length),
      returns: all.subarray(from),
    };
  }
}

/** One entry a slack, by what the slack belongs to; `short` is u >= 0, `world` is u + g - eta >= 0. */
interface Parts {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly short: Float64Array;
  readonly world: Float64Array;
  readonly linear: Float64Array;
  readonly returns: Float64Array;
}

function readCurve(curve: Curve, x: number): [number, number, number] {
  return [curveValue(curve, x), curveSlope(curve, x), curveCurvature(curve, x)];
}

/** Over the entries of `coefficients`, which may be shorter than `x`. */
function dot(coefficients: Float64Array, x: Float64Array): number {
  let sum = 0;
  for (const [i, coefficient] of coefficients.entries()) sum += coefficient * x[i]!;
  return sum;
}

function addTimes(into: Float64Array, factor: number, row: Float64Array): void {
  for (const [i, one] of row.entries()) into[i]! += factor * one;
}

/** Adds weight * row row' to the lower triangle; `row` may be shorter than the matrix is wide. */
function addSquare(matrix: Float64Array, size: number, weight: number, row: Float64Array): void {
  for (let i = 0; i < row.length; i++) {
    const one = weight * row[i]!;
    for (let j = 0; j <= i; j++) matrix[i * size + j]! += one * row[j]!;
  }
}
