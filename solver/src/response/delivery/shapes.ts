import type { Curve } from "../curve-families.ts";
import { scaleCurve } from "../curve-families.ts";

export type DeliveryFamily = Exclude<Curve["type"], "mixture">;

/**
 * The form of a delivery curve without its scale. Every family is told by one thing that all have in common: the elasticity at
 * the reference spend, the per cent that delivery rises when spend rises by one per cent from there. 1 is a straight line, 0
 * is saturated. `exponent` is that of a hill curve, 1 for the others; a hill curve's elasticity is below its exponent.
 */
export interface DeliveryShape {
  readonly family: DeliveryFamily;
  readonly exponent: number;
  readonly elasticity: number;
}

const BISECTIONS = 64;

/**
 * The curve of a shape that delivers `level` at the reference spend.
 * Law: its value at `reference` is `level`, and spend x slope / value there is the elasticity.
 */
export function deliveryCurve(shape: DeliveryShape, reference: number, level: number): Curve {
  return scaleCurve(unitCurve(shape), 1 / reference, 1 / level);
}

/** The curve through (1, 1). */
export function unitCurve({ family, exponent, elasticity }: DeliveryShape): Curve {
  switch (family) {
    case "hill": {
      // The share of the ceiling that is still open at 1 is elasticity / exponent.
      const open = elasticity / exponent;
      const odds = open / (1 - open);
      return { type: "hill", beta: 1 + odds, k: odds ** (1 / exponent), s: exponent };
    }
    case "power":
      return { type: "power", a: 1, p: elasticity };
    case "log": {
      const pace = paceFor(elasticity, (v) => v / ((1 + v) * Math.log1p(v)));
      return { type: "log", a: 1 / Math.log1p(pace), b: 1 / pace };
    }
    case "exp": {
      const pace = paceFor(elasticity, (v) => v / Math.expm1(v));
      return { type: "exp", a: -1 / Math.expm1(-pace), b: 1 / pace };
    }
    case "logistic": {
      const pace = paceFor(elasticity, (v) => (2 * v) / Math.sinh(2 * v));
      return { type: "logistic", a: 1 / Math.tanh(pace), lam: 2 * pace };
    }
  }
}

/**
 * A curve that never saturates as one that does, out of sight: the hill curve of the same elasticity at the reference whose half-spend
 * is `halfSpend` times the reference, or farther where the elasticity asks for it. Nobody's audience is endless.
 */
export function boundPower({ elasticity }: DeliveryShape, halfSpend: number): DeliveryShape {
  let low = elasticity;
  let high = 1;
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (low + high) / 2;
    if (middle / (1 + halfSpend ** -middle) < elasticity) low = middle;
    else high = middle;
  }
  return { family: "hill", exponent: high, elasticity };
}

/** Where a falling elasticity, 1 at 0 and 0 far out, comes to what is asked: on a scale of logarithms. */
function paceFor(elasticity: number, elasticityAt: (pace: number) => number): number {
  let low = -40;
  let high = 600;
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (low + high) / 2;
    if (elasticityAt(Math.exp(middle)) > elasticity) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}
