import { describe, expect, it } from "vitest";
import { MoveReason } from "../contract/index.ts";
import { reasonInWords } from "./reason-words.ts";

const video = { channel: "Video", move: -400, currency: "EUR", goal: "revenue", isGiven: false } as const;
const none = { averageOfMove: null, stop: null };

describe("the reason of a move in words", () => {
  it("is told from its figures, with the limit that stops it", () => {
    const why = {
      code: "at-upper",
      ...{ marginalNow: 2.4, marginalThen: 1.9, marginalPlan: 1.3, averageOfMove: 2.1 },
      stop: { type: "change_limit_pct", channel: "Search", value: 20 },
    } as const;
    expect(reasonInWords({ ...video, channel: "Search", move: 1_200 }, why)).toBe(
      "Search +1,200: its next euro brings 2.40, the average of what is moved brings 2.10; stops at your +20 % limit, where the next would still bring 1.90.",
    );
  });

  it("names the channel and ends as a sentence, for every code, with and without figures", () => {
    expect(MoveReason.shape.code.options.length).toBeGreaterThan(5);
    for (const code of MoveReason.shape.code.options) {
      for (const figure of [1.25, null]) {
        const why = { code, marginalNow: figure, marginalThen: figure, marginalPlan: figure, ...none };
        expect(reasonInWords(video, why)).toMatch(/\bVideo\b.*[^.]\.$/);
        expect(reasonInWords(video, why)).not.toMatch(/null|undefined|NaN/);
      }
    }
  });

  it("stops at a shared limit, or where the next unit still brings more than the plan settles at", () => {
    const figures = { marginalNow: 2, marginalThen: 1.5, marginalPlan: 0.3, averageOfMove: 1.7 };
    const group = { type: "group_max", group: "video", value: 9_000 } as const;
    const words = (stop: MoveReason["stop"]) =>
      reasonInWords({ ...video, move: 400 }, { code: "earns-more", ...figures, stop });
    expect(words(group)).toContain("; it stops at the cap of 9,000 of video.");
    expect(words(null)).toContain("; it stops where the next would still bring 1.50.");
  });

  it("counts in what the plan is for", () => {
    const why = { code: "earns-more", marginalNow: 0.0312, marginalThen: 0.02, marginalPlan: 0.02, ...none } as const;
    const reason = reasonInWords({ ...video, channel: "Search", move: 10, currency: "XXX", goal: "conversions" }, why);
    expect(reason).toContain("its next unit of money brings 0.031 conversions");
    const profit = { ...video, goal: "profit" } as const;
    expect(reasonInWords(profit, why)).toContain("brings 0.031 of margin");
    expect(reasonInWords({ ...profit, isGiven: true }, why)).not.toContain("margin");
  });
});

describe("the reason of a cut in words", () => {
  const cut = { code: "earns-less", marginalNow: 2.12, marginalThen: 3.4, ...none } as const;

  it("is the comparison with the plan only where the channel earns less than the plan", () => {
    expect(reasonInWords(video, { ...cut, marginalPlan: 3.4 })).toBe(
      "Video -400: its last euro brings 2.12, less than the 3.40 that the plan settles at.",
    );
    expect(reasonInWords(video, { ...cut, marginalPlan: 1.1 })).toBe(
      "Video -400: stopped by the budget, or by a limit that it shares with other channels; the next euro there would still bring 3.40.",
    );
  });

  it("is the budget where nothing is left to spend", () => {
    expect(reasonInWords(video, { ...cut, marginalPlan: null })).toBe(
      "Video -400: the budget ends before it; the next euro there would still bring 3.40.",
    );
  });
});
