import { minimiseOnPositives } from "./positive-quadratic.ts";

/**
 * Conversions as events of an additive Poisson rate with non-negative terms, all of it times the demand of the moment:
 *
 *     rate(r) = season(day) x hourFactor(r) x sum of theta[f] x amount[f]
 *
 * Only conversions are rows. What did not convert is in `exposure`: each term's amount, added up over everybody's time.
 * Demand multiplies every term, so that what a touch does is learnt from comparing people at the same moment, never from
 * days or hours on which everybody buys more.
 *
 *     offsets   0       3   5 ...        row r has the entries offsets[r] ... offsets[r + 1] - 1, terms rising
 *     term      0 7 19  0 8 ...
 *     amount    1 2  1  1 1 ...
 */
export interface RateData {
  readonly offsets: Uint32Array;
  readonly term: Uint16Array;
  readonly amount: Float32Array;
  /** Conversions of each row. */
  readonly weight: Float64Array;
  readonly day: Uint16Array;
  /** Demand of the hour against the day's mean, by row. */
  readonly hourFactor: Float32Array;
  readonly days: number;
  /** terms x days: the term's amount over all people and the hours of the day, weighted with the hours' demand. */
  readonly exposure: Float64Array;
  readonly terms: number;
  /** terms x parameters: theta = shapes x parameter, so that the lags of a channel follow few curves. */
  readonly shapes: Float64Array;
  readonly parameters: number;
}

export interface RateFit {
  /** Non-negative. */
  readonly parameter: Float64Array;
  readonly theta: Float64Array;
  /** Demand by day, mean 1. */
  readonly season: Float64Array;
  /** Of each term at this season. */
  readonly exposure: Float64Array;
  readonly logLikelihood: number;
  readonly iterations: number;
  readonly converged: boolean;
  /** Of the negative log-likelihood at the end, in the parameters, row-major. */
  readonly curvature: Float64Array;
}

export interface RateFitOptions {
  /** Stop when a Newton step promises to gain less log-likelihood than this. */
  readonly tolerance?: number;
  /** How many conversions the season of a day is worth in advance: days of few lean on their neighbours. */
  readonly seasonPrior?: number;
}

const MOST_ITERATIONS = 60;

/**
 * Maximum likelihood by projected Newton steps: the negative log-likelihood is convex in the parameters, so what is
 * found is the one maximum. Demand by day and the parameters are fitted in turn.
 * Law: at the end the conversions are accounted for: sum of theta x exposure = sum of weights.
 */
export function fitRates(data: RateData, options: RateFitOptions = {}): RateFit {
  const { tolerance = 0.01, seasonPrior = 20 } = options;
  const season = new Float64Array(data.days).fill(1);
  let exposure = seasonalExposure(data, season);
  let parameter = startingPoint(data, exposure);
  let iterations = 0;
  let converged = false;
  let state = derive(data, exposure, parameter, season);
  while (iterations < MOST_ITERATIONS && !converged) {
    iterations++;
    const moved = minimiseOnPositives(state.curvature, state.gradient, parameter);
    let promised = 0;
    for (let p = 0; p < data.parameters; p++) promised -= state.gradient[p]! * (moved[p]! - parameter[p]!);
    parameter = search(data, exposure, season, parameter, moved, state.value);
    const seasonMoved = updateSeason(data, ratesOf(data, parameter), season, seasonPrior);
    exposure = seasonalExposure(data, season);
    state = derive(data, exposure, parameter, season);
    converged = promised < tolerance && seasonMoved < 1e-3;
  }
  return {
    parameter,
    theta: ratesOf(data, parameter),
    season,
    exposure,
    logLikelihood: -state.value,
    iterations,
    converged,
    curvature: state.curvature,
  };
}

/** theta = shapes x parameter. */
function ratesOf({ shapes, terms, parameters }: RateData, parameter: Float64Array): Float64Array {
  const theta = new Float64Array(terms);
  for (let f = 0; f < terms; f++) {
    for (let p = 0; p < parameters; p++) theta[f]! += shapes[f * parameters + p]! * parameter[p]!;
  }
  return theta;
}

/** What theta's derivatives are in the parameters: shapes' x gradient. */
function inParameters({ shapes, terms, parameters }: RateData, gradient: Float64Array): Float64Array {
  const result = new Float64Array(parameters);
  for (let f = 0; f < terms; f++) {
    for (let p = 0; p < parameters; p++) result[p]! += shapes[f * parameters + p]! * gradient[f]!;
  }
  return result;
}

/** shapes' x matrix x shapes. */
function matrixInParameters({ shapes, terms, parameters }: RateData, matrix: Float64Array): Float64Array {
  const half = new Float64Array(terms * parameters);
  for (let f = 0; f < terms; f++) {
    for (let g = 0; g < terms; g++) {
      const each = matrix[f * terms + g]!;
      if (each === 0) continue;
      for (let p = 0; p < parameters; p++) half[f * parameters + p]! += each * shapes[g * parameters + p]!;
    }
  }
  const result = new Float64Array(parameters * parameters);
  for (let f = 0; f < terms; f++) {
    for (let p = 0; p < parameters; p++) {
      const each = shapes[f * parameters + p]!;
      if (each === 0) continue;
      for (let q = 0; q < parameters; q++) result[p * parameters + q]! += each * half[f * parameters + q]!;
    }
  }
  return result;
}

/** Each term's amount over everybody's time, weighted with demand. */
function seasonalExposure({ exposure, terms, days }: RateData, season: Float64Array): Float64Array {
  const total = new Float64Array(terms);
  for (let f = 0; f < terms; f++) {
    for (let day = 0; day < days; day++) total[f]! += exposure[f * days + day]! * season[day]!;
  }
  return total;
}

/** Every parameter that anybody is exposed to gets an equal part of the conversions. */
function startingPoint(data: RateData, exposure: Float64Array): Float64Array {
  const total = data.weight.reduce((sum, weight) => sum + weight, 0);
  const reach = inParameters(data, exposure);
  const isOn = (p: number): boolean => reach[p]! > 0;
  const on = reach.reduce((n, _, p) => n + (isOn(p) ? 1 : 0), 0);
  return reach.map((each, p) => (isOn(p) ? total / on / each : 0));
}

const LEAST_RATE = 1e-300;

/** Negative log-likelihood. */
function lossOf(data: RateData, exposure: Float64Array, parameter: Float64Array, season: Float64Array): number {
  const { offsets, term, amount, weight, day, hourFactor } = data;
  const theta = ratesOf(data, parameter);
  let value = 0;
  for (let row = 0; row < weight.length; row++) {
    let rate = 0;
    const end = offsets[row + 1]!;
    for (let at = offsets[row]!; at < end; at++) rate += theta[term[at]!]! * amount[at]!;
    value -= weight[row]! * Math.log(Math.max(LEAST_RATE, rate * season[day[row]!]! * hourFactor[row]!));
  }
  for (let f = 0; f < theta.length; f++) value += theta[f]! * exposure[f]!;
  return value;
}

interface Derivatives {
  readonly value: number;
  readonly gradient: Float64Array;
  readonly curvature: Float64Array;
}

/** Value, gradient and curvature of the negative log-likelihood, in the parameters. */
function derive(data: RateData, exposure: Float64Array, parameter: Float64Array, season: Float64Array): Derivatives {
  const { gradient, curvature } = curvatureAt(data, exposure, ratesOf(data, parameter));
  return {
    value: lossOf(data, exposure, parameter, season),
    gradient: inParameters(data, gradient),
    curvature: matrixInParameters(data, curvature),
  };
}

/** Gradient and curvature of the negative log-likelihood in theta; demand cancels, except in the exposure. */
export function curvatureAt(
  data: RateData,
  exposure: Float64Array,
  theta: Float64Array,
): { gradient: Float64Array; curvature: Float64Array } {
  const { offsets, term, amount, weight, terms } = data;
  const gradient = Float64Array.from(exposure);
  const curvature = new Float64Array(terms * terms);
  for (let row = 0; row < weight.length; row++) {
    const start = offsets[row]!;
    const end = offsets[row + 1]!;
    const first = weight[row]! / rateOfRow(data, theta, row);
    const second = first / rateOfRow(data, theta, row);
    for (let at = start; at < end; at++) {
      const f = term[at]!;
      gradient[f]! -= first * amount[at]!;
      const line = f * terms;
      const times = second * amount[at]!;
      for (let other = start; other <= at; other++) curvature[line + term[other]!]! += times * amount[other]!;
    }
  }
  // Rows list their terms in rising order, so only the lower triangle was filled.
  for (let f = 0; f < terms; f++) for (let g = 0; g < f; g++) curvature[g * terms + f] = curvature[f * terms + g]!;
  return { gradient, curvature };
}

/**
 * Rate of a row, demand left out. Selection may be negative (theta below 0), but nobody's rate falls below a part of what
 * the positive terms make.
 */
export function rateOfRow({ offsets, term, amount }: RateData, theta: Float64Array, row: number): number {
  let rate = 0;
  let positive = 0;
  for (let at = offsets[row]!; at < offsets[row + 1]!; at++) {
    const part = theta[term[at]!]! * amount[at]!;
    rate += part;
    if (part > 0) positive += part;
  }
  return Math.max(LEAST_RATE, LEAST_PART * positive, rate);
}

const LEAST_PART = 0.2;

/** Halves the way until the value falls. */
function search(
  data: RateData,
  exposure: Float64Array,
  season: Float64Array,
  from: Float64Array,
  to: Float64Array,
  value: number,
): Float64Array {
  for (let share = 1; share > 1e-4; share /= 2) {
    const between = from.map((each, p) => each + share * (to[p]! - each));
    if (lossOf(data, exposure, between, season) <= value + 1e-9) return between;
  }
  return from;
}

/** Demand of a day: its conversions over what the terms expect, leaning on its neighbours as far as they are few. */
function updateSeason(data: RateData, theta: Float64Array, season: Float64Array, prior: number): number {
  const { days, terms } = data;
  const seen = new Float64Array(days);
  const expected = new Float64Array(days);
  for (let row = 0; row < data.weight.length; row++) seen[data.day[row]!]! += data.weight[row]!;
  for (let f = 0; f < terms; f++) {
    for (let day = 0; day < days; day++) expected[day]! += theta[f]! * data.exposure[f * days + day]!;
  }
  const before = Float64Array.from(season);
  for (let day = 0; day < days; day++) {
    let nearSeen = 0;
    let nearExpected = 0;
    for (let near = Math.max(0, day - NEIGHBOUR_DAYS); near <= Math.min(days - 1, day + NEIGHBOUR_DAYS); near++) {
      nearSeen += seen[near]!;
      nearExpected += expected[near]!;
    }
    const around = nearExpected > 0 ? nearSeen / nearExpected : 1;
    season[day] = (seen[day]! + prior * around) / (expected[day]! + prior);
  }
  const mean = season.reduce((sum, each) => sum + each, 0) / days;
  let moved = 0;
  for (let day = 0; day < days; day++) {
    season[day]! /= mean;
    moved = Math.max(moved, Math.abs(season[day]! - before[day]!));
  }
  return moved;
}

const NEIGHBOUR_DAYS = 7;
