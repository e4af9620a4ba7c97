import { LAG_EDGES_DAYS } from "@touchline/solver";
import fc from "fast-check";
import { expect, test } from "vitest";
import { arrivalShares, paybackDays } from "./payback.ts";

const rates = LAG_EDGES_DAYS.slice(1).map(() => 1);
const last = LAG_EDGES_DAYS.at(-1)!;
const fit = (effects: unknown) => ({
  ...{ warnings: [], conversionProbability: null, removalEffects: {}, channels: {} },
  figures: { effects },
});
const even = arrivalShares(fit([{ channel: "Search", effectByLag: [...rates] }]));

test("what comes evenly has paid back half of its worth after half of the days", () => {
  expect(paybackDays(50, [{ channel: "Search", brought: 100 }], even)).toBeCloseTo(last / 2, 0);
  expect(paybackDays(100, [{ channel: "Search", brought: 100 }], even)).toBeCloseTo(last, 0);
});

test("spend that is never paid back, or no spend at all, has no day", () => {
  expect(paybackDays(101, [{ channel: "Search", brought: 100 }], even)).toBeNull();
  expect(paybackDays(0, [{ channel: "Search", brought: 100 }], even)).toBeNull();
  expect(paybackDays(50, [{ channel: "Radio", brought: 100 }], even)).toBeNull();
  expect(arrivalShares(fit("nonsense")).size).toBe(0);
});

test("more spend never pays back sooner", () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 100, noNaN: true }), fc.double({ min: 1, max: 100, noNaN: true }), (a, b) => {
      const flows = [
        { channel: "Search", brought: 60 },
        { channel: "Radio", brought: 40 },
      ];
      const [less, more] = [Math.min(a, b), Math.max(a, b)].map((spend) => paybackDays(spend, flows, even)!);
      expect(less!).toBeLessThanOrEqual(more!);
    }),
  );
});
