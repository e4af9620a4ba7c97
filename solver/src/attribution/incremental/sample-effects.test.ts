import { describe, expect, test } from "vitest";
import { uniformFrom } from "../../experiments/panel.fixture.ts";
import {
  drawPositiveNormal,
  type EffectBlock,
  normalTail,
  type QuadraticPosterior,
  sampleEffects,
} from "./sample-effects.ts";

interface Moments {
  readonly mean: number[];
  readonly deviation: number[];
  /** Chance that the block does nothing. */
  readonly none: number[];
}

/** Weight of each choice of atoms and amounts on a grid: what the sampler must agree with. */
function byIntegration({ atoms, linear, quadratic, blocks }: QuadraticPosterior, most: number, steps: number): Moments {
  const step = most / steps;
  const sum = { weight: 0, first: blocks.map(() => 0), second: blocks.map(() => 0), none: blocks.map(() => 0) };
  const visit = (b: number, chosen: number[], amounts: number[], weight: number): void => {
    if (b === blocks.length) {
      let log = 0;
      chosen.forEach((at, i) => {
        if (at < 0) return;
        log += linear[at]! * amounts[i]!;
        chosen.forEach((other, j) => {
          if (other >= 0) log -= 0.5 * amounts[i]! * quadratic[at * atoms + other]! * amounts[j]!;
        });
      });
      const each = weight * Math.exp(log);
      sum.weight += each;
      amounts.forEach((amount, i) => {
        sum.first[i]! += each * amount;
        sum.second[i]! += each * amount * amount;
        if (chosen[i]! < 0) sum.none[i]! += each;
      });
      return;
    }
    const block = blocks[b]!;
    visit(b + 1, [...chosen, -1], [...amounts, 0], weight * block.none);
    for (let atom = 0; atom < block.atoms; atom++) {
      for (let i = block.isSigned ? -steps : 0; i < steps; i++) {
        const amount = (i + 0.5) * step;
        const density = priorDensity(block, amount) * block.prior[atom]! * step;
        visit(b + 1, [...chosen, block.first + atom], [...amounts, amount], weight * density);
      }
    }
  };
  visit(0, [], [], 1);
  const mean = sum.first.map((each) => each / sum.weight);
  return {
    mean,
    deviation: sum.second.map((each, i) => Math.sqrt(each / sum.weight - mean[i]! ** 2)),
    none: sum.none.map((each) => each / sum.weight),
  };
}

function priorDensity({ isSigned, scale }: EffectBlock, amount: number): number {
  if (!isSigned) return Math.exp(-amount / scale) / scale;
  return Math.exp(-0.5 * (amount / scale) ** 2) / (scale * Math.sqrt(2 * Math.PI));
}

function bySampling(posterior: QuadraticPosterior): Moments {
  const n = posterior.blocks.length;
  const { draws, amount, atom } = sampleEffects(posterior, { draws: 60_000, warmUp: 500, random: uniformFrom(3) });
  const mean = posterior.blocks.map((_, b) => {
    let sum = 0;
    for (let draw = 0; draw < draws; draw++) sum += amount[draw * n + b]!;
    return sum / draws;
  });
  return {
    mean,
    deviation: mean.map((each, b) => {
      let squares = 0;
      for (let draw = 0; draw < draws; draw++) squares += (amount[draw * n + b]! - each) ** 2;
      return Math.sqrt(squares / draws);
    }),
    none: mean.map((_, b) => atom.filter((each, at) => at % n === b && each < 0).length / draws),
  };
}

function block(first: number, atoms: number, none: number, scale: number, isSigned = false): EffectBlock {
  return { first, atoms, none, scale, isSigned, prior: new Float64Array(atoms).fill((1 - none) / atoms) };
}

const CASES: [string, QuadraticPosterior][] = [
  [
    "one amount, clearly there",
    { atoms: 1, linear: Float64Array.of(9), quadratic: Float64Array.of(3), blocks: [block(0, 1, 0.05, 2)] },
  ],
  [
    "one amount that wants to be negative",
    { atoms: 1, linear: Float64Array.of(-4), quadratic: Float64Array.of(3), blocks: [block(0, 1, 0.05, 2)] },
  ],
  [
    "a signed amount that may be nothing",
    { atoms: 1, linear: Float64Array.of(-3), quadratic: Float64Array.of(4), blocks: [block(0, 1, 0.8, 1, true)] },
  ],
  [
    "two curves of one channel",
    {
      ...{ atoms: 2, linear: Float64Array.of(3, 3.5), quadratic: Float64Array.of(2, 1, 1, 3) },
      blocks: [block(0, 2, 0.2, 2)],
    },
  ],
  [
    "two channels that go together, one of two curves",
    {
      ...{ atoms: 3, linear: Float64Array.of(4, 3, 2) },
      quadratic: Float64Array.of(3, 1, 0.5, 1, 2, 1, 0.5, 1, 2),
      blocks: [block(0, 1, 0.05, 2), block(1, 2, 0.05, 2)],
    },
  ],
  [
    "selection against effect",
    {
      ...{ atoms: 2, linear: Float64Array.of(-1, 3), quadratic: Float64Array.of(3, 2, 2, 3) },
      blocks: [block(0, 1, 0.8, 1, true), block(1, 1, 0.05, 2)],
    },
  ],
];

describe("draws of effects", () => {
  test.each(CASES)("have the mean and the spread of the posterior: %s", (_, posterior) => {
    const expected = byIntegration(posterior, 10, posterior.blocks.length === 1 ? 2_000 : 250);
    const found = bySampling(posterior);
    posterior.blocks.forEach((_block, b) => {
      expect(Math.abs(found.mean[b]! - expected.mean[b]!)).toBeLessThan(0.05 * expected.deviation[b]!);
      expect(Math.abs(found.deviation[b]! / expected.deviation[b]! - 1)).toBeLessThan(0.05);
      expect(Math.abs(found.none[b]! - expected.none[b]!)).toBeLessThan(0.02);
    });
  });

  test("give nothing to a curve of which the data know nothing", () => {
    const posterior = {
      ...{ atoms: 2, linear: Float64Array.of(0, 5), quadratic: Float64Array.of(0, 0, 0, 2) },
      blocks: [block(0, 2, 0.05, 2)],
    };
    const { atom } = sampleEffects(posterior, { draws: 500, warmUp: 10, random: uniformFrom(1) });
    expect([...atom].every((each) => each !== 0)).toBe(true);
  });
});

describe("the normal distribution", () => {
  test.each([
    [0, 0.5],
    [1, 0.15865525393145705],
    [1.959963984540054, 0.025],
    [-1.2815515655446004, 0.9],
    [5, 2.866515718791939e-7],
    [8, 6.220960574271785e-16],
    [10, 7.61985302416052e-24],
    [30, 4.906713927148187e-198],
  ])("has beyond %f the part %d", (x, part) => {
    expect(Math.abs(normalTail(x) / part - 1)).toBeLessThan(1e-7);
  });

  test.each([
    [3, 1],
    [0, 1],
    [-1, 2],
    [-6, 1],
    [-40, 2],
    [-1e9, 10],
    [-1e16, 1e7],
  ])("of mean %d and deviation %d, positive part: draws have its moments", (mean, deviation) => {
    const random = uniformFrom(5);
    const draws = Float64Array.from({ length: 100_000 }, () => drawPositiveNormal(mean, deviation, random));
    expect(draws.every((each) => each >= 0 && Number.isFinite(each))).toBe(true);
    const least = -mean / deviation;
    // The moments by integration in units of the tail's own width: the tail itself underflows far out.
    const width = deviation / Math.max(1, least);
    const moments = [0, 0, 0];
    for (let t = 0.0005; t < 40; t += 0.001) {
      const at = (t * width) / deviation;
      const density = Math.exp(-at * least - 0.5 * at * at);
      for (const [power] of moments.entries()) moments[power]! += density * (t * width) ** power;
    }
    const expectedMean = moments[1]! / moments[0]!;
    const spread = Math.sqrt(moments[2]! / moments[0]! - expectedMean ** 2);
    const found = draws.reduce((sum, each) => sum + each, 0) / draws.length;
    const squares = draws.reduce((sum, each) => sum + (each - found) ** 2, 0) / draws.length;
    expect(Math.abs(found - expectedMean)).toBeLessThan(0.02 * spread);
    expect(Math.abs(Math.sqrt(squares) / spread - 1)).toBeLessThan(0.02);
  });
});
