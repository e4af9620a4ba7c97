import { describe, expect, it } from "vitest";
import { prepareFacts } from "./curve-facts.ts";
import { curveHistory, spendHistory } from "./curve-history.fixture.ts";
import { type ChannelFacts, fitChannelCurve, seriesChannel } from "./fit-channel-curve.ts";
import { marginalAt, revenueAt } from "./revenue-curve.ts";

function factsOf(history: ReturnType<typeof spendHistory>, flags: readonly string[] = []): ChannelFacts {
  return prepareFacts(curveHistory([history]), () => ({ flags, creditDeviation: 0.2 }))[0]!;
}

function fitted(history: ReturnType<typeof spendHistory>) {
  const outcome = fitChannelCurve(history, factsOf(history));
  if (outcome.kind !== "fitted") throw new Error(outcome.channel.reason);
  return outcome.channel;
}

describe("the curve of a channel with touches", () => {
  it("is what its spend delivers times what a touch brings", () => {
    const channel = fitted(spendHistory());
    const { delivery, currentSpend, curve } = channel;
    expect(channel).toMatchObject({ source: "touches", campaign: null, flags: [] });
    expect(revenueAt(curve, 100)).toBeGreaterThan(0.9 * (0.5 * 375));
    expect(revenueAt(curve, 100)).toBeLessThan(1.1 * (0.5 * 375));
    // Three quarters of the value at 100 is the share that the next unit still brings, less what is assumed of wear.
    expect((marginalAt(curve, 100) * 100) / revenueAt(curve, 100)).toBeCloseTo(0.73, 1);
    expect(delivery!.revenuePerTouch).toBeCloseTo(0.5, 1);
    expect(delivery!.touchesAtCurrent * delivery!.costPerTouch).toBeCloseTo(currentSpend, 6);
    expect(delivery!.costPerTouchAtMore).toBeGreaterThan(delivery!.costPerTouch);
  });

  it("says where spend hardly varied, and leaves the draws open there", () => {
    const still = fitted(spendHistory({ variation: 0 }));
    expect(still.flags).toContain("little-variation");
    const spread = (channel: typeof still) => {
      const slopes = channel.draws.map((draw) => marginalAt(draw, 300)).sort((a, b) => a - b);
      return slopes[179]! / slopes[20]!;
    };
    expect(spread(still)).toBeGreaterThan(2 * spread(fitted(spendHistory())));
  });
});

describe("no curve", () => {
  it.each([
    ["demand-capture", ["demand-capture"], { revenuePerTouch: 0 }],
    ["low-coverage", ["low-coverage"], {}],
    ["no-revenue", [], { revenuePerTouch: 0 }],
  ] as const)("is made for %s", (code, flags, options) => {
    const history = spendHistory(options);
    expect(fitChannelCurve(history, factsOf(history, flags))).toMatchObject({ kind: "refused", channel: { code } });
  });

  it("is made from thirteen days with spend", () => {
    const history = spendHistory();
    history.spend.fill(0, 13);
    const outcome = fitChannelCurve(history, factsOf(history));
    expect(outcome).toMatchObject({ kind: "refused", channel: { code: "few-days", days: 13, daysNeeded: 14 } });
  });
});

describe("the curve of a channel that is judged by its series", () => {
  it("is the mean of the draws at today's spend, and says what it stands on", () => {
    const history = spendHistory();
    const facts = factsOf(history);
    const curves = [400, 600].map((beta) => ({ type: "hill" as const, beta, k: 90, s: 1 }));
    const outcome = seriesChannel(history, facts, { curves, isIdentified: false });
    if (outcome.kind !== "fitted") throw new Error("refused");
    const { channel } = outcome;
    expect(channel).toMatchObject({ source: "series", delivery: null, families: [{ family: "hill", weight: 1 }] });
    expect(channel.flags).toEqual(["series-fitted", "not-identified"]);
    const today = facts.currentSpend;
    expect(revenueAt(channel.curve, today)).toBeCloseTo((500 * today) / (90 + today), 6);
  });
});
