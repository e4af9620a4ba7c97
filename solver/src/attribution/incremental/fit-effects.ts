import { quantile } from "../../quantile.ts";
import { curvatureAt, fitRates, type RateFit, rateOfRow } from "./additive-rates.ts";
import type { AssembledRates, RateLayout } from "./assemble-rates.ts";
import { LAG_BINS, LAG_CURVES } from "./lag-curves.ts";
import { type EffectBlock, type EffectDraws, sampleEffects } from "./sample-effects.ts";
import { invertSymmetric } from "./symmetric-inverse.ts";

export interface EffectsOptions {
  readonly draws: number;
  readonly random: () => number;
}

/** What the data say of every channel's effect; arrays by fitted channel are in the order of `layout.fitted`. */
export interface EffectsFit {
  readonly layout: RateLayout;
  /** Posterior means, by term. */
  readonly theta: Float64Array;
  readonly pilot: RateFit;
  /** draws x fitted channels: conversions that the touches caused, inside the window. */
  readonly drawn: Float64Array;
  readonly draws: number;
  /** Conversions that go with the touches of a channel without being caused by them. */
  readonly selected: Float64Array;
  /** Chance that the channel has an effect at all. */
  readonly chanceOfEffect: Float64Array;
  /** How much more the conversions scatter between people than Poisson events would: 1 and more. */
  readonly overdispersion: number;
  readonly conversions: number;
}

/** Before any data: a channel does nothing at all with this chance, */
const CHANCE_OF_NO_EFFECT = 0.05;
/** and otherwise brings this share of all conversions on average. */
const PRIOR_SHARE = 0.05;
const CHANCE_OF_NO_SELECTION = 0.8;
const PRIOR_SELECTED_SHARE = 0.1;
const ROUNDS = 3;
const WARM_UP_SWEEPS = 300;

/**
 * The posterior of the channels' effects. A first fit by maximum likelihood gives the point around which the
 * log-likelihood is taken as quadratic; then lag curve and amount of every channel are drawn together, and the fit is
 * repeated around the mean of the draws. The mean of non-negative draws is not pulled up as the maximum over many curves
 * would be, and the draws carry the uncertainty of the curve with that of the amount.
 * @returns null where no conversion is left to learn from
 */
export function fitEffects(rates: AssembledRates, { draws, random }: EffectsOptions): EffectsFit | null {
  const { data, layout } = rates;
  const conversions = data.weight.reduce((sum, each) => sum + each, 0);
  if (conversions === 0) return null;
  const pilot = fitRates(data);
  const atoms = listAtoms(layout, pilot.exposure);
  const usual = usualBase(rates, pilot);
  let theta: Float64Array = Float64Array.from(pilot.theta, (each, f) =>
    f < layout.strata ? Math.max(LEAST_BASE * usual[f]!, each) : each,
  );
  let overdispersion = 1;
  let sampled: EffectDraws | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const quadratic = expandAround(rates, theta, { pilot, atoms, usual });
    overdispersion = quadratic.overdispersion;
    sampled = sampleEffects(
      { ...quadratic, blocks: listBlocks(layout, conversions) },
      { draws, warmUp: WARM_UP_SWEEPS, random },
    );
    theta = meanRates(layout, atoms, sampled, quadratic, usual);
  }
  return { layout, theta, pilot, draws, overdispersion, conversions, ...summarise(layout, sampled!) };
}

/**
 * No base rate is taken to be less than this part of its conversions over its time: with a base of nothing the likelihood is
 * no longer anything like quadratic.
 */
const LEAST_BASE = 0.1;

/** Conversions over time, by stratum; where there are none, half of one. */
function usualBase({ data, layout }: AssembledRates, { exposure }: RateFit): Float64Array {
  const usual = new Float64Array(layout.strata).fill(0.5);
  for (let at = 0; at < data.term.length; at++) {
    if (data.term[at]! < layout.strata) usual[data.term[at]!]! += 1;
  }
  return usual.map((conversions, i) => (exposure[i]! > 0 ? conversions / exposure[i]! : 0));
}

/** A direction in which effects may lie: one unit of it is one conversion. */
interface Atom {
  /** First effect or selection term, counted after the strata. */
  readonly first: number;
  readonly perConversion: Float64Array;
}

/** Selection terms, then every channel's lag curves. */
function listAtoms({ fitted, strata, effectsFrom }: RateLayout, exposure: Float64Array): Atom[] {
  const selection = fitted.map((_, i): Atom => {
    const reach = exposure[strata + i]!;
    return { first: i, perConversion: Float64Array.of(reach > 0 ? 1 / reach : 0) };
  });
  const effects = fitted.flatMap((_, i) =>
    LAG_CURVES.map(({ density }): Atom => {
      const first = effectsFrom + i * LAG_BINS;
      let reach = 0;
      for (let bin = 0; bin < LAG_BINS; bin++) reach += density[bin]! * exposure[first + bin]!;
      return { first: first - strata, perConversion: density.map((each) => (reach > 0 ? each / reach : 0)) };
    }),
  );
  return [...selection, ...effects];
}

function listBlocks({ fitted }: RateLayout, conversions: number): EffectBlock[] {
  const selection = fitted.map(
    (_, i): EffectBlock => ({
      first: i,
      atoms: 1,
      prior: Float64Array.of(1 - CHANCE_OF_NO_SELECTION),
      none: CHANCE_OF_NO_SELECTION,
      scale: PRIOR_SELECTED_SHARE * conversions,
      isSigned: true,
    }),
  );
  const curves = LAG_CURVES.length;
  const effects = fitted.map(
    (_, i): EffectBlock => ({
      first: fitted.length + i * curves,
      atoms: curves,
      prior: new Float64Array(curves).fill((1 - CHANCE_OF_NO_EFFECT) / curves),
      none: CHANCE_OF_NO_EFFECT,
      scale: PRIOR_SHARE * conversions,
      isSigned: false,
    }),
  );
  return [...selection, ...effects];
}

interface Expansion {
  readonly atoms: number;
  readonly linear: Float64Array;
  readonly quadratic: Float64Array;
  readonly overdispersion: number;
  /** For the strata, given the rest: base = fixed + response x rest. */
  readonly baseFixed: Float64Array;
  readonly baseResponse: Float64Array;
}

/**
 * A base rate is known in advance as well as one conversion would tell it. Without that a stratum with a single conversion
 * gives it to an effect for nothing: the base may fall below 0 in the quadratic, and the effect grows without end.
 */
const BASE_KNOWN_BY = 1;

/** The log-likelihood around theta in units of the atoms, the base rates of the strata integrated out. */
function expandAround(
  rates: AssembledRates,
  theta: Float64Array,
  { pilot, atoms, usual }: { pilot: RateFit; atoms: readonly Atom[]; usual: Float64Array },
): Expansion {
  const { data, layout } = rates;
  const { terms, strata } = layout;
  const rest = terms - strata;
  const { gradient, curvature } = curvatureAt(data, pilot.exposure, theta);
  for (let i = 0; i < strata; i++) {
    if (!(usual[i]! > 0)) continue;
    gradient[i]! += BASE_KNOWN_BY * (1 / usual[i]! - 1 / theta[i]!);
    curvature[i * terms + i]! += BASE_KNOWN_BY / theta[i]! ** 2;
  }
  const offset = new Float64Array(terms); // gradient at theta = 0 of the quadratic
  for (let f = 0; f < terms; f++) {
    let sum = gradient[f]!;
    for (let g = 0; g < terms; g++) sum -= curvature[f * terms + g]! * theta[g]!;
    offset[f] = sum;
  }
  const ofStrata = new Float64Array(strata * strata);
  for (let i = 0; i < strata; i++) {
    for (let j = 0; j < strata; j++) ofStrata[i * strata + j] = curvature[i * terms + j]!;
  }
  const inverse = invertSymmetric(ofStrata, strata);
  const baseFixed = new Float64Array(strata);
  const baseResponse = new Float64Array(strata * rest);
  for (let i = 0; i < strata; i++) {
    for (let j = 0; j < strata; j++) {
      const each = inverse[i * strata + j]!;
      baseFixed[i]! -= each * offset[j]!;
      for (let e = 0; e < rest; e++) baseResponse[i * rest + e]! -= each * curvature[j * terms + strata + e]!;
    }
  }
  const slope = new Float64Array(rest);
  const bend = new Float64Array(rest * rest);
  for (let e = 0; e < rest; e++) {
    let sum = offset[strata + e]!;
    const line = (strata + e) * terms;
    for (let i = 0; i < strata; i++) sum += curvature[line + i]! * baseFixed[i]!;
    slope[e] = sum;
    for (let g = 0; g < rest; g++) {
      let each = curvature[line + strata + g]!;
      for (let i = 0; i < strata; i++) each += curvature[line + i]! * baseResponse[i * rest + g]!;
      bend[e * rest + g] = each;
    }
  }
  const projected = project(atoms, slope, bend, rest);
  const overdispersion = scatterBetweenBuckets(rates, theta, pilot);
  return {
    atoms: atoms.length,
    linear: projected.linear.map((each) => each / overdispersion),
    quadratic: projected.quadratic.map((each) => each / overdispersion),
    overdispersion,
    baseFixed,
    baseResponse,
  };
}

function project(atoms: readonly Atom[], slope: Float64Array, bend: Float64Array, rest: number) {
  const n = atoms.length;
  const linear = new Float64Array(n);
  const half = new Float64Array(rest * n);
  atoms.forEach(({ first, perConversion }, a) => {
    for (let i = 0; i < perConversion.length; i++) {
      const each = perConversion[i]!;
      if (each === 0) continue;
      linear[a]! -= each * slope[first + i]!;
      for (let e = 0; e < rest; e++) half[e * n + a]! += bend[e * rest + first + i]! * each;
    }
  });
  const quadratic = new Float64Array(n * n);
  atoms.forEach(({ first, perConversion }, a) => {
    for (let i = 0; i < perConversion.length; i++) {
      const each = perConversion[i]!;
      if (each === 0) continue;
      for (let b = 0; b < n; b++) quadratic[a * n + b]! += each * half[(first + i) * n + b]!;
    }
  });
  return { linear, quadratic };
}

/**
 * Conversions of one person come together (eager people, repeat orders), so the likelihood claims to know too much. The
 * scatter of its gradient between buckets of people, over what Poisson events would have, says how much.
 */
function scatterBetweenBuckets(
  { data, layout, bucketExposure, bucket }: AssembledRates,
  theta: Float64Array,
  pilot: RateFit,
): number {
  const { terms, effectsFrom, fitted } = layout;
  const buckets = bucketExposure.length / terms;
  const scatter: number[] = [];
  const score = new Float64Array(buckets * terms);
  const variance = new Float64Array(terms);
  for (let row = 0; row < data.weight.length; row++) {
    const rate = rateOfRow(data, theta, row);
    for (let at = data.offsets[row]!; at < data.offsets[row + 1]!; at++) {
      const each = data.amount[at]! / rate;
      score[bucket[row]! * terms + data.term[at]!]! += each;
      variance[data.term[at]!]! += each * each;
    }
  }
  const seasonal = Float64Array.from({ length: terms }, (_, f) => {
    let plain = 0;
    for (let b = 0; b < buckets; b++) plain += bucketExposure[b * terms + f]!;
    return plain > 0 ? pilot.exposure[f]! / plain : 0;
  });
  for (let i = 0; i < fitted.length; i++) {
    for (let bin = 0; bin < LAG_BINS; bin += 4) {
      const f = effectsFrom + i * LAG_BINS + bin;
      if (variance[f]! < 50) continue;
      const gap = Float64Array.from(
        { length: buckets },
        (_, b) => score[b * terms + f]! - seasonal[f]! * bucketExposure[b * terms + f]!,
      );
      scatter.push(varianceWithoutOutliers(gap) / (variance[f]! / buckets));
    }
  }
  if (scatter.length < 5) return 1;
  return Math.max(1, scatter.reduce((sum, each) => sum + each, 0) / scatter.length);
}

/** Of one value a bucket. One bot makes its bucket stand out by far, and must not make all others look uncertain. */
function varianceWithoutOutliers(values: Float64Array): number {
  const middle = quantile(values, 0.5);
  const squares = values.map((each) => (each - middle) ** 2);
  const most = FARTHEST ** 2 * (quantile(squares, 0.5) / NORMAL_MEDIAN_SQUARE);
  return squares.reduce((sum, each) => sum + Math.min(each, most), 0) / (values.length - 1);
}
/** In deviations. */
const FARTHEST = 4;
/** Median of the square of a standard normal number. */
const NORMAL_MEDIAN_SQUARE = 0.4549;

function meanRates(
  layout: RateLayout,
  atoms: readonly Atom[],
  sampled: EffectDraws,
  expansion: Expansion,
  usual: Float64Array,
): Float64Array {
  const { fitted, strata, terms } = layout;
  const rest = terms - strata;
  const theta = new Float64Array(terms);
  const blocks = 2 * fitted.length;
  for (let draw = 0; draw < sampled.draws; draw++) {
    for (let b = 0; b < blocks; b++) {
      const chosen = sampled.atom[draw * blocks + b]!;
      if (chosen < 0) continue;
      const first = b < fitted.length ? b : fitted.length + (b - fitted.length) * LAG_CURVES.length + chosen;
      const atom = atoms[first]!;
      const amount = sampled.amount[draw * blocks + b]! / sampled.draws;
      for (let i = 0; i < atom.perConversion.length; i++) {
        theta[strata + atom.first + i]! += amount * atom.perConversion[i]!;
      }
    }
  }
  for (let i = 0; i < strata; i++) {
    let base = expansion.baseFixed[i]!;
    for (let e = 0; e < rest; e++) base += expansion.baseResponse[i * rest + e]! * theta[strata + e]!;
    theta[i] = Math.max(LEAST_BASE * usual[i]!, base);
  }
  return theta;
}

function summarise({ fitted }: RateLayout, sampled: EffectDraws) {
  const n = fitted.length;
  const drawn = new Float64Array(sampled.draws * n);
  const selected = new Float64Array(n);
  const chanceOfEffect = new Float64Array(n);
  for (let draw = 0; draw < sampled.draws; draw++) {
    for (let i = 0; i < n; i++) {
      selected[i]! += sampled.amount[draw * 2 * n + i]! / sampled.draws;
      drawn[draw * n + i] = sampled.amount[draw * 2 * n + n + i]!;
      if (sampled.atom[draw * 2 * n + n + i]! >= 0) chanceOfEffect[i]! += 1 / sampled.draws;
    }
  }
  return { drawn, selected, chanceOfEffect };
}
