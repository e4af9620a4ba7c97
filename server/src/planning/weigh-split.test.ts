import { describe, expect, it } from "vitest";
import type { ProposeInput } from "../contract/index.ts";
import { fittedChannel } from "./curves.fixture.ts";
import { NO_FACTS } from "./plan-facts.ts";
import { planSplit } from "./plan-split.ts";
import { weighOn } from "./weigh-split.ts";

const curves = {
  currency: "EUR",
  channels: [
    fittedChannel("Search", { ceiling: 2_000, halfSpend: 100, currentSpend: 100, ceilingFactors: [0.9, 1, 1.1] }),
    fittedChannel("Social", { ceiling: 300, halfSpend: 100, currentSpend: 150, ceilingFactors: [0.8, 1, 1.2] }),
  ],
  withoutCurve: [],
};
const limits: ProposeInput = { period: "week", budget: null, exact: true, maxChange: 0.2, bounds: [] };
const plan = planSplit(curves, limits);
const shift = (by: number) =>
  plan.allocation.map(({ channel, recommended }) => ({
    channel,
    amount: (Number(recommended) + (channel === "Search" ? by : -by)).toFixed(2),
  }));
const weigh = (input: ProposeInput, by: number, facts = NO_FACTS) => weighOn(curves, plan, input, shift(by), facts);

describe("what changed amounts are worth", () => {
  it("is what the plan promises where they are the recommended ones, to their cents", () => {
    expect(plan.status).toBe("optimal");
    for (const worth of [weigh(limits, 0), weighOn(curves, plan, limits, [], NO_FACTS)]) {
      expect(worth.expected.revenue).toBeCloseTo(plan.expected.revenue, 0);
      expect(worth.expected.revenueAtCurrent).toBeCloseTo(plan.expected.revenueAtCurrent, 6);
      expect(worth.expected.interval!.low).toBeCloseTo(plan.expected.interval!.low, 0);
      expect(worth.expected.interval!.high).toBeCloseTo(plan.expected.interval!.high, 0);
      expect(worth.broken).toEqual([]);
    }
  });

  it("falls with the way back to today's split, which gains nothing in any draw", () => {
    const gain = (by: number) => {
      const { revenue, revenueAtCurrent } = weigh(limits, by).expected;
      return revenue - revenueAtCurrent;
    };
    const way = Number(plan.allocation[0]!.current) - Number(plan.allocation[0]!.recommended);
    expect(gain(way / 2)).toBeLessThan(gain(0));
    expect(gain(way)).toBeCloseTo(0, 1);
    expect(weigh(limits, way).expected.interval).toMatchObject({
      low: expect.closeTo(0, 1),
      high: expect.closeTo(0, 1),
    });
  });

  it("counts from what the plan called today's spend, whatever is spent since", () => {
    const later = { ...curves, channels: curves.channels.map((channel) => ({ ...channel, currentSpend: 5 })) };
    expect(weighOn(later, plan, limits, shift(0), NO_FACTS)).toEqual(weigh(limits, 0));
  });
});

describe("limits that changed amounts break", () => {
  const socialAt = (worth: ReturnType<typeof weigh>) =>
    worth.channels.find(({ channel }) => channel === "Social")!.revenue!;
  const spent = Number(plan.allocation.find(({ channel }) => channel === "Social")!.recommended);

  it("are told with the figure and what to do, and not where they are kept", () => {
    const now = socialAt(weigh(limits, 0)) / spent;
    const floor = { ...limits, bounds: [{ channel: "Social", lower: null, upper: null, locked: false, minRoas: now }] };
    expect(weigh(floor, 0).broken).toEqual([]);
    const [broken, ...more] = weigh(floor, -100).broken;
    expect(more).toEqual([]);
    expect(broken).toMatchObject({ limit: { type: "channel_roas_floor", channel: "Social", value: now } });
    expect(broken!.actual).toBeCloseTo(socialAt(weigh(limits, -100)) / (spent + 100), 9);
    expect(broken!.text).toMatch(
      /^the limit is Social with a ROAS of at least .*, and these amounts come to .*: give Social less$/,
    );
  });

  it("are costs per conversion, capacity and contacts too, and returns over all", () => {
    const facts = {
      ...NO_FACTS,
      conversions: { Search: 0.02, Social: 0.02 },
      capacities: { calls: { Social: 0.1 } },
      touches: { Social: 10 },
    };
    const worth = weigh(limits, 0, facts);
    const total = worth.channels.reduce((sum, { revenue }) => sum + (revenue ?? 0), 0);
    const week = plan.allocation.reduce((sum, { recommended }) => sum + Number(recommended), 0);
    const asked: ProposeInput = {
      ...limits,
      maxCpa: week / (0.02 * total),
      minRoas: total / week,
      capacities: [{ name: "calls", value: 0.1 * socialAt(worth), of: { type: "conversions" }, unitsPerConversion: 1 }],
      contacts: [{ name: "letters", channels: ["Social"], people: 10 * spent, perPersonAndWeek: 1 }],
    };
    expect(weigh(asked, 0, facts).broken).toEqual([]);
    const types = weigh(asked, -100, facts).broken.map(({ limit }) => limit.type);
    expect(types.sort()).toEqual(["blended_roas_floor", "contact_cap", "cpa_ceiling", "response_cap"]);
  });
});
