import { type Curve, curveSlope, curveValue, deliveryCurve, fitDelivery, scaleCurve } from "@touchline/solver";
import type { UnseenChannel } from "./series-figures.ts";

/** A composed curve stays inside its family: below a straight line, and above nothing at all. */
const STRAIGHTEST = 0.999;
const FLATTEST = 1e-3;

/**
 * Curves over what is delivered as curves over money. What more money delivers is seen day by day, and falls: elasticities multiply, so
 * that a curve has the value of its effect and the product of both elasticities at the usual spend, in the family of the delivery.
 * @param curves over money as if it always delivered the same
 * Law: at the usual spend the value is that of the effect there.
 */
export function curvesInMoney(
  curves: readonly Curve[],
  { spend, pressure, isByDelivery }: UnseenChannel,
  random: () => number,
): readonly Curve[] {
  if (!isByDelivery) return curves;
  const demand = new Float64Array(spend.length).fill(1);
  const delivery = fitDelivery({ spend, delivered: pressure, demand }, { draws: curves.length, random });
  if (delivery.kind === "refused") return curves;
  const perMoney = sumOf(pressure) / sumOf(spend);
  const { reference, draws } = delivery;
  return curves.map((curve, i) => {
    const { shape, level } = draws[i % draws.length]!;
    const effect = scaleCurve(curve, 1 / perMoney, 1);
    const value = curveValue(effect, level);
    if (!(value > 0)) return curve;
    const ofEffect = (level * curveSlope(effect, level)) / value;
    const elasticity = Math.min(STRAIGHTEST * shape.exponent, Math.max(FLATTEST, shape.elasticity * ofEffect));
    return deliveryCurve({ ...shape, elasticity }, reference, value);
  });
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, each) => sum + each, 0);
}
