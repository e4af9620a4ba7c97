import { drawNormal } from "../../draw-normal.ts";

/**
 * Draws from the posterior of amounts whose log-likelihood is quadratic:
 *
 *     log p = r . a - a' G a / 2      a = amounts, one atom a block at most
 *
 * A block is a channel and its atoms are the lag curves that it may follow: each draw picks one curve and its amount, or none. A
 * block of one atom is a term that is in or out. Amounts are non-negative with an exponential prior, or signed with a normal one.
 * Gibbs sampling, one block after another, with curve and amount drawn together (the amount is integrated out to weigh curves).
 * Source: George and McCulloch 1993 for choosing terms by sampling.
 */
export interface QuadraticPosterior {
  readonly atoms: number;
  /** r, by atom. */
  readonly linear: Float64Array;
  /** G, atoms x atoms, row-major, symmetric. */
  readonly quadratic: Float64Array;
  readonly blocks: readonly EffectBlock[];
}

export interface EffectBlock {
  readonly first: number;
  readonly atoms: number;
  /** Prior chance of each atom, adding up to 1 - `none`. */
  readonly prior: Float64Array;
  /** Prior chance that the block does nothing. */
  readonly none: number;
  /** Mean of the exponential prior of an amount; of a signed block the deviation of its normal prior. */
  readonly scale: number;
  /** Amounts may be negative. */
  readonly isSigned: boolean;
}

export interface EffectDraws {
  readonly draws: number;
  /** draws x blocks: the amount. */
  readonly amount: Float64Array;
  /** draws x blocks: the atom inside the block, -1 for none. */
  readonly atom: Int16Array;
}

export function sampleEffects(
  posterior: QuadraticPosterior,
  { draws, warmUp, random }: { draws: number; warmUp: number; random: () => number },
): EffectDraws {
  const { atoms, linear, quadratic, blocks } = posterior;
  const pull = Float64Array.from(linear); // r less what the amounts of all blocks already explain
  const amount = new Float64Array(blocks.length);
  const atom = new Int16Array(blocks.length).fill(-1);
  const kept: EffectDraws = {
    draws,
    amount: new Float64Array(draws * blocks.length),
    atom: new Int16Array(draws * blocks.length),
  };
  const shift = (at: number, by: number): void => {
    const line = at * atoms;
    for (let other = 0; other < atoms; other++) pull[other]! -= quadratic[line + other]! * by;
  };
  const weights = new Float64Array(Math.max(...blocks.map((block) => block.atoms)) + 1);
  for (let sweep = -warmUp; sweep < draws; sweep++) {
    for (let b = 0; b < blocks.length; b++) {
      const block = blocks[b]!;
      if (atom[b]! >= 0) shift(block.first + atom[b]!, -amount[b]!);
      const chosen = drawAtom(block, pull, quadratic, atoms, weights, random);
      atom[b] = chosen;
      amount[b] = 0;
      if (chosen >= 0) {
        const at = block.first + chosen;
        const bend = quadratic[at * atoms + at]!;
        amount[b] = drawAmount(block, pull[at]!, bend, random);
        shift(at, amount[b]!);
      }
    }
    if (sweep >= 0) {
      kept.amount.set(amount, sweep * blocks.length);
      kept.atom.set(atom, sweep * blocks.length);
    }
  }
  return kept;
}

function drawAmount({ isSigned, scale }: EffectBlock, pull: number, bend: number, random: () => number): number {
  if (!isSigned) return drawPositiveNormal((pull - 1 / scale) / bend, 1 / Math.sqrt(bend), random);
  const precision = bend + 1 / (scale * scale);
  return pull / precision + drawNormal(random) / Math.sqrt(precision);
}

/** log of the prior density times the likelihood, integrated over the amount. */
function logEvidence({ isSigned, scale }: EffectBlock, pull: number, bend: number): number {
  if (!isSigned) return logPositiveMass(pull - 1 / scale, bend) - Math.log(scale);
  return (pull * pull) / (2 * (bend + 1 / (scale * scale))) - 0.5 * Math.log(1 + bend * scale * scale);
}

function drawAtom(
  block: EffectBlock,
  pull: Float64Array,
  quadratic: Float64Array,
  atoms: number,
  weights: Float64Array,
  random: () => number,
): number {
  const { first, prior, none } = block;
  let most = none > 0 ? Math.log(none) : Number.NEGATIVE_INFINITY;
  weights[block.atoms] = most;
  for (let i = 0; i < block.atoms; i++) {
    const at = first + i;
    const bend = quadratic[at * atoms + at]!;
    weights[i] =
      bend > 0 && prior[i]! > 0 ? Math.log(prior[i]!) + logEvidence(block, pull[at]!, bend) : Number.NEGATIVE_INFINITY;
    if (weights[i]! > most) most = weights[i]!;
  }
  let total = 0;
  for (let i = 0; i <= block.atoms; i++) total += weights[i] = Math.exp(weights[i]! - most);
  let left = random() * total;
  for (let i = 0; i < block.atoms; i++) {
    left -= weights[i]!;
    if (left < 0) return i;
  }
  return -1;
}

/** log of the integral of exp(pull x - bend x^2 / 2) over x >= 0. */
function logPositiveMass(pull: number, bend: number): number {
  const z = pull / Math.sqrt(bend);
  return 0.5 * Math.log((2 * Math.PI) / bend) + logScaledTail(z);
}

/** log of exp(z^2 / 2) x P(normal > -z), without overflow. */
function logScaledTail(z: number): number {
  if (z > -5) return 0.5 * z * z + Math.log(normalTail(-z));
  const x = -z;
  // Asymptotic series of Mills' ratio.
  return Math.log((1 - 1 / (x * x) + 3 / x ** 4 - 15 / x ** 6) / (x * Math.sqrt(2 * Math.PI)));
}

/** P(normal > x). Source: Abramowitz and Stegun 7.1.26 would be too coarse; this is the rational form of W. J. Cody's family (Hart 1968). */
export function normalTail(x: number): number {
  if (x < 0) return 1 - normalTail(-x);
  if (x > 38) return 0;
  const e = Math.exp(-0.5 * x * x);
  if (x < 7.07106781186547) {
    let up = 3.52624965998911e-2 * x + 0.700383064443688;
    up = up * x + 6.37396220353165;
    up = up * x + 33.912866078383;
    up = up * x + 112.079291497871;
    up = up * x + 221.213596169931;
    up = up * x + 220.206867912376;
    let down = 8.83883476483184e-2 * x + 1.75566716318264;
    down = down * x + 16.064177579207;
    down = down * x + 86.7807322029461;
    down = down * x + 296.564248779674;
    down = down * x + 637.333633378831;
    down = down * x + 793.826512519948;
    down = down * x + 440.413735824752;
    return (e * up) / down;
  }
  return e / ((x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))))) * 2.506628274631);
}

/** A normal draw given that it is positive. Source: Robert 1995 for the tail. */
export function drawPositiveNormal(mean: number, deviation: number, random: () => number): number {
  const least = -mean / deviation;
  if (least < 0.5) {
    for (;;) {
      const z = drawNormal(random);
      if (z >= least) return mean + deviation * z;
    }
  }
  const rate = (least + Math.sqrt(least * least + 4)) / 2;
  for (;;) {
    // The distance beyond 0 is drawn itself: far out it would be lost between two large numbers.
    const beyond = -Math.log(1 - random()) / rate;
    if (random() <= Math.exp(-0.5 * (beyond - 1 / rate) ** 2)) return deviation * beyond;
  }
}
