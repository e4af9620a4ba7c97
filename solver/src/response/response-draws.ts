import { drawNormal } from "../draw-normal.ts";
import { meanOf } from "../mean-of.ts";
import { type Curve, curveSlope, curveValue, scaleCurve } from "./curve-families.ts";
import type { DrawnDelivery } from "./delivery/draw-deliveries.ts";
import { deliveryCurve } from "./delivery/shapes.ts";
import { drawWear, type TouchEffect } from "./effect-per-touch.ts";

/** What a plan is made on: a mean curve and the curves that could be true instead, revenue a day by spend a day. */
export interface ResponseCurves {
  readonly mean: Curve;
  readonly draws: readonly Curve[];
}

export interface ResponseOptions {
  /** Spend that the mean curve is exact at, in value and slope. */
  readonly current: number;
  /** Standard deviation of what the channel causes, over its mean. */
  readonly creditDeviation: number;
  readonly random: () => number;
}

/** What is more uncertain than this is not told apart from it any more. */
const LARGEST_DEVIATION = 1.5;
/** Touches that bring less and less still bring something. */
const LARGEST_WEAR = 0.5;
/** Elasticities of an average curve, as parts of what its family can have. */
const STRAIGHTEST = 0.999;
const FLATTEST = 1e-9;

/**
 * Revenue as a function of spend in the long run: touches delivered x what a touch brings, which falls with their number. A draw
 * takes a delivery, a wear and a factor of the credit, each as uncertain as it is; the factors have the mean 1.
 *
 * Of touches^(1 - wear) the elasticity is (1 - wear) times that of the touches, so that a draw stays in its family: the curve of the
 * family with that elasticity at the reference spend. The mean curve leaves the factors out, since their mean is 1.
 */
export function responseCurves(
  { reference, draws }: { readonly reference: number; readonly draws: readonly DrawnDelivery[] },
  effect: TouchEffect,
  { current, creditDeviation, random }: ResponseOptions,
): ResponseCurves {
  const likely = draws.map(({ shape, level }) => {
    const wear = Math.min(drawWear(effect, random), LARGEST_WEAR);
    const revenue = level * effect.revenuePerTouch * (level / effect.usualVolume) ** -wear;
    return deliveryCurve({ ...shape, elasticity: shape.elasticity * (1 - wear) }, reference, revenue);
  });
  const factors = drawFactors(draws.length, creditDeviation, random);
  return {
    mean: averageCurve(likely, current > 0 ? current : reference),
    draws: likely.map((curve, i) => scaleCurve(curve, 1, 1 / factors[i]!)),
  };
}

/**
 * One curve for many: a mixture of one curve for each family among them, as heavy as the family is frequent.
 * Law: at the spend `at` its value and slope are the means of the curves'; no other spend is met exactly.
 */
export function averageCurve(curves: readonly Curve[], at: number): Curve {
  const families = [...new Set(curves.map(({ type }) => type))];
  const parts = families.flatMap((family) => {
    const own = curves.filter(({ type }) => type === family);
    const value = meanOf(own.map((curve) => curveValue(curve, at)));
    if (family === "mixture" || !(value > 0)) return own.map((curve) => ({ weight: 1 / curves.length, curve }));
    const slope = meanOf(own.map((curve) => curveSlope(curve, at)));
    const exponent = meanOf(own.map((curve) => (curve.type === "hill" ? curve.s : 1)));
    const elasticity = Math.min(Math.max((slope * at) / value, FLATTEST), STRAIGHTEST * exponent);
    return [{ weight: own.length / curves.length, curve: deliveryCurve({ family, exponent, elasticity }, at, value) }];
  });
  return parts.length === 1 ? parts[0]!.curve : { type: "mixture", parts };
}

/** Log-normal factors with a mean of exactly 1. */
function drawFactors(count: number, deviation: number, random: () => number): number[] {
  const spread = Math.sqrt(Math.log1p(Math.min(LARGEST_DEVIATION, deviation) ** 2));
  const drawn = Array.from({ length: count }, () => Math.exp(spread * drawNormal(random)));
  const mean = meanOf(drawn);
  return drawn.map((each) => each / mean);
}
