import { describe, expect, test } from "vitest";
import { uniformFrom } from "../../experiments/panel.fixture.ts";
import { fitRates, type RateData } from "./additive-rates.ts";

/** Rows of a base and some touches each, over so many days; every term is a parameter of its own. */
function drawRates(seed: number, days: number): RateData {
  const random = uniformFrom(seed);
  const [rows, terms] = [400, 6];
  const offsets = [0];
  const term: number[] = [];
  const amount: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let f = 0; f < terms; f++) {
      if (f > 0 && random() < 0.7) continue;
      term.push(f);
      amount.push(1 + Math.floor(random() * 3));
    }
    offsets.push(term.length);
  }
  const shapes = new Float64Array(terms * terms);
  for (let f = 0; f < terms; f++) shapes[f * terms + f] = 1;
  return {
    ...{ offsets: Uint32Array.from(offsets), term: Uint16Array.from(term), amount: Float32Array.from(amount) },
    weight: new Float64Array(rows).fill(1),
    day: Uint16Array.from({ length: rows }, () => Math.floor(random() * days)),
    hourFactor: new Float32Array(rows).fill(1),
    ...{ days, terms, shapes, parameters: terms },
    exposure: Float64Array.from({ length: terms * days }, () => ((200 + 800 * random()) * 10) / days),
  };
}

/** The log-likelihood where every day is alike, written down once more. */
function logLikelihood(data: RateData, theta: Float64Array): number {
  let value = 0;
  for (let row = 0; row < data.weight.length; row++) {
    let rate = 0;
    for (let at = data.offsets[row]!; at < data.offsets[row + 1]!; at++) {
      rate += theta[data.term[at]!]! * data.amount[at]!;
    }
    value += data.weight[row]! * Math.log(rate);
  }
  theta.forEach((each, f) => {
    value -= each * data.exposure[f]!;
  });
  return value;
}

describe("additive rates", () => {
  test.each([1, 2, 3, 4, 5])("account at the end for all conversions, market %i", (seed) => {
    for (const days of [1, 20]) {
      const data = drawRates(seed, days);
      const { theta, exposure, converged } = fitRates(data, { tolerance: 1e-6 });
      expect(converged).toBe(true);
      const explained = theta.reduce((sum, each, f) => sum + each * exposure[f]!, 0);
      expect(Math.abs(explained / 400 - 1)).toBeLessThan(days === 1 ? 1e-4 : 0.01);
    }
  });

  test.each([1, 2, 3])("are the best there are: nothing near or far is likelier, market %i", (seed) => {
    const data = drawRates(seed, 1);
    const found = fitRates(data, { tolerance: 1e-8 });
    const best = logLikelihood(data, found.theta);
    expect(Math.abs(found.logLikelihood - best)).toBeLessThan(1e-6 * Math.abs(best));
    const random = uniformFrom(seed + 50);
    for (let i = 0; i < 500; i++) {
      const size = 10 ** (-4 * random());
      const other = found.theta.map((each) =>
        Math.max(0, each * (1 + size * (random() - 0.5)) + 1e-3 * size * random()),
      );
      expect(logLikelihood(data, other)).toBeLessThanOrEqual(best + 1e-5);
    }
  });

  test("find demand by day", () => {
    const data = drawRates(6, 4);
    // Twice the conversions on the first day, with everybody's time even.
    const even = { ...data, exposure: new Float64Array(data.exposure.length).fill(100) };
    const day = data.day.map((_, row) => (row % 5 < 2 ? 0 : 1 + (row % 3)));
    const { season } = fitRates({ ...even, day }, { seasonPrior: 0 });
    expect(season.reduce((sum, each) => sum + each, 0) / 4).toBeCloseTo(1, 9);
    expect(season[0]).toBeCloseTo(1.6, 2);
  });
});
