import { describe, expect, it } from "vitest";
import { type ChannelMix, factsOfMix, type MixRow } from "./channel-mix.ts";
import { freeLimits } from "./curves.fixture.ts";

function row(channel: string, productGroup: string, figures: Partial<MixRow>): MixRow {
  const nothing = { conversions: 0, revenue: 0, margin: 0, margined: 0, value: 0, valued: 0 };
  return { channel, productGroup, conversionType: "purchase", ...nothing, ...figures };
}

const mix: ChannelMix = {
  rows: [
    row("Search", "Boots", { conversions: 3, revenue: 300, margin: 90, margined: 300 }),
    row("Search", "Hats", { conversions: 1, revenue: 20, margin: 10, margined: 20, value: 60, valued: 20 }),
    row("Video", "Hats", { conversions: 5, revenue: 100, margin: 25, margined: 50 }),
  ],
  conversionsPerRevenue: { Search: 0.02, Video: 0.04 },
};
const facts = (limits: Partial<typeof freeLimits>) =>
  factsOfMix(["Search", "Video", "Mail"], mix, { ...freeLimits, ...limits });

describe("what one unit of revenue is worth", () => {
  it("is nothing but itself in a plan by revenue", () => {
    expect(facts({}).worth).toEqual({});
  });

  it("is its margin where margins are known, and the mix of all for a channel without conversions", () => {
    const { worth } = facts({ goal: "margin" });
    expect(worth.Search).toBeCloseTo(100 / 320, 12);
    expect(worth.Video).toBeCloseTo(25 / 50, 12);
    expect(worth.Mail).toBeCloseTo(125 / 370, 12);
  });

  it("is the conversions that the model credits, weighed by product group", () => {
    const { worth } = facts({ goal: "conversions", productWeights: [{ productGroup: "Hats", weight: 0 }] });
    expect(worth.Search).toBeCloseTo(0.02 * (3 / 4), 12);
    expect(worth.Video).toBe(0);
  });

  it("is its predicted value where one is known", () => {
    expect(facts({ goal: "value" }).worth.Search).toBeCloseTo(3, 12);
  });

  it("is the same in another currency, conversions aside", () => {
    const dear: ChannelMix = {
      rows: mix.rows.map((each) => ({
        ...each,
        revenue: 7 * each.revenue,
        margin: 7 * each.margin,
        margined: 7 * each.margined,
      })),
      conversionsPerRevenue: {},
    };
    const scaled = factsOfMix(["Search"], dear, { ...freeLimits, goal: "margin" });
    expect(scaled.worth.Search).toBeCloseTo(facts({ goal: "margin" }).worth.Search!, 12);
  });
});

describe("units that one unit of revenue takes", () => {
  it("are those of the product group, or of every conversion", () => {
    const capacities = [
      { name: "boots", value: 1, of: { type: "product-group" as const, productGroup: "Boots" }, unitsPerConversion: 2 },
      { name: "calls", value: 1, of: { type: "conversions" as const }, unitsPerConversion: 1 },
    ];
    const found = facts({ capacities }).capacities;
    expect(found.boots!.Search).toBeCloseTo(2 * 0.02 * (3 / 4), 12);
    expect(found.boots!.Video).toBe(0);
    expect(found.calls!.Search).toBeCloseTo(0.02, 12);
  });
});

describe("what nobody knows is refused in one sentence", () => {
  const unknown = { rows: [row("Search", "Boots", { conversions: 1, revenue: 10 })], conversionsPerRevenue: {} };
  it.each([
    ["margins", { goal: "profit" as const }, /needs margins, and no conversion was imported with one/],
    ["predicted values", { goal: "value" as const }, /no conversion was imported with one \(predicted_value\)/],
    [
      "a product group",
      { productWeights: [{ productGroup: "Yachts", weight: 1 }] },
      /the product group "Yachts"; there are Boots/,
    ],
  ])("%s", (_, limits, sentence) => {
    expect(() => factsOfMix(["Search"], unknown, { ...freeLimits, ...limits })).toThrow(sentence);
  });
});
