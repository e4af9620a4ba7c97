import { describe, expect, it } from "vitest";
import { prepareFacts } from "./curve-facts.ts";
import { curveHistory, spendHistory } from "./curve-history.fixture.ts";
import type { SpendHistory } from "./curve-history.ts";
import { fitCampaignCurves } from "./fit-campaign-curves.ts";
import { fitChannelCurve } from "./fit-channel-curve.ts";
import type { FittedChannel, FittedCurves } from "./fit-curves.ts";
import { revenueAt } from "./revenue-curve.ts";

const sumOf = (parts: readonly Float64Array[]) =>
  parts[0]!.map((_, day) => parts.reduce((sum, part) => sum + part[day]!, 0));

function whole(campaigns: readonly SpendHistory[]): FittedCurves {
  const channel: SpendHistory = {
    ...{ channel: "Search", campaign: null },
    spend: sumOf(campaigns.map(({ spend }) => spend)),
    touches: sumOf(campaigns.map(({ touches }) => touches)),
    revenue: sumOf(campaigns.map(({ revenue }) => revenue)),
  };
  const facts = prepareFacts(curveHistory([channel]), () => ({ flags: [], creditDeviation: 0.2 }));
  const outcome = fitChannelCurve(channel, facts[0]!);
  if (outcome.kind !== "fitted") throw new Error("the channel has no curve");
  const days = { from: "", to: "" };
  return { currency: "EUR", run: "", days, currentDays: days, channels: [outcome.channel], withoutCurve: [] };
}

function campaignsOf(campaigns: readonly SpendHistory[]): { channel: FittedChannel; fitted: FittedChannel[] } {
  const curves = whole(campaigns);
  const outcomes = fitCampaignCurves(curveHistory(campaigns), curves).map((fit) => fit());
  return {
    channel: curves.channels[0]!,
    fitted: outcomes.flatMap((outcome) => (outcome.kind === "fitted" ? [outcome.channel] : [])),
  };
}

describe("a campaign", () => {
  const large = spendHistory({ campaign: "Core", spend: 100, seed: 2 });
  const small = spendHistory({ campaign: "Test", spend: 3, touchesPerUnit: 4, seed: 3 });

  it("has a curve of its own where its volume allows", () => {
    const { fitted } = campaignsOf([large, small]);
    const [core, test] = fitted;
    expect(fitted.map(({ campaign }) => campaign)).toEqual(["Core", "Test"]);
    expect(core!.observed.length).toBeGreaterThan(0);
    expect(test!.observed).toHaveLength(0);
    expect(revenueAt(core!.curve, 100) / (0.5 * 375)).toBeCloseTo(1, 0.9);
  });

  it("has its part of the channel's curve where it is small: a share of the spend brings that share", () => {
    const { channel, fitted } = campaignsOf([large, small]);
    const test = fitted[1]!;
    const share = test.currentSpend / channel.currentSpend;
    const part = revenueAt(test.curve, test.currentSpend) / revenueAt(channel.curve, channel.currentSpend);
    expect(part / share).toBeCloseTo(1, 1);
    expect(test.draws).toHaveLength(channel.draws.length);
  });

  it("leans towards the channel in what its touches bring", () => {
    const better = spendHistory({ campaign: "Test", spend: 3, touchesPerUnit: 4, revenuePerTouch: 1.5, seed: 3 });
    const { channel, fitted } = campaignsOf([large, better]);
    const ratio = fitted[1]!.delivery!.revenuePerTouch / channel.delivery!.revenuePerTouch;
    expect(ratio).toBeGreaterThan(1.05);
    expect(ratio).toBeLessThan(2.5);
  });
});
