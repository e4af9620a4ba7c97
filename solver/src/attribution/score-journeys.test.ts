import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { uniformFrom } from "../experiments/panel.fixture.ts";
import { sumOf } from "./compensated-sum.ts";
import { simulateJourneys } from "./journeys.fixture.ts";
import { creditPathsByMarkov } from "./markov.ts";
import { CHANNELS, convertingRows } from "./paths.arbitrary.ts";
import { aggregatePaths } from "./paths.ts";
import { creditPathsByRule } from "./rules.ts";
import { type ScoringModel, scoreJourneys } from "./score-journeys.ts";
import { aucOf, calibrationDeciles, logLikelihoodOf } from "./score-quality.ts";

/** Converting is three times as likely after C as after A, and order does not matter. */
const TRUTH = {
  channels: ["A", "B", "C"],
  chances: (touches: readonly number[]) => {
    const converts = 0.02 + 0.06 * (touches.filter((channel) => channel === 2).length / Math.max(1, touches.length));
    return [0.3, 0.2, 0.1, converts, 0.3];
  },
};

const bothEnds = convertingRows.filter((rows) => rows.some((row) => (row.nulls ?? 0) > 0));

describe("chances of journeys to convert", () => {
  test("are chances, whatever the model, and do not hang on the order of rows and channels", () => {
    fc.assert(
      fc.property(bothEnds, fc.integer({ min: 1, max: 3 }), (rows, order) => {
        const train = aggregatePaths(rows, CHANNELS);
        const turned = aggregatePaths(rows.toReversed(), CHANNELS.toReversed());
        const models = (paths: typeof train): ScoringModel[] => [
          { kind: "markov", order },
          { kind: "credit", conversions: creditPathsByRule(paths, "linear").conversions },
        ];
        models(train).forEach((model, at) => {
          const scores = scoreJourneys(train, train, model);
          const again = scoreJourneys(turned, turned, models(turned)[at]!).toReversed();
          scores.forEach((score, row) => {
            expect(score).toBeGreaterThan(0);
            expect(score).toBeLessThan(1);
            expect(again[row]).toBeCloseTo(score, 9);
          });
        });
      }),
    );
  });

  test("from credit foretell as many conversions as training had", () => {
    const train = simulateJourneys(TRUTH, 5_000, uniformFrom(11));
    const { conversions } = creditPathsByMarkov(train);
    const scores = scoreJourneys(train, train, { kind: "credit", conversions });
    expect(sumOf(scores) / sumOf(train.conversions)).toBeCloseTo(1, 6);
  });

  test("tell buyers from others on journeys that were not fitted on, and are calibrated there", () => {
    const random = uniformFrom(13);
    const train = simulateJourneys(TRUTH, 40_000, random);
    const heldOut = simulateJourneys(TRUTH, 40_000, random);
    const overall = sumOf(train.conversions) / 40_000;
    const flat = { ...heldOut, scores: heldOut.conversions.map(() => overall) };
    for (const model of [
      { kind: "markov", order: 2 },
      { kind: "credit", conversions: creditPathsByMarkov(train).conversions },
    ] as const) {
      const scored = { ...heldOut, scores: scoreJourneys(train, heldOut, model) };
      expect(aucOf(scored)).toBeGreaterThan(0.55);
      if (model.kind === "markov") {
        expect(logLikelihoodOf(scored).total).toBeGreaterThan(logLikelihoodOf(flat).total);
        for (const bin of calibrationDeciles(scored).filter(({ journeys }) => journeys > 2_000)) {
          expect(Math.abs(bin.observed - bin.foretold)).toBeLessThan(0.04);
        }
      }
    }
  });

  test("are never surer than the journeys allow, and know nothing of channels that training did not see", () => {
    const train = aggregatePaths([
      { path: ["A"], conversions: 0, value: 0, nulls: 49 },
      { path: ["B"], conversions: 50, value: 0, nulls: 0 },
    ]);
    const heldOut = aggregatePaths(
      ["Unheard of", "B", "A"].map((each) => ({ path: [each], conversions: 1, value: 0, nulls: 1 })),
    );
    const credited = { kind: "credit", conversions: creditPathsByRule(train, "last").conversions } as const;
    const [unknown, all, none] = scoreJourneys(train, heldOut, credited);
    expect(unknown).toBe(1 / 200);
    expect(none).toBe(1 / 200);
    expect(all).toBeCloseTo(199 / 200, 12);
  });

  test("are refused where training has one outcome only", () => {
    const train = aggregatePaths([{ path: ["A"], conversions: 5, value: 0, nulls: null }]);
    expect(() => scoreJourneys(train, train, { kind: "markov" })).toThrow(/both converted and unconverted/);
  });
});
