import { describe, expect, it } from "vitest";
import { MoveReason, type PlanLimit } from "../contract/index.ts";
import { limitInWords, priceInWords, proofInWords, reasonInWords, repairInWords, warningInWords } from "./words.ts";

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
        expect(priceInWords(limit, price, "day")).toMatch(/: loosened by one unit, it would bring 0\.50\.$/);
      }
    }
  });

  it("is a cost where an exact total asks for more than pays", () => {
    const exact = { type: "total_spend", sense: "=", value: 5_000 } as const;
    expect(priceInWords(exact, 1.4, "day")).toMatch(/one more unit in total would bring 1\.40\.$/);
    expect(priceInWords(exact, -0.3, "day")).toMatch(/one more unit in total would cost 0\.30\.$/);
  });
});

describe("the reason of a move in words", () => {
  it("names the channel and ends as a sentence, for every code, with and without figures", () => {
    expect(MoveReason.shape.code.options.length).toBeGreaterThan(5);
    for (const code of MoveReason.shape.code.options) {
      for (const figure of [1.25, null]) {
        const why = { code, marginalNow: figure, marginalThen: figure, marginalPlan: figure };
        expect(reasonInWords("Video", why)).toMatch(/\bVideo\b.*\.$/);
        expect(reasonInWords("Video", why)).not.toMatch(/null|undefined|NaN/);
      }
    }
  });
});

describe("the reason of a cut in words", () => {
  const cut = { code: "earns-less", marginalNow: 2.12, marginalThen: 3.4 } as const;

  it("is the comparison with the plan only where the channel earns less than the plan", () => {
    expect(reasonInWords("Video", { ...cut, marginalPlan: 3.4 })).toBe(
      "The last unit of money in Video earns 2.12, less than the 3.40 that the plan settles at.",
    );
    expect(reasonInWords("Video", { ...cut, marginalPlan: 1.1 })).toBe(
      "Video is stopped by the budget, or by a limit that it shares with other channels; there the next unit would still earn 3.40.",
    );
  });

  it("is the budget where nothing is left to spend", () => {
    expect(reasonInWords("Video", { ...cut, marginalPlan: null })).toBe(
      "The budget ends before Video: there the next unit would still earn 3.40.",
    );
  });
});

describe("the proof in words", () => {
  it("never claims more than was proved, and always names a figure", () => {
    const figures = [0, -1e-17, 1e-12, 1e-8, 1.2e-8, 3e-5, 0.0021, 0.015, 0.2].map((gap) => [
      gap,
      /more than (\S+) % above/.exec(proofInWords(gap))![1],
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
});

describe("a warning in words", () => {
  it("keeps its code and figures and says them", () => {
    expect(warningInWords({ code: "unconvincing", probability: 0.424 })).toEqual({
      code: "unconvincing",
      probability: 0.424,
      text: "The best split found gains with a probability of only 42 %: today's split stays.",
    });
    expect(warningInWords({ code: "extrapolated", channels: ["A", "B"] }).text).toMatch(/^A, B: more than/);
    expect(warningInWords({ code: "not-proved", detail: "no bound" }).text).toContain("(no bound)");
    expect(warningInWords({ code: "already-best" }).text).toContain("already the best");
  });
});
