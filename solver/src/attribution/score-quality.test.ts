import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sumOf } from "./compensated-sum.ts";
import { aucOf, calibrationDeciles, logLikelihoodOf, type ScoredJourneys } from "./score-quality.ts";

const scored: fc.Arbitrary<ScoredJourneys> = fc
  .array(
    fc.record({ score: fc.integer({ min: 1, max: 19 }), conversions: fc.nat({ max: 5 }), nulls: fc.nat({ max: 9 }) }),
    { minLength: 1, maxLength: 30 },
  )
  .map((rows) => ({
    scores: Float64Array.from(rows, (row) => row.score / 20),
    conversions: Float64Array.from(rows, (row) => row.conversions),
    nulls: Float64Array.from(rows, (row) => row.nulls),
  }));

describe("how well scores separate", () => {
  test("is the part of all pairs of a converted and an unconverted journey that they put in order", () => {
    fc.assert(
      fc.property(scored, ({ scores, conversions, nulls }) => {
        let [won, pairs] = [0, 0];
        scores.forEach((a, row) => {
          scores.forEach((b, other) => {
            const count = conversions[row]! * nulls[other]!;
            won += count * (a > b ? 1 : a === b ? 0.5 : 0);
            pairs += count;
          });
        });
        const auc = aucOf({ scores, conversions, nulls });
        if (pairs === 0) expect(auc).toBeNull();
        else expect(auc).toBeCloseTo(won / pairs, 12);
      }),
    );
  });

  test("does not change under a rising function of the scores", () => {
    fc.assert(
      fc.property(scored, (each) => {
        expect(aucOf({ ...each, scores: each.scores.map((score) => score ** 3) })).toEqual(aucOf(each));
      }),
    );
  });
});

test("the log-likelihood is that of every journey by itself", () => {
  fc.assert(
    fc.property(scored, (each) => {
      const single = each.scores.map((score, row) => {
        const [won, lost] = [each.conversions[row]!, each.nulls[row]!];
        return won * Math.log(score) + lost * Math.log(1 - score);
      });
      expect(logLikelihoodOf(each).total).toBeCloseTo(sumOf(single), 9);
    }),
  );
  const empty = { scores: new Float64Array(), conversions: new Float64Array(), nulls: new Float64Array() };
  expect(logLikelihoodOf(empty)).toEqual({ total: 0, perJourney: null });
});

describe("calibration by tenths", () => {
  test("has every journey in one bin, bins in the order of their scores", () => {
    fc.assert(
      fc.property(scored, (each) => {
        const bins = calibrationDeciles(each);
        expect(bins.length).toBeLessThanOrEqual(10);
        expect(sumOf(bins.map((bin) => bin.conversions))).toBe(sumOf(each.conversions));
        expect(sumOf(bins.map((bin) => bin.journeys))).toBe(sumOf(each.conversions) + sumOf(each.nulls));
        bins.forEach((bin, at) => {
          expect(bin.from).toBeLessThanOrEqual(bin.to);
          if (at > 0) expect(bin.from).toBeGreaterThan(bins[at - 1]!.to);
        });
      }),
    );
  });

  test("makes ten equal bins of many different scores", () => {
    const scores = Float64Array.from({ length: 1_000 }, (_, row) => (row + 0.5) / 1_000);
    const bins = calibrationDeciles({ scores, conversions: scores, nulls: scores.map((score) => 1 - score) });
    expect(bins.map((bin) => Math.round(bin.journeys))).toEqual(Array.from({ length: 10 }, () => 100));
    for (const bin of bins) expect(bin.observed).toBeCloseTo(bin.foretold, 2);
  });

  test("refuses scores that are no chances", () => {
    const one = { conversions: Float64Array.of(1), nulls: Float64Array.of(1) };
    expect(() => calibrationDeciles({ ...one, scores: Float64Array.of(1.1) })).toThrow(/no chance/);
    expect(() => aucOf({ ...one, scores: Float64Array.of(Number.NaN) })).toThrow(/no chance/);
    expect(() => logLikelihoodOf({ ...one, scores: Float64Array.of(0.1, 0.2) })).toThrow(/2 scores .* 1 paths/);
  });
});
