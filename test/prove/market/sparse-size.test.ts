import { expect, test } from "vitest";
import { drawMarket } from "./draw-market.ts";
import { MARKET_KINDS } from "./kinds.ts";
import { sparseSize } from "./sparse-size.ts";

test("a sparse market of any kind has 300 to 3,000 conversions", () => {
  let drawn = 0;
  for (const kind of MARKET_KINDS) {
    for (const seed of [1, 2, 3, 4]) {
      const { conversions } = drawMarket(kind, seed, { size: sparseSize(seed) });
      expect(conversions.person.length, `${kind} ${seed}`).toBeGreaterThanOrEqual(300);
      expect(conversions.person.length, `${kind} ${seed}`).toBeLessThanOrEqual(3_000);
      drawn++;
    }
  }
  expect(drawn).toBe(4 * MARKET_KINDS.length);
});

test("a seed's size is its own, and the same again", () => {
  const sizes = Array.from({ length: 50 }, (_, seed) => sparseSize(seed));
  expect(new Set(sizes).size).toBeGreaterThan(45);
  expect(Array.from({ length: 50 }, (_, seed) => sparseSize(seed))).toEqual(sizes);
});
