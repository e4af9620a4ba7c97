import { expect, test } from "vitest";
import { normalFrom, uniformFrom } from "./panel.fixture.ts";
import { ridgeSolver } from "./ridge-step.ts";
import { simplexWeights } from "./simplex-weights.ts";

function problem(n: number, days: number, seed: number) {
  const normal = normalFrom(uniformFrom(seed));
  const rows = Array.from({ length: n }, () => Float64Array.from({ length: days }, () => 1 + 0.2 * normal()));
  const target = Float64Array.from({ length: days }, () => 1 + 0.2 * normal());
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const gram = Float64Array.from({ length: n * n }, (_, i) => dot(rows[Math.floor(i / n)]!, rows[i % n]!));
  const products = Float64Array.from({ length: n }, (_, i) => dot(rows[i]!, target));
  const objective = (w: ArrayLike<number>) => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      sum -= 2 * products[i]! * w[i]!;
      for (let j = 0; j < n; j++) sum += gram[i * n + j]! * w[i]! * w[j]!;
    }
    return sum;
  };
  return { gram, products, objective };
}

test("weights are the best of all on a grid of three controls", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const { gram, products, objective } = problem(3, 25, seed);
    const best = objective(simplexWeights(gram, products));
    for (let a = 0; a <= 50; a++)
      for (let b = 0; a + b <= 50; b++)
        expect(objective([a / 50, b / 50, (50 - a - b) / 50])).toBeGreaterThan(best - 1e-7);
  }
});

test("of many controls, none that has weight could give it away with profit", () => {
  for (let seed = 1; seed <= 10; seed++) {
    const { gram, products } = problem(60, 40, seed);
    const weights = simplexWeights(gram, products);
    const slope = products.map((product, i) => weights.reduce((sum, w, j) => sum + gram[i * 60 + j]! * w, -product));
    const held = slope.filter((_, i) => weights[i]! > 0);
    expect(Math.max(...held) - Math.min(...slope)).toBeLessThan(1e-6);
    expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 9);
    expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
  }
});

test("the ridge step solves its equations", () => {
  const { gram, products } = problem(12, 40, 3);
  const x = ridgeSolver(gram, 0.5)(products);
  products.forEach((product, i) => {
    const left = x.reduce((sum, value, j) => sum + (gram[i * 12 + j]! + (i === j ? 0.5 : 0)) * value, 0);
    expect(left).toBeCloseTo(product, 8);
  });
});
