import { describe, expect, test } from "vitest";
import { Random } from "../../server/src/random.ts";
import { findBestSplit } from "./best-split.ts";
import { drawMarket } from "./market/draw-market.ts";
import { between, sum } from "./market/draws.ts";

/** value = cap x spend / (half + spend); the best split has the same slope everywhere: cap x half / (half + spend)^2 */
function drawCurves(seed: number, channels: number) {
  const random = new Random(seed);
  const curves = Array.from({ length: channels }, () => ({
    cap: between(random, 50, 500),
    half: between(random, 5, 80),
  }));
  const worth = (spend: ArrayLike<number>) =>
    sum(curves.map(({ cap, half }, i) => (cap * spend[i]!) / (half + spend[i]!)));
  return { curves, worth, today: curves.map(() => between(random, 0, 40)) };
}

/** By its slope, found by halving. */
function exactBest({ curves, today }: ReturnType<typeof drawCurves>): number[] {
  const at = (slope: number) => curves.map(({ cap, half }) => Math.max(0, Math.sqrt((cap * half) / slope) - half));
  let [low, high] = [1e-9, 1e4];
  for (let i = 0; i < 200; i++) {
    const middle = Math.sqrt(low * high);
    if (sum(at(middle)) > sum(today)) low = middle;
    else high = middle;
  }
  return at(high);
}

describe("the best split", () => {
  test.each([1, 2, 3, 4, 5, 6])("has equal slopes, by the exact solution of curves %i", (seed) => {
    const problem = drawCurves(seed, 2 + seed);
    const found = findBestSplit({ ...problem, held: problem.today.map(() => false) });
    const best = exactBest(problem);
    expect(sum(found)).toBeCloseTo(sum(problem.today), 8);
    expect(problem.worth(found) / problem.worth(best)).toBeGreaterThan(1 - 1e-6);
    expect(found.every((spend) => spend >= 0)).toBe(true);
  });

  test("leaves held channels alone and is never worth less than today", () => {
    const problem = drawCurves(9, 6);
    const held = problem.today.map((_, i) => i % 2 === 0);
    const found = findBestSplit({ ...problem, held });
    expect(found.filter((_, i) => held[i])).toEqual(Float64Array.from(problem.today.filter((_, i) => held[i])));
    expect(problem.worth(found)).toBeGreaterThanOrEqual(problem.worth(problem.today));
    expect([...findBestSplit({ ...problem, held: held.map(() => true) })]).toEqual(problem.today);
  });

  test.each(["synergy", "fatigue"] as const)("beats random splits of a market with %s", (kind) => {
    const { worth, truth, channels } = drawMarket(kind, 17, { size: 0.05 });
    const held = channels.map(({ isPaid }) => !isPaid);
    const best = worth(findBestSplit({ worth, today: truth.today, held }));
    const random = new Random(17);
    for (let attempt = 0; attempt < 300; attempt++) {
      const weights = held.map((isHeld) => (isHeld ? 0 : random.exponential(1)));
      const split = weights.map((weight) => (weight / sum(weights)) * sum(truth.today));
      expect(worth(split)).toBeLessThanOrEqual(best);
    }
  });
});
