import { ridgeSolver } from "./ridge-step.ts";
import { simplexWeights } from "./simplex-weights.ts";

export const GEO_METHODS = ["synthetic-control", "augmented-synthetic-control", "difference-in-differences"] as const;
export type GeoMethod = (typeof GEO_METHODS)[number];

/**
 * Controls, each divided by its own mean over the days that weights are fitted on: a small and a large region that move alike are the
 * same series then, and weights that sum to 1 meet the level of any target. Seasons and shocks multiply sales; they do not add to them.
 */
export interface ScaledControls {
  readonly count: number;
  readonly days: number;
  /** Weights stand on the days 0 to fitDays - 1. */
  readonly fitDays: number;
  /** `series[control x days + day]` */
  readonly series: Float64Array;
  /** Sums of products over the fitted days, count x count. */
  readonly gram: Float64Array;
  /** Share of each control in their sum over the fitted days. */
  readonly sizes: Float64Array;
}

export function scaleControls(controls: Float64Array, days: number, fitDays: number): ScaledControls {
  const count = controls.length / days;
  const series = new Float64Array(controls.length);
  const sizes = new Float64Array(count);
  let all = 0;
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let day = 0; day < fitDays; day++) sum += controls[i * days + day]!;
    for (let day = 0; day < days; day++) series[i * days + day] = (controls[i * days + day]! * fitDays) / sum;
    sizes[i] = sum;
    all += sum;
  }
  for (let i = 0; i < count; i++) sizes[i]! /= all;
  const gram = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let day = 0; day < fitDays; day++) sum += series[i * days + day]! * series[j * days + day]!;
      gram[i * count + j] = sum;
      gram[j * count + i] = sum;
    }
  }
  return { count, days, fitDays, series, gram, sizes };
}

/** The same controls without some of them, by their places: what belongs to a pair of the others stays as it was. */
export function dropControls(controls: ScaledControls, dropped: ReadonlySet<number>): ScaledControls {
  const { days, fitDays, series, gram, sizes } = controls;
  const kept = Array.from({ length: controls.count }, (_, place) => place).filter((place) => !dropped.has(place));
  const count = kept.length;
  const keptSeries = new Float64Array(count * days);
  const keptGram = new Float64Array(count * count);
  const all = kept.reduce((sum, place) => sum + sizes[place]!, 0);
  kept.forEach((place, i) => {
    keptSeries.set(series.subarray(place * days, (place + 1) * days), i * days);
    kept.forEach((other, j) => {
      keptGram[i * count + j] = gram[place * controls.count + other]!;
    });
  });
  const keptSizes = Float64Array.from(kept, (place) => sizes[place]! / all);
  return { count, days, fitDays, series: keptSeries, gram: keptGram, sizes: keptSizes };
}

/** Sums of products of each control with a target whose mean over the fitted days is 1. */
export function againstTarget({ count, days, fitDays, series }: ScaledControls, target: Float64Array): Float64Array {
  const products = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let day = 0; day < fitDays; day++) sum += series[i * days + day]! * target[day]!;
    products[i] = sum;
  }
  return products;
}

/** From the products of a target with the controls to the weights of the controls. */
export type Weighing = (products: Float64Array) => Float64Array;

/**
 * How a method weighs the controls.
 * Difference-in-differences takes all regions as large as they are: the test regions would have grown as the others together did.
 * Synthetic control takes the mix, none negative and together 1, that was nearest to the test regions. The augmented one goes on from
 * there by a ridge regression of what the mix leaves over, and may give weights below 0.
 * Source: Abadie, Diamond and Hainmueller 2010; Ben-Michael, Feller and Rothstein 2021, "The augmented synthetic control method".
 * @param penalty of the ridge, relative to the mean variance of a control
 */
export function weighingOf(method: GeoMethod, controls: ScaledControls, penalty: number): Weighing {
  if (method === "difference-in-differences") return () => controls.sizes;
  let before: Float64Array | undefined;
  const mix: Weighing = (products) => {
    before = simplexWeights(controls.gram, products, before);
    return before;
  };
  if (method === "synthetic-control") return mix;
  const { count, fitDays, gram } = controls;
  // All series have mean 1, so that taking 1 off each takes the number of days off each sum of products.
  const centred = gram.map((sum) => sum - fitDays);
  let trace = 0;
  for (let i = 0; i < count; i++) trace += centred[i * count + i]!;
  const solve = ridgeSolver(centred, Math.max((penalty * trace) / count, Number.MIN_VALUE));
  return (products) => {
    const weights = mix(products);
    const left = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      let sum = products[i]! - fitDays;
      for (let j = 0; j < count; j++) sum -= centred[i * count + j]! * weights[j]!;
      left[i] = sum;
    }
    const step = solve(left);
    return weights.map((weight, i) => weight + step[i]!);
  };
}

/** What the weighted controls say of each day, in units of the target's mean; weights that do not sum to 1 lean on that mean. */
export function predict({ count, days, series }: ScaledControls, weights: Float64Array): Float64Array {
  let rest = 1;
  for (let i = 0; i < count; i++) rest -= weights[i]!;
  const predicted = new Float64Array(days).fill(rest);
  for (let i = 0; i < count; i++) {
    const weight = weights[i]!;
    if (weight === 0) continue;
    for (let day = 0; day < days; day++) predicted[day]! += weight * series[i * days + day]!;
  }
  return predicted;
}
