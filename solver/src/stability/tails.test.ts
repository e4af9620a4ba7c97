import { expect, test } from "vitest";
import { amountBelow, countBelow, gammaBelow, logGamma, normalAbove, ratioAbove } from "./tails.ts";

test("the gamma function is the factorial", () => {
  let factorial = 1;
  for (let n = 1; n <= 20; n++) {
    expect(Math.exp(logGamma(n + 1)) / (factorial * (n || 1))).toBeCloseTo(1, 10);
    factorial *= n;
  }
  expect(Math.exp(logGamma(0.5))).toBeCloseTo(Math.sqrt(Math.PI), 10);
});

test("a count without further uncertainty is Poisson, summed term by term", () => {
  for (const mean of [0.3, 4, 35]) {
    let [term, sum] = [Math.exp(-mean), Math.exp(-mean)];
    for (let count = 0; count < 80; count++) {
      expect(countBelow(mean, 0, count)).toBeCloseTo(sum, 10);
      expect(countBelow(mean, 1e-7, count)).toBeCloseTo(sum, 6);
      term *= mean / (count + 1);
      sum += term;
    }
  }
});

test("more uncertainty makes the lower tail heavier, and an amount never falls below nothing", () => {
  const tails = [0, 0.1, 0.3, 0.6].map((deviation) => countBelow(50, deviation, 20));
  expect(tails).toEqual(tails.toSorted((a, b) => a - b));
  expect(amountBelow(100, 0.3, 0)).toBe(0);
  expect(amountBelow(100, 0.3, 100)).toBeGreaterThan(0.45);
  expect(amountBelow(5, 0.2, 4)).toBeCloseTo(amountBelow(5000, 0.2, 4000), 12);
});

test("normal, gamma and Fisher tails are those of the tables", () => {
  expect(normalAbove(1.959963984540054)).toBeCloseTo(0.025, 9);
  expect(normalAbove(-3.090232306167813)).toBeCloseTo(0.999, 9);
  expect(1 - gammaBelow(2.5, 15.086272469388987 / 2)).toBeCloseTo(0.01, 9); // chi-square, 5 degrees
  for (const [f, above, below, p] of [
    [4.938, 4, 10, 0.0187],
    [2.71, 5, 20, 0.0502],
    [9.01, 5, 13, 0.0007],
  ] as const)
    expect(ratioAbove(f, above, below) / p).toBeGreaterThan(0.7);
});
