import { type Curve, curveCurvature, isConcave } from "../../response/curve-families.ts";

/**
 * The spends that one channel may have: 0 where it may be off, and else from low to high, in whole multiples of the step
 * where there is one. The curve bends the same way between two of its `bends`.
 */
export interface Space {
  readonly curve: Curve;
  /** Spends of inflection, rising; none for a concave curve */
  readonly bends: readonly number[];
  readonly step: number | null;
  readonly whole: Box;
}

/** A part of a space that the search looks into. Nothing but 0 is left where high is below low. */
export interface Box {
  readonly off: boolean;
  readonly low: number;
  readonly high: number;
}

/** How far rounding may take a multiple of a step off itself, as a share of a step. */
const ROUNDING = 1e-9;
/** Points at which a mixture is asked which way it bends, over this many powers of ten below its high end. */
const SAMPLES = 400;
const DECADES = 8;

export function spaceOf(curve: Curve, box: Box, step: number | null): Space {
  return { curve, bends: bendsOf(curve, box.high), step, whole: tidyBox(box, step) };
}

/** The same spends: bounds on multiples of the step, and 0 counted once. */
export function tidyBox({ off, low, high }: Box, step: number | null): Box {
  const from = step === null ? low : Math.ceil(low / step - ROUNDING) * step;
  const to = step === null ? high : Math.floor(high / step + ROUNDING) * step;
  return { off: off && from > 0, low: Math.max(0, from), high: to };
}

export function isEmptyBox({ off, low, high }: Box): boolean {
  return !off && high < low;
}

/** The nearest spends of the box on either side of x, null where there is none. Both are x itself where the box holds it. */
export function neighboursIn(box: Box, step: number | null, x: number): { below: number | null; above: number | null } {
  const { off, low, high } = box;
  const off0 = off ? 0 : null;
  if (high < low) return { below: off0, above: x <= 0 ? off0 : null };
  if (x < low) return { below: off0, above: x <= 0 && off ? 0 : low };
  if (x > high) return { below: high, above: null };
  if (step === null) return { below: x, above: x };
  return { below: Math.floor(x / step + ROUNDING) * step, above: Math.ceil(x / step - ROUNDING) * step };
}

/** Where a curve turns from bending one way to bending the other, below `high`. */
export function bendsOf(curve: Curve, high: number): number[] {
  if (isConcave(curve)) return [];
  if (curve.type === "hill") return [curve.k * ((curve.s - 1) / (curve.s + 1)) ** (1 / curve.s)];
  if (curve.type === "power") return [Number.POSITIVE_INFINITY];
  let from = high * 10 ** -DECADES;
  let convex = curveCurvature(curve, from) > 0;
  // Bends of odd place end convex stretches: a curve that starts by flattening has its first one at 0
  const bends = convex ? [] : [0];
  for (let sample = 1; sample <= SAMPLES; sample++) {
    const to = high * 10 ** (-DECADES + (DECADES * sample) / SAMPLES);
    const now = curveCurvature(curve, to) > 0;
    if (now !== convex) bends.push(turnBetween(curve, from, to, convex));
    convex = now;
    from = to;
  }
  if (bends.length === 0) bends.push(Number.POSITIVE_INFINITY);
  return bends;
}

function turnBetween(curve: Curve, from: number, to: number, convex: boolean): number {
  let [low, high] = [from, to];
  while (true) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (curveCurvature(curve, middle) > 0 === convex) low = middle;
    else high = middle;
  }
}
