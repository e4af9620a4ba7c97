import { describe, expect, it } from "vitest";
import type { AllocationRow, ChannelBounds, Plan, ProposeInput } from "../contract/index.ts";
import { requireAllowedSplit, withDecided } from "./decided-split.ts";

const allocation = [
  { channel: "Search", current: "100.00", recommended: "110.00" },
  { channel: "Social", current: "50.00", recommended: "45.00" },
  { channel: "Video", current: "30.00", recommended: "25.00" },
] as AllocationRow[];
const plan = { allocation, budget: "180.00", period: "week", currency: "EUR" } as Plan;
const input: ProposeInput = { period: "week", budget: null, exact: true, maxChange: null, bounds: [] };
const own = (channel: string, limits: Partial<ChannelBounds>): ProposeInput => ({
  ...input,
  bounds: [{ channel, lower: null, upper: null, locked: false, ...limits }],
});
const ask = (amounts: Readonly<Record<string, string>>, limits = input, of = plan) =>
  requireAllowedSplit(
    of,
    limits,
    Object.entries(amounts).map(([channel, amount]) => ({ channel, amount })),
  );

describe("amounts in place of the recommended ones", () => {
  it("are kept where they differ, and nothing is changed where none does", () => {
    expect(ask({ Search: "110", Social: "45.0" })).toBeNull();
    expect(ask({ Search: "105.50", Social: "49.50", Video: "25.00" })).toEqual([
      { channel: "Search", amount: "105.50" },
      { channel: "Social", amount: "49.50" },
    ]);
  });

  it("leave the plan as it was recommended, beside what was decided", () => {
    const decided = withDecided(plan, [{ channel: "Search", amount: "100.00" }]);
    expect(decided.allocation.map(({ recommended }) => recommended)).toEqual(["100.00", "45.00", "25.00"]);
    expect(plan.allocation[0]!.recommended).toBe("110.00");
    expect(withDecided(plan, null)).toBe(plan);
  });

  it("add up to the plan's total, to the cent, and the sentence says by how much they do not", () => {
    expect(() => ask({ Search: "110.01" })).toThrow(
      "add up to 180.01 EUR a week, 0.01 EUR more than the plan's 180.00 EUR: take 0.01 EUR from another channel",
    );
    expect(() => ask({ Search: "100" })).toThrow("170.00 EUR a week, 10.00 EUR less than the plan's 180.00 EUR: give");
  });

  it("may be less in all where the budget need not be spent, and never more", () => {
    const atMost = { ...input, exact: false };
    expect(ask({ Search: "100" }, atMost)).toHaveLength(1);
    expect(ask({ Search: "120" }, atMost, { ...plan, budget: "200.00" })).toHaveLength(1);
    expect(() => ask({ Search: "130.01" }, atMost, { ...plan, budget: "200.00" })).toThrow("0.01 EUR more than");
  });

  it("are of channels that the plan has", () => {
    expect(() => ask({ Radio: "10" })).toThrow('"Radio" is no channel of this plan, which has Search, Social, Video');
  });

  it.each([
    ["locked", { locked: true }, { Social: "50", Video: "20" }, { Social: "49", Video: "21" }],
    ["fixed", { fixed: 48 }, { Social: "48", Video: "22" }, { Social: "47", Video: "23" }],
    ["at least", { lower: 40 }, { Social: "40", Video: "30" }, { Social: "39.98", Video: "30.02" }],
    ["at most", { upper: 48 }, { Social: "48", Video: "22" }, { Social: "48.02", Video: "21.98" }],
    ["nothing or at least", { minimumIfOn: 40 }, { Social: "0", Video: "70" }, { Social: "20", Video: "50" }],
    ["whole multiple", { step: 10 }, { Social: "40", Video: "30" }, { Social: "44", Video: "26" }],
  ] as const)("keep the limit of a channel: %s", (words, limits, kept, broken) => {
    expect(ask(kept, own("Social", limits))).toHaveLength(2);
    expect(() => ask(broken, own("Social", limits))).toThrow(words);
    expect(() => ask(broken, own("Social", limits))).toThrow(/^Social cannot be /);
  });

  it("change a channel by no more than the plan was allowed to", () => {
    const limits = { ...input, maxChange: 0.2 };
    expect(ask({ Search: "115", Social: "40" }, limits)).toHaveLength(2);
    expect(() => ask({ Search: "120.02", Social: "40", Video: "19.98" }, limits)).toThrow("at most 20 % of today's");
  });

  it("keep what several channels share", () => {
    const groups = [{ name: "Paid", members: ["Search", "Social"], min: 150, max: 156 }];
    expect(ask({ Search: "111", Video: "24" }, { ...input, groups })).toHaveLength(2);
    expect(() => ask({ Search: "112", Video: "23" }, { ...input, groups })).toThrow(
      "at most 156.00 EUR a week is allowed",
    );
    expect(() => ask({ Search: "104", Video: "31" }, { ...input, groups })).toThrow("at least 150.00 EUR a week");
  });
});
