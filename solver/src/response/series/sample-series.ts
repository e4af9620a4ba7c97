import { drawNormal } from "../../draw-normal.ts";
import { type Base, leaveBase } from "./base.ts";
import type { ChannelAtoms } from "./channel-atoms.ts";
import { drawGamma } from "./draw-gamma.ts";
import { type CommonReturn, type ReturnsPrior, withTest } from "./returns-prior.ts";
import type { KnownReturn } from "./series-task.ts";

/**
 * Gibbs sampling of
 *
 *     outcome = base + sum over channels of exp(u) * column[atom] + noise
 *
 * Base coefficients are integrated out. A channel's atom (family, saturation, carry-over) and the logarithm u of its return are drawn
 * together: u is integrated out by Laplace's approximation to weigh atoms, and the error of that is put right by a Metropolis step.
 */
export interface Sampler {
  readonly base: Base;
  /** Whitened outcome, less what is known. */
  readonly outcome: Float64Array;
  readonly channels: readonly ChannelAtoms[];
  readonly returns: ReturnsPrior;
  /** By channel; null for one that was not tested. */
  readonly tested: readonly (KnownReturn | null)[];
  /** channels x families: added to the logarithm of a family's weight. */
  readonly bias: Float64Array;
  readonly random: () => number;
}

export interface SeriesState {
  readonly atom: Int32Array;
  /** u. */
  readonly logReturn: Float64Array;
  /** Of the noise. */
  variance: number;
  common: CommonReturn;
  /** Whitened outcome less all channels. */
  readonly rest: Float64Array;
}

export interface SweepHooks {
  /** Chance of each atom of a channel at this sweep. */
  readonly weighed?: (channel: number, chances: Float64Array) => void;
}

export function beginState({ base, outcome, channels, returns, random }: Sampler): SeriesState {
  const common = returns.first;
  const state: SeriesState = {
    atom: Int32Array.from(channels, ({ length }) => Math.floor(random() * length.length)),
    logReturn: Float64Array.from(channels, () => common.centre - 1 + 0.7 * drawNormal(random)),
    variance: 1,
    common,
    rest: Float64Array.from(outcome),
  };
  channels.forEach((atoms, i) => {
    addColumn(state.rest, atoms, state.atom[i]!, -Math.exp(state.logReturn[i]!));
  });
  drawVariance(base, state, random);
  return state;
}

export function sweep(sampler: Sampler, state: SeriesState, hooks: SweepHooks = {}): void {
  const { channels, returns, base, random } = sampler;
  for (let i = 0; i < channels.length; i++) updateChannel(sampler, state, i, hooks);
  state.common = returns.draw(state.logReturn, state.common, random);
  drawVariance(base, state, random);
}

function drawVariance(base: Base, state: SeriesState, random: () => number): void {
  const left = leaveBase(base, state.rest);
  let squares = 0;
  for (let t = 0; t < base.rows; t++) squares += left[t]! * state.rest[t]!;
  state.variance = Math.max(0.5 * squares, 1e-300) / drawGamma(Math.max(2, (base.rows - base.free) / 2), random);
}

function addColumn(rest: Float64Array, { white }: ChannelAtoms, atom: number, times: number): void {
  const from = atom * rest.length;
  for (let t = 0; t < rest.length; t++) rest[t]! += times * white[from + t]!;
}

interface Peak {
  readonly at: Float64Array;
  readonly bend: Float64Array;
  readonly logMass: Float64Array;
}

const peaks = new WeakMap<ChannelAtoms, Peak>();

/** Working space of a channel's atoms; where the peaks were last time is where they are looked for. */
function peaksOf(atoms: ChannelAtoms): Peak {
  let peak = peaks.get(atoms);
  if (peak === undefined) {
    const size = atoms.length.length;
    peak = {
      at: new Float64Array(size).fill(Number.NaN),
      bend: new Float64Array(size),
      logMass: new Float64Array(size),
    };
    peaks.set(atoms, peak);
  }
  return peak;
}

function updateChannel(sampler: Sampler, state: SeriesState, channel: number, { weighed }: SweepHooks): void {
  const { channels, bias, random, tested } = sampler;
  const atoms = channels[channel]!;
  const { variance, rest } = state;
  const common = withTest(state.common, tested[channel]!);
  const size = atoms.length.length;
  const rows = rest.length;
  const old = state.atom[channel]!;
  addColumn(rest, atoms, old, Math.exp(state.logReturn[channel]!));
  const peak = peaksOf(atoms);
  const pulls = new Float64Array(size);
  const chances = new Float64Array(size);
  let most = Number.NEGATIVE_INFINITY;
  for (let a = 0; a < size; a++) {
    pulls[a] = dotFrom(atoms.left, a * rows, rest) / variance;
    const prior = atoms.logPrior[a]! + bias[channel * atoms.families.length + atoms.family[a]!]!;
    const log = findPeak(peak, a, pulls[a]!, atoms.length[a]! / variance, common) + prior;
    peak.logMass[a] = log;
    if (log > most) most = log;
  }
  let total = 0;
  for (let a = 0; a < size; a++) total += chances[a] = Math.exp(peak.logMass[a]! - most);
  for (let a = 0; a < size; a++) chances[a]! /= total;
  weighed?.(channel, chances);
  const next = pick(chances, random);
  const u =
    random() < FROM_PRIOR
      ? common.centre + common.spread * drawNormal(random)
      : peak.at[next]! + drawNormal(random) / Math.sqrt(peak.bend[next]!);
  // What the approximation gives a point over what it has: a point that it gives too much is taken less often.
  const favour = (atom: number, at: number): number =>
    peak.logMass[atom]! +
    logProposal(peak.at[atom]!, peak.bend[atom]!, at, common) -
    logTarget(at, pulls[atom]!, atoms.length[atom]! / variance, common) -
    atoms.logPrior[atom]! -
    bias[channel * atoms.families.length + atoms.family[atom]!]!;
  const isTaken = Math.log(1 - random()) < favour(old, state.logReturn[channel]!) - favour(next, u);
  if (isTaken) {
    state.atom[channel] = next;
    state.logReturn[channel] = u;
  }
  addColumn(rest, atoms, state.atom[channel]!, -Math.exp(state.logReturn[channel]!));
}

/** Four sums side by side: one alone waits for itself, and this is where all the time goes. */
function dotFrom(matrix: Float64Array, from: number, vector: Float64Array): number {
  const end = vector.length - (vector.length % 4);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let t = 0; t < end; t += 4) {
    a += matrix[from + t]! * vector[t]!;
    b += matrix[from + t + 1]! * vector[t + 1]!;
    c += matrix[from + t + 2]! * vector[t + 2]!;
    d += matrix[from + t + 3]! * vector[t + 3]!;
  }
  for (let t = end; t < vector.length; t++) a += matrix[from + t]! * vector[t]!;
  return a + b + (c + d);
}

function pick(chances: Float64Array, random: () => number): number {
  let left = random();
  for (let a = 0; a < chances.length; a++) {
    left -= chances[a]!;
    if (left < 0) return a;
  }
  return chances.length - 1;
}

/** Log of likelihood and prior of u, up to a constant. */
function logTarget(u: number, pull: number, length: number, { centre, spread }: CommonReturn): number {
  const amount = Math.exp(u);
  const z = (u - centre) / spread;
  return pull * amount - 0.5 * length * amount * amount - 0.5 * z * z;
}

/** Small returns are likelier than a normal curve around the peak has them: without this a chain that is there would stay. */
const FROM_PRIOR = 0.1;

function logProposal(at: number, bend: number, u: number, { centre, spread }: CommonReturn): number {
  const near = Math.sqrt(bend) * Math.exp(-0.5 * bend * (u - at) ** 2);
  const anywhere = Math.exp(-0.5 * ((u - centre) / spread) ** 2) / spread;
  return Math.log((1 - FROM_PRIOR) * near + FROM_PRIOR * anywhere + 1e-300);
}

/** Finds where the target of an atom is highest and how it bends there. @returns log of the mass under it */
function findPeak({ at, bend }: Peak, a: number, pull: number, length: number, common: CommonReturn): number {
  const tightness = 1 / (common.spread * common.spread);
  let u = at[a]!;
  if (!Number.isFinite(u))
    u = pull > 0 ? Math.min(Math.log(pull / length), common.centre + 2 * common.spread) : common.centre - 1;
  let curve = tightness;
  for (let step = 0; step < 8; step++) {
    const amount = Math.exp(u);
    const slope = pull * amount - length * amount * amount - (u - common.centre) * tightness;
    curve = Math.max(tightness, 2 * length * amount * amount - pull * amount + tightness);
    const move = Math.max(-1.5, Math.min(1.5, slope / curve));
    u += move;
    if (move * move * curve < 1e-4) break;
  }
  at[a] = u;
  bend[a] = curve;
  return logTarget(u, pull, length, common) + 0.5 * Math.log((2 * Math.PI) / curve);
}
