import type { IncrementalFit, IncrementalStatistics } from "@touchline/solver";
import { describe, expect, test } from "vitest";
import { judgeClicks, knownParts, knownReturns } from "./known-parts.ts";
import type { SeriesFigures, UnseenChannel } from "./series-figures.ts";

const DAYS = 50;
const FIRST_DAY = 10;

/** Two channels with 40 touches a day in two buckets; `conversions` of the fitted days are what the fit found. */
function drawCase(conversions: readonly number[], sureness = 0.8) {
  const channels = ["Mail", "Video"];
  const touchesByDay = new Float64Array(2 * channels.length * DAYS).fill(20);
  const statistics = { channels, days: DAYS, buckets: 2, touchesByDay } as unknown as IncrementalStatistics;
  const effectByLag = new Array<number>(21).fill(0).map((_, bin) => 0.01 * 0.7 ** bin);
  const fit = {
    firstDay: FIRST_DAY,
    season: new Array<number>(DAYS - FIRST_DAY).fill(1),
    channels: conversions.map((each, i) => ({
      ...{ channel: channels[i]!, conversions: each, low: sureness * each, high: (2 - sureness) * each },
      effectByLag,
    })),
  } as unknown as IncrementalFit;
  return { statistics, fit };
}

const unseen = (coverage: number): UnseenChannel => ({
  ...{ channel: "Video", spend: new Float64Array(DAYS).fill(200), pressure: new Float64Array(DAYS).fill(1) },
  ...{ isByDelivery: true, coverage, tested: null, tests: [] },
});

describe("what touches are expected to bring by day", () => {
  test("adds up to what the fit found on the fitted days", () => {
    const { statistics, fit } = drawCase([300, 40]);
    knownParts(statistics, fit).forEach(({ part }, i) => {
      const found = part!.expected.subarray(FIRST_DAY).reduce((sum, each) => sum + each, 0);
      expect(found).toBeCloseTo(fit.channels[i]!.conversions, 9);
      expect(part!.deviation).toBeCloseTo(0.4 / 3.29, 3);
    });
  });

  test("is nothing of a channel without effect", () => {
    const { statistics, fit } = drawCase([300, 0]);
    expect(knownParts(statistics, fit)[1]!.part).toBeNull();
  });
});

describe("few clicks", () => {
  const judge = (conversions: number, coverage: number, sureness = 0.8) => {
    const { statistics, fit } = drawCase([500, conversions], sureness);
    const parts = knownParts(statistics, fit);
    const figures = { spendOfSeen: [10_000, 10_000], channels: [unseen(coverage)] } as unknown as SeriesFigures;
    return judgeClicks(fit, parts, knownReturns(figures, fit, parts))(unseen(coverage));
  };

  test("are all there is where they return about what other channels do", () => {
    expect(judge(400, 0.02)).toBe(true);
  });

  test("are a sample where they return as little as they are few, or nobody knows", () => {
    expect(judge(400 * 0.02, 0.02)).toBe(false);
    expect(judge(400, 0.02, 0.01)).toBe(false);
  });

  test("are a sample of ads that hardly anybody clicks, whatever follows them", () => {
    expect(judge(400, 0.004)).toBe(false);
  });
});
