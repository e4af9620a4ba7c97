import { meanOf } from "../../mean-of.ts";
import { ModelError } from "../../model-error.ts";
import { quantile } from "../../quantile.ts";
import type { Scatter } from "./count-regression.ts";
import { type DrawnDelivery, type DrawOptions, drawDeliveries } from "./draw-deliveries.ts";
import { familyWeights, softmax } from "./family-weights.ts";
import { measureScatter } from "./measure-scatter.ts";
import { type DeliveryDays, shapePosterior } from "./shape-posterior.ts";
import type { DeliveryFamily } from "./shapes.ts";

/** One channel, one entry a day in the order of the days. */
export interface DeliveryObservations {
  readonly spend: Float64Array;
  /** Touches, impressions or clicks that were delivered. */
  readonly delivered: Float64Array;
  /** How much demand there was, 1 in an ordinary time; positive. Searches cannot be bought that nobody makes. */
  readonly demand: Float64Array;
}

export interface DeliveryFit {
  readonly kind: "fitted";
  /** Median of the days with spend. */
  readonly reference: number;
  readonly families: readonly { readonly family: DeliveryFamily; readonly weight: number }[];
  /** Families occur in them as often as their weight says. */
  readonly draws: readonly DrawnDelivery[];
  /** Standard deviation of spend over its mean, on days with spend. Where it is small what is assumed decides how delivery saturates. */
  readonly spendVariation: number;
  readonly positiveDays: number;
  /** Standard deviation of the elasticity at the reference spend. */
  readonly elasticityDeviation: number;
  /** By how much per cent delivery rises with one per cent of demand. */
  readonly demandPower: number;
  /** Correlation of the logarithms of spend and demand, on days with spend. */
  readonly followsDemand: number;
  readonly scatter: Scatter;
}

export interface RefusedDelivery {
  readonly kind: "refused";
  readonly code: "few-days" | "no-delivery";
  /** Days with spend. */
  readonly days: number;
}

/** A curve needs at least so many days with spend. */
export const FEWEST_CURVE_DAYS = 14;
/** Delivery follows demand with a power near 0 and hardly above 1. */
const DEMAND_DEVIATION = 0.5;
/** What money buys changes over the days by some 20 %, beside everything else. */
const DRIFT_DEVIATION = 0.2;
/** Spend is seen as far as the largest of twenty days. */
const SIGHT = 0.95;
/** Media cost is that of the last weeks. */
const RECENT_DAYS = 28;
/** Families of less weight are not worth a curve. */
const LEAST_WEIGHT = 0.02;

/**
 * Fits how delivery rises with spend:
 *
 *     log E[delivered] = log level + log g(spend / reference) + power x log demand + drift x time
 *
 * with g of five families, all told by their elasticity at the reference spend, of which the same is assumed. Counts scatter as a
 * negative binomial does, and days that scatter together count for less. The families are averaged by how well they foretell days
 * held out. A draw is a family by its weight, a shape by its density, and level, power and drift around their fit; a power curve is
 * drawn as one that saturates out of sight.
 *
 * @throws ModelError when the arrays differ in length or hold numbers that no day can have
 * Law: spend in another unit changes nothing but the reference.
 */
export function fitDelivery(
  observations: DeliveryObservations,
  { draws, random }: DrawOptions,
): DeliveryFit | RefusedDelivery {
  refuseFaultyObservations(observations);
  const spent = daysWithSpend(observations);
  const positiveDays = spent.spend.length;
  if (positiveDays < FEWEST_CURVE_DAYS) return { kind: "refused", code: "few-days", days: positiveDays };
  if (!spent.delivered.some((count) => count > 0)) return { kind: "refused", code: "no-delivery", days: positiveDays };
  const reference = quantile(spent.spend, 0.5);
  const days = prepareDays(spent, reference);
  const all = new Float64Array(positiveDays).fill(1);
  const scatter = measureScatter(days, all);
  const nodes = shapePosterior(days, scatter, all);
  const weights = trimWeights(familyWeights(days, scatter, nodes, random));
  const drawn = drawDeliveries(nodes, weights, quantile(days.relativeSpend, SIGHT), { draws, random });
  const shares = softmax(nodes.map(({ logDensity, width }) => logDensity + Math.log(width)));
  return {
    ...{ kind: "fitted", reference, positiveDays, scatter },
    families: [...weights].map(([family, weight]) => ({ family, weight })),
    draws: drawn,
    spendVariation: variation(spent.spend),
    elasticityDeviation: deviation(drawn.map(({ shape }) => shape.elasticity)),
    demandPower: nodes.reduce((sum, { fit }, i) => sum + shares[i]! * fit.coefficients[1]!, 0),
    followsDemand: correlation(spent.spend.map(Math.log), spent.demand.map(Math.log)),
  };
}

interface SpentDays extends DeliveryObservations {
  /** Place among all days. */
  readonly day: Float64Array;
}

function daysWithSpend({ spend, delivered, demand }: DeliveryObservations): SpentDays {
  const kept = (numbers: Float64Array): Float64Array => numbers.filter((_, day) => spend[day]! > 0);
  return {
    spend: kept(spend),
    delivered: kept(delivered),
    demand: kept(demand),
    day: kept(spend.map((_, day) => day)),
  };
}

function prepareDays({ spend, delivered, demand, day }: SpentDays, reference: number): DeliveryDays {
  const recent = day.slice(-RECENT_DAYS);
  const now = meanOf(recent);
  const span = Math.max(1, day.at(-1)! - day[0]!);
  return {
    relativeSpend: spend.map((each) => each / reference),
    counts: delivered,
    causes: [spend.map(() => 1), demand.map(Math.log), day.map((each) => (each - now) / span)],
    precision: Float64Array.of(0, DEMAND_DEVIATION ** -2, DRIFT_DEVIATION ** -2),
  };
}

function trimWeights(weights: Map<DeliveryFamily, number>): Map<DeliveryFamily, number> {
  const kept = [...weights].filter(([, weight]) => weight >= LEAST_WEIGHT);
  const total = kept.reduce((sum, [, weight]) => sum + weight, 0);
  return new Map(kept.map(([family, weight]) => [family, weight / total]));
}

function variation(spend: Float64Array): number {
  return deviation(spend) / meanOf(spend);
}

function deviation(numbers: ArrayLike<number>): number {
  const all = Float64Array.from(numbers);
  const middle = meanOf(all);
  return Math.sqrt(meanOf(all.map((each) => (each - middle) ** 2)));
}

function correlation(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  const product = meanOf(a.map((each, i) => (each - meanA) * (b[i]! - meanB)));
  const scale = deviation(a) * deviation(b);
  return scale > 0 ? product / scale : 0;
}

function refuseFaultyObservations({ spend, delivered, demand }: DeliveryObservations): void {
  if (delivered.length !== spend.length || demand.length !== spend.length) {
    throw new ModelError(
      `Spend has ${spend.length} days, delivery ${delivered.length} and demand ${demand.length}; give one number a day for each.`,
    );
  }
  const refuse = (name: string, numbers: Float64Array, isFine: (each: number) => boolean, asked: string): void => {
    const faulty = numbers.findIndex((each) => !Number.isFinite(each) || !isFine(each));
    if (faulty >= 0) throw new ModelError(`Day ${faulty + 1}: ${name} is ${numbers[faulty]}; it must be ${asked}.`);
  };
  refuse("spend", spend, (each) => each >= 0, "finite and not negative");
  refuse("delivery", delivered, (each) => each >= 0, "finite and not negative");
  refuse("demand", demand, (each) => each > 0, "finite and positive");
}
