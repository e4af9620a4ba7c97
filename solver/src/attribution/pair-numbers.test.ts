import fc from "fast-check";
import { expect, test } from "vitest";
import { PairNumbers } from "./pair-numbers.ts";

test("pairs are numbered like a Map would, large numbers and growing included", () => {
  const whole = fc.oneof(fc.nat({ max: 40 }), fc.integer({ min: 0, max: 0xffff_ffff }));
  fc.assert(
    fc.property(fc.array(fc.tuple(whole, whole), { maxLength: 200 }), (pairs) => {
      const numbers = new PairNumbers();
      const known = new Map<string, number>();
      for (const [first, second] of pairs) {
        const key = `${first} ${second}`;
        expect(numbers.find(first, second)).toBe(known.get(key) ?? -1);
        if (!known.has(key)) known.set(key, known.size);
        expect(numbers.numberOf(first, second)).toBe(known.get(key));
        expect([numbers.firstOf(known.get(key)!), numbers.secondOf(known.get(key)!)]).toEqual([first, second]);
      }
      expect(numbers.size).toBe(known.size);
    }),
  );
});

test("a hundred thousand pairs keep their numbers while the table grows", () => {
  const numbers = new PairNumbers();
  for (let pair = 0; pair < 100_000; pair++) numbers.numberOf(pair % 317, pair);
  const lost = Array.from({ length: 100_000 }, (_, pair) => pair).filter(
    (pair) => numbers.find(pair % 317, pair) !== pair,
  );
  expect(lost).toEqual([]);
});
