import { factorCholesky } from "../../cholesky.ts";
import { meanOf } from "../../mean-of.ts";
import { ModelError } from "../../model-error.ts";
import { type NoiseShape, prepareWhitener } from "./noise.ts";
import type { SeriesTask } from "./series-task.ts";

/**
 * All of the series that is linear and not a channel's: intercepts, controls, known parts, slow drift. Its coefficients are
 * integrated out: with normal priors what is left of a series e is e'Pe, P = I - K'K.
 */
export interface Base {
  readonly rows: number;
  readonly size: number;
  /** size x rows. */
  readonly k: Float64Array;
  /** Coefficients without a prior to speak of. */
  readonly free: number;
  readonly noise: NoiseShape;
  /** Takes out scatter and autocorrelation, as far as they are known. */
  readonly whiten: (series: Float64Array) => Float64Array;
  readonly unwhiten: (series: Float64Array) => Float64Array;
}

interface Column {
  readonly values: Float64Array;
  /** Precision of the coefficient's prior, relative to the noise; null for none to speak of. */
  readonly precision: number | null;
}

/** Noise shapes that are thought possible, with how likely each is before the series. */
const NOISES: readonly { noise: NoiseShape; chance: number }[] = [
  { noise: { keeps: 0, variance: 0 }, chance: 0.15 },
  ...[0.5, 0.8, 0.93].flatMap((keeps) =>
    [0.1, 0.4, 1.5, 6].map((variance) => ({ noise: { keeps, variance }, chance: 0.85 / 12 })),
  ),
];

/** Step of a random walk from period to period, relative to the scatter: hardly any demand stands still. */
const DRIFTS: readonly { drift: number; chance: number }[] = [
  { drift: 0, chance: 0.04 },
  { drift: 0.03, chance: 0.24 },
  { drift: 0.09, chance: 0.32 },
  { drift: 0.25, chance: 0.28 },
  { drift: 0.7, chance: 0.12 },
];
/** Drift is slower than this: what moves faster is noise that fades. */
const SHORTEST_DRIFT_DAYS = 56;
const MOST_WAVES = 14;

/** How noise and drift may be, with how likely the series makes each, the likeliest first. */
export interface WeighedBase {
  readonly base: Base;
  readonly weight: number;
}

/**
 * Weighs noise and drift by how likely they make the series, with the channels' usual shapes beside them. To choose one would
 * be to know too much: a channel that goes with the season explains it as well as drift does.
 * @throws ModelError where the controls leave nothing to explain
 */
export function weighBases(task: SeriesTask, usual: readonly Float64Array[]): readonly WeighedBase[] {
  const outcome = withoutKnown(task);
  // Known parts are weighed by the noise, which is known only once they are taken into account.
  const [first] = scoreBases(task, usual, outcome, deviationOf(outcome) / meanOf(scatterOf(task)));
  if (first === undefined || !(first.noise > 0))
    throw new ModelError("the series is explained without any channel, to the last digit: there is nothing to fit");
  const scored = scoreBases(task, usual, outcome, first.noise).slice(0, MOST_BASES);
  const weights = scored.map(({ score }) => Math.exp(score - scored[0]!.score));
  const total = weights.reduce((a, b) => a + b, 0);
  return scored.map(({ drift, noise, shape }, i) => ({
    base: assemble(task, columnsOf(task, drift, noise), shape)!.base,
    weight: weights[i]! / total,
  }));
}

const MOST_BASES = 24;

function scoreBases(task: SeriesTask, usual: readonly Float64Array[], outcome: Float64Array, noise: number) {
  return DRIFTS.flatMap(({ drift, chance }) => {
    const columns = [...columnsOf(task, drift, noise), ...usual.map(asChannel)];
    return NOISES.flatMap(({ noise: shape, chance: ofNoise }) => {
      const whole = assemble(task, columns, shape);
      if (whole === null) return [];
      const { score, left } = whole.evidence(outcome);
      return [{ drift, shape, noise: left, score: score + Math.log(chance * ofNoise) }];
    });
  }).sort((a, b) => b.score - a.score);
}

function scatterOf({ outcome, scatter }: SeriesTask): Float64Array {
  return scatter ?? new Float64Array(outcome.length).fill(1);
}

/** The outcome less what is expected of the known parts; how far their factors are from 1 is the base's. */
export function withoutKnown({ outcome, known = [] }: SeriesTask): Float64Array {
  const rest = Float64Array.from(outcome);
  for (const { expected } of known) for (let t = 0; t < rest.length; t++) rest[t]! -= expected[t]!;
  return rest;
}

/** What the base leaves of a whitened series: P e. */
export function leaveBase({ rows, size, k }: Base, e: Float64Array): Float64Array {
  const left = Float64Array.from(e);
  for (let j = 0; j < size; j++) {
    const from = j * rows;
    let dot = 0;
    for (let t = 0; t < rows; t++) dot += k[from + t]! * e[t]!;
    for (let t = 0; t < rows; t++) left[t]! -= dot * k[from + t]!;
  }
  return left;
}

const asChannel = (values: Float64Array): Column => ({ values: standardised(values), precision: 0.02 });

function columnsOf(task: SeriesTask, drift: number, noise: number): Column[] {
  const { outcome, regions = 1, controls, known = [], periodDays } = task;
  const periods = outcome.length / regions;
  const columns: Column[] = [];
  for (let region = 0; region < regions; region++) {
    const values = new Float64Array(outcome.length).fill(1, region * periods, (region + 1) * periods);
    columns.push({ values, precision: null });
  }
  for (const control of controls) columns.push({ values: standardised(control), precision: null });
  for (const { expected, deviation } of known)
    columns.push({ values: expected, precision: (noise / Math.max(deviation, 1e-6)) ** 2 });
  if (drift === 0) return columns;
  const waves = Math.min(MOST_WAVES, Math.floor((2 * periods * periodDays) / SHORTEST_DRIFT_DAYS));
  for (let wave = 1; wave <= waves; wave++) {
    const values = outcome.map((_, at) => Math.cos((Math.PI * wave * ((at % periods) + 0.5)) / periods));
    columns.push({ values, precision: (Math.PI * wave) ** 2 / (2 * periods * drift ** 2) });
  }
  return columns;
}

interface Assembled {
  readonly base: Base;
  /** Logarithm of how likely a series is, the noise's size integrated out. */
  readonly evidence: (outcome: Float64Array) => { readonly score: number; readonly left: number };
}

function assemble(task: SeriesTask, columns: readonly Column[], noise: NoiseShape): Assembled | null {
  const periods = task.outcome.length / (task.regions ?? 1);
  const { whiten, unwhiten, logJacobian } = prepareWhitener(noise, scatterOf(task), periods);
  const rows = task.outcome.length;
  const size = columns.length;
  const z = columns.map(({ values }) => whiten(values));
  const lower = new Float64Array(size * size);
  let logPrior = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) lower[i * size + j] = dotOf(z[i]!, z[j]!);
    const precision = columns[i]!.precision ?? 1e-6 * lower[i * size + i]! + 1e-12;
    lower[i * size + i]! += precision;
    logPrior += 0.5 * Math.log(precision);
  }
  const logDeterminant = choleskyInPlace(lower, size);
  if (logDeterminant === null) return null;
  const k = new Float64Array(size * rows);
  for (let i = 0; i < size; i++) {
    const line = k.subarray(i * rows, (i + 1) * rows);
    line.set(z[i]!);
    for (let j = 0; j < i; j++) {
      const factor = lower[i * size + j]!;
      const other = k.subarray(j * rows, (j + 1) * rows);
      for (let t = 0; t < rows; t++) line[t]! -= factor * other[t]!;
    }
    for (let t = 0; t < rows; t++) line[t]! /= lower[i * size + i]!;
  }
  const free = columns.filter(({ precision }) => precision === null).length;
  const base: Base = { rows, size, k, free, noise, whiten, unwhiten };
  const evidence = (outcome: Float64Array) => {
    const e = whiten(outcome);
    const rest = Math.max(0, dotOf(e, leaveBase(base, e)));
    const score = logJacobian + logPrior - logDeterminant - 0.5 * (rows - free) * Math.log(Math.max(rest, 1e-300));
    return { score, left: Math.sqrt(rest / Math.max(1, rows - free)) };
  };
  return { base, evidence };
}

/** @returns half the logarithm of the determinant; null where the matrix is not positive definite */
export function choleskyInPlace(matrix: Float64Array, size: number): number | null {
  let half = 0;
  const isPositive = factorCholesky(matrix, size, (pivot) => {
    if (!(pivot > 0)) return null;
    half += 0.5 * Math.log(pivot);
    return Math.sqrt(pivot);
  });
  return isPositive ? half : null;
}

function standardised(values: Float64Array): Float64Array {
  const mean = meanOf(values);
  const deviation = deviationOf(values) || 1;
  return values.map((each) => (each - mean) / deviation);
}

export function deviationOf(values: Float64Array): number {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / values.length);
}

export function dotOf(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < a.length; t++) sum += a[t]! * b[t]!;
  return sum;
}
