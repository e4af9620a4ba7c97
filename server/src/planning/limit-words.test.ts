import { describe, expect, it } from "vitest";
import type { PlanLimit } from "../contract/index.ts";
import { limitInWords, priceInWords, priceUnit, proofInWords, repairInWords } from "./limit-words.ts";

const LIMITS: readonly PlanLimit[] = [
  { type: "total_spend", sense: "=", value: 5_000 },
  { type: "total_spend", sense: "<=", value: 5_000 },
  { type: "channel_min", channel: "Video", value: 1_200 },
  { type: "channel_max", channel: "Video", value: 1_200 },
  { type: "channel_roas_floor", channel: "Video", value: 1.5 },
  { type: "group_min", group: "Brand", value: 300 },
  { type: "group_max", group: "Brand", value: 300 },
  { type: "change_limit_pct", value: 20 },
  { type: "change_limit_pct", channel: "Video", value: 20 },
  { type: "blended_roas_floor", value: 1.5 },
  { type: "group_roas_floor", name: "Brand", value: 1.5 },
  { type: "cpa_ceiling", value: 40 },
  { type: "cpa_ceiling", value: 40, members: ["Video", "Email"] },
  { type: "response_cap", name: "Boots", value: 900 },
  { type: "contact_cap", name: "Mail", value: 900 },
  { type: "weighted_min", name: "Mix", value: 0.4 },
  { type: "weighted_max", name: "Mix", value: 0.4 },
  { type: "minimum_if_on", channel: "Video", value: 250 },
  { type: "step", channel: "Video", value: 250 },
  { type: "trusted_min", channel: "Video", value: 250 },
  { type: "trusted_max", channel: "Video", value: 250 },
];

describe("a limit in words", () => {
  it("names its kind, its channel or group, its figure and its period, none like another", () => {
    const sentences = LIMITS.map((limit) => limitInWords(limit, "week"));
    expect(sentences).toEqual([
      "spend exactly 5,000 a week in total",
      "spend at most 5,000 a week in total",
      "Video at least 1,200 a week",
      "Video at most 1,200 a week",
      "Video with a ROAS of at least 1.5",
      "Brand at least 300 a week",
      "Brand at most 300 a week",
      "no channel moves by more than 20 %",
      "Video moves by 20 % at most",
      "a ROAS of at least 1.5 overall",
      "Brand with a ROAS of at least 1.5",
      "at most 40 per conversion overall",
      "Video, Email at most 40 per conversion",
      "Boots: 900 a week and no more",
      "Mail: 900 touches a week at most",
      "Mix at least 0.4",
      "Mix at most 0.4",
      "Video at least 250 a week, or nothing",
      "Video in steps of 250",
      "Video at least 250 a week, as far down as its curve is trusted",
      "Video at most 250 a week, as far up as its curve is trusted",
    ]);
  });

  it("is repaired by a figure to the cent, however large it is", () => {
    const limit = { type: "total_spend", sense: "<=", value: 5_000 } as const;
    expect(repairInWords({ limit, to: 12_227.48 }, "month")).toBe(
      "spend at most 5,000 a month in total: change it to 12,227.48",
    );
  });
});

describe("the price of a limit in words", () => {
  it("is what loosening it brings, for a floor as for a cap", () => {
    for (const price of [-0.5, 0.5]) {
      for (const limit of LIMITS.filter(({ type }) => type !== "total_spend")) {
        expect(priceInWords(limit, price, "day")).toMatch(
          /: loosened by one (unit|unit of money|unit of revenue|touch), it would bring 0\.50\.$/,
        );
      }
    }
  });

  it("is a cost where an exact total asks for more than pays", () => {
    const exact = { type: "total_spend", sense: "=", value: 5_000 } as const;
    expect(priceInWords(exact, 1.4, "day")).toMatch(/one more unit in total would bring 1\.40\.$/);
    expect(priceInWords(exact, -0.3, "day")).toMatch(/one more unit in total would cost 0\.30\.$/);
  });
});

describe("the price of a target", () => {
  it("is money, and says so", () => {
    const target = { type: "min_total_response", value: 5_000 } as const;
    expect(priceInWords(target, -0.42, "week")).toBe(
      "bring at least 5,000 a week: one more unit of it would cost 0.42.",
    );
    expect(priceUnit(target, "conversions", true)).toBe("spend per unit of conversions");
    expect(priceUnit({ type: "contact_cap", name: "Mail", value: 1 }, "revenue", false)).toBe("revenue per touch");
  });
});

describe("the proof in words", () => {
  it("never claims more than was proved, and always names a figure", () => {
    const figures = [0, -1e-17, 1e-12, 1e-8, 1.2e-8, 3e-5, 0.0021, 0.015, 0.2].map((gap) => [
      gap,
      /more than (\S+) % above/.exec(proofInWords({ gap, scope: "global" }))![1],
    ]);
    expect(figures).toEqual([
      [0, "0.000001"],
      [-1e-17, "0.000001"],
      [1e-12, "0.000001"],
      [1e-8, "0.000001"],
      [1.2e-8, "0.000002"],
      [3e-5, "0.003"],
      [0.0021, "0.3"],
      [0.015, "2"],
      [0.2, "20"],
    ]);
  });

  it("says where a better split may exist", () => {
    expect(proofInWords({ gap: 0.01, scope: "local" })).toMatch(/a better one may exist within that\.$/);
    expect(proofInWords({ gap: 0.01, scope: "global" })).not.toMatch(/better/);
  });
});
