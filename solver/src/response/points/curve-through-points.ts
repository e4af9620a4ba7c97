import { type Curve, curveValue } from "../curve-families.ts";
import { positiveLeastSquares } from "./positive-least-squares.ts";

export interface CurvePoint {
  readonly spend: number;
  readonly response: number;
}

export interface CurveThroughPoints {
  readonly curve: Curve;
  /** Largest distance between curve and points, relative to the largest response */
  readonly deviation: number;
}

/** A response that falls by less than this share of the largest one is level: tables are rounded. */
const LEVEL = 1e-6;
/** Points below the concave curve by more than this share of the largest response are S-shaped, not noisy. */
const S_SHAPED = 0.02;

/**
 * A smooth curve from (0, 0) that runs along the points of a table. Where they bend down everywhere, it is a weighted sum of
 * many concave curves of several families and widths: concave, never falling, and level or straight beyond the last point as its
 * parts are. Where they first bend up it is the Hill curve that comes closest.
 * @returns null where fewer than two different spends above 0 are given, or the response falls
 * Law: scaling all spends or all responses scales the curve.
 */
export function curveThroughPoints(given: readonly CurvePoint[]): CurveThroughPoints | null {
  const points = sortedPoints(given);
  const last = points.at(-1);
  if (points.length < 2 || last === undefined) return null;
  const top = Math.max(...points.map(({ response }) => response));
  let before = 0;
  for (const { response } of points) {
    if (response < before - LEVEL * top) return null;
    before = Math.max(before, response);
  }
  if (!(top > 0)) return { curve: { type: "hill", beta: 0, k: last.spend, s: 1 }, deviation: 0 };
  const concave = withDeviation(concaveCurve(points, last.spend, top), points, top);
  if (concave.deviation <= S_SHAPED) return concave;
  const bent = withDeviation(hillCurve(points, last.spend), points, top);
  return bent.deviation < concave.deviation ? bent : concave;
}

/** By spend, above 0; equal spends are averaged. */
function sortedPoints(given: readonly CurvePoint[]): CurvePoint[] {
  const bySpend = new Map<number, number[]>();
  for (const { spend, response } of given) if (spend > 0) bySpend.set(spend, [...(bySpend.get(spend) ?? []), response]);
  return [...bySpend]
    .map(([spend, responses]) => ({ spend, response: responses.reduce((sum, one) => sum + one, 0) / responses.length }))
    .sort((a, b) => a.spend - b.spend);
}

function withDeviation(curve: Curve, points: readonly CurvePoint[], top: number): CurveThroughPoints {
  const far = points.map(({ spend, response }) => Math.abs(curveValue(curve, spend) - response));
  return { curve, deviation: Math.max(...far) / top };
}

const spread = (from: number, to: number, count: number) =>
  Array.from({ length: count }, (_, i) => from * (to / from) ** (i / (count - 1)));

function concaveCurve(points: readonly CurvePoint[], widest: number, top: number): Curve {
  const atoms: Curve[] = [
    { type: "power", a: 1 / widest, p: 1 },
    ...spread(0.003, 30, 40).map((k): Curve => ({ type: "hill", beta: 1, k: k * widest, s: 1 })),
    ...spread(0.005, 5, 40).map((b): Curve => ({ type: "exp", a: 1, b: b * widest })),
    ...spread(0.3, 300, 90).map((lam): Curve => ({ type: "logistic", a: 1, lam: lam / widest })),
  ];
  const columns = atoms.map((atom) => Float64Array.from(points, ({ spend }) => curveValue(atom, spend)));
  const weights = positiveLeastSquares(
    columns,
    Float64Array.from(points, ({ response }) => response / top),
  );
  const parts = atoms.flatMap((curve, j) => (weights[j]! > 0 ? [{ weight: weights[j]! * top, curve }] : []));
  return { type: "mixture", parts };
}

/** The Hill curve with the least squares: height by projection, width and steepness by a grid that narrows. */
function hillCurve(points: readonly CurvePoint[], widest: number): Curve {
  let best: { error: number; beta: number; k: number; s: number } | null = null;
  let ks = spread(0.02 * widest, 20 * widest, 40);
  let steeps = spread(0.5, 8, 30);
  for (let round = 0; round < 8; round++) {
    for (const k of ks)
      for (const s of steeps) {
        const one = fitHeight(points, k, s);
        if (best === null || one.error < best.error) best = one;
      }
    const width = 0.7 ** (round + 1);
    ks = spread(best!.k * (1 - 0.3 * width), best!.k * (1 + 0.3 * width), 15);
    steeps = spread(best!.s * (1 - 0.15 * width), best!.s * (1 + 0.15 * width), 15);
  }
  const { beta, k, s } = best!;
  return { type: "hill", beta, k, s };
}

function fitHeight(points: readonly CurvePoint[], k: number, s: number) {
  let product = 0;
  let square = 0;
  let size = 0;
  for (const { spend, response } of points) {
    const shape = 1 / (1 + (k / spend) ** s);
    product += shape * response;
    square += shape * shape;
    size += response * response;
  }
  const beta = square > 0 ? Math.max(0, product / square) : 0;
  return { error: size - 2 * beta * product + beta * beta * square, beta, k, s };
}
