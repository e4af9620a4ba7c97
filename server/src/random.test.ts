import { describe, expect, it } from "vitest";
import { WeightedChoice } from "./demo/weighted-choice.ts";
import { Random } from "./random.ts";

function moments(count: number, draw: () => number): { mean: number; variance: number } {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    const value = draw();
    sum += value;
    squares += value * value;
  }
  const mean = sum / count;
  return { mean, variance: squares / count - mean * mean };
}

const DRAWS = 200_000;
/** Five standard errors of a mean: a fixed seed either passes for ever or never. */
const closeness = (variance: number) => 5 * Math.sqrt(variance / DRAWS);

describe("the random generator", () => {
  it("repeats itself for the same seed and stream, and differs for others", () => {
    const sequence = (seed: number, stream: number) => {
      const random = new Random(seed, stream);
      return Array.from({ length: 20 }, () => random.uint32());
    };
    expect(sequence(1, 0)).toEqual(sequence(1, 0));
    expect(sequence(1, 0)).not.toEqual(sequence(2, 0));
    expect(sequence(1, 0)).not.toEqual(sequence(1, 1));
    expect(sequence(1, 0)).not.toEqual(sequence(1 + 2 ** 32, 0));
  });

  it("refuses a seed that is not a whole number from 0", () => {
    expect(() => new Random(-1)).toThrow(RangeError);
    expect(() => new Random(0.5)).toThrow(RangeError);
    expect(() => new Random(Number.NaN)).toThrow(RangeError);
  });

  it("is uniform: mean, variance, and every sixteenth of the range equally often", () => {
    const random = new Random(11);
    const counts = new Array<number>(16).fill(0);
    const { mean, variance } = moments(DRAWS, () => {
      const value = random.uniform();
      counts[Math.floor(value * 16)]!++;
      return value;
    });
    expect(Math.abs(mean - 0.5)).toBeLessThan(closeness(1 / 12));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.001);
    const expected = DRAWS / 16;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(45); // 15 degrees of freedom: exceeded once in 10,000
  });

  it("has the moments of the normal and the exponential distribution", () => {
    const random = new Random(12);
    const normal = moments(DRAWS, () => random.normal());
    expect(Math.abs(normal.mean)).toBeLessThan(closeness(1));
    expect(Math.abs(normal.variance - 1)).toBeLessThan(0.02);
    const exponential = moments(DRAWS, () => random.exponential(3));
    expect(Math.abs(exponential.mean - 3)).toBeLessThan(closeness(9));
    expect(Math.abs(exponential.variance / 9 - 1)).toBeLessThan(0.04);
  });

  it.each([0.4, 1, 2.5, 20])("has the moments of the gamma distribution of shape %d", (shape) => {
    const random = new Random(13);
    const { mean, variance } = moments(DRAWS, () => random.gamma(shape, 2));
    expect(Math.abs(mean - 2 * shape)).toBeLessThan(closeness(4 * shape));
    expect(Math.abs(variance / (4 * shape) - 1)).toBeLessThan(0.05);
  });

  it.each([0.02, 3, 11.9, 12.1, 50, 90_000])("has the moments of the Poisson distribution of mean %d", (expected) => {
    const random = new Random(14);
    const { mean, variance } = moments(DRAWS, () => random.poisson(expected));
    expect(Math.abs(mean - expected)).toBeLessThan(closeness(expected));
    expect(Math.abs(variance / expected - 1)).toBeLessThan(0.1);
  });

  it.each([8, 20])("counts as often as the Poisson probabilities of mean %d say", (expected) => {
    const random = new Random(15);
    const seen = new Array<number>(80).fill(0);
    for (let i = 0; i < DRAWS; i++) seen[random.poisson(expected)]!++;
    let probability = Math.exp(-expected);
    let chiSquare = 0;
    let cells = 0;
    for (let count = 0; count < seen.length; count++) {
      if (count > 0) probability *= expected / count;
      if (probability * DRAWS < 10) continue;
      chiSquare += (seen[count]! - probability * DRAWS) ** 2 / (probability * DRAWS);
      cells++;
    }
    expect(cells).toBeGreaterThan(15);
    expect(chiSquare).toBeLessThan(cells + 5 * Math.sqrt(2 * cells));
  });

  it("never counts anything where nothing is expected", () => {
    expect(new Random(1).poisson(0)).toBe(0);
  });
});

describe("a weighted choice", () => {
  it("draws in proportion to the weights and never a weight of zero", () => {
    const weights = [0, 5, 1, 0, 4];
    const choice = new WeightedChoice(weights);
    const random = new Random(16);
    const seen = weights.map(() => 0);
    for (let i = 0; i < DRAWS; i++) seen[choice.draw(random)]!++;
    weights.forEach((weight, at) => {
      const share = weight / 10;
      expect(Math.abs(seen[at]! / DRAWS - share)).toBeLessThanOrEqual(closeness(share * (1 - share)));
    });
  });

  it("refuses weights that leave nothing to choose", () => {
    expect(() => new WeightedChoice([])).toThrow(RangeError);
    expect(() => new WeightedChoice([0, 0])).toThrow(RangeError);
    expect(() => new WeightedChoice([1, -1])).toThrow(RangeError);
    expect(() => new WeightedChoice([1, Number.NaN])).toThrow(RangeError);
  });
});
