import { describe, expect, it } from "vitest";
import { Plan } from "../contract/index.ts";
import { fittedChannel, freeLimits, shop, unfittedChannel } from "./curves.fixture.ts";
import { planSplit } from "./plan-split.ts";
import type { PlanLimits } from "./prepare-channels.ts";
import { curvePerPeriod } from "./revenue-curve.ts";

const noBounds = { lower: null, upper: null, locked: false };

/** The plan as it goes over the wire. */
function planFor(limits: Partial<PlanLimits>, curves: Parameters<typeof planSplit>[0] = shop): Plan {
  const plan = planSplit(curves, { ...freeLimits, ...limits });
  expect(Plan.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  return plan;
}

function rowOf(plan: Plan, channel: string): Plan["allocation"][number] {
  const row = plan.allocation.find((each) => each.channel === channel);
  if (row === undefined) throw new Error(`${channel} is not in the plan`);
  return row;
}

const recommendedTotal = (plan: Plan) => plan.allocation.reduce((sum, row) => sum + Number(row.recommended), 0);

describe("a plan", () => {
  it("moves money to where the next unit earns most, until the channels that move earn alike", () => {
    const plan = planFor({});
    expect(plan.status).toBe("optimal");
    expect(rowOf(plan, "Search").why.code).toBe("earns-more");
    expect(rowOf(plan, "Video").why.code).toBe("earns-less");
    expect(rowOf(plan, "Search").marginalRoas).toBeCloseTo(rowOf(plan, "Video").marginalRoas!, 3);
    expect(recommendedTotal(plan)).toBeCloseTo(160, 8);
    expect(plan.expected.revenue).toBeGreaterThan(plan.expected.revenueAtCurrent);
    expect(plan.expected.probabilityOfGain).toBe(1);
    expect(plan.certificate.gap).toBeLessThan(1e-7);
  });

  it("is the same in another currency", () => {
    const factor = 1_000;
    const dear = {
      ...shop,
      channels: shop.channels.map((fitted) => ({
        ...fitted,
        curve: curvePerPeriod(fitted.curve, factor),
        draws: fitted.draws.map((draw) => curvePerPeriod(draw, factor)),
        currentSpend: fitted.currentSpend * factor,
        largestSpendSeen: fitted.largestSpendSeen * factor,
      })),
    };
    const plan = planFor({ budget: 200 });
    const scaled = planFor({ budget: 200 * factor }, dear);
    for (const { channel, recommended, why } of plan.allocation) {
      expect(Number(rowOf(scaled, channel).recommended) / factor).toBeCloseTo(Number(recommended), 1);
      expect(rowOf(scaled, channel).why.code).toBe(why.code);
    }
    expect(scaled.expected.revenue / factor).toBeCloseTo(plan.expected.revenue, 6);
  });

  it("never earns less with a looser limit", () => {
    const revenues = [0, 0.1, 0.3, 1, null].map((maxChange) => planFor({ maxChange }).expected.revenue);
    for (const [i, revenue] of revenues.slice(1).entries())
      expect(revenue).toBeGreaterThanOrEqual(revenues[i]! * (1 - 1e-9));
    expect(revenues.at(-1)).toBeGreaterThan(revenues[0]!);
  });

  it("prices the total by what one more unit really brings", () => {
    const [plan, more] = [planFor({ budget: 160 }), planFor({ budget: 161 })];
    const price = plan.shadowPrices.find(({ limit }) => limit.type === "total_spend")?.price;
    expect(price).toBeCloseTo(more.expected.revenue - plan.expected.revenue, 1);
    expect(rowOf(plan, "Search").why.marginalPlan).toBe(price);
  });

  it("warns of spend that was never seen, naming the channel", () => {
    const plan = planFor({ budget: 600 });
    expect(plan.warnings).toEqual([
      { code: "extrapolated", channels: ["Search", "Video"], text: expect.stringContaining("Search, Video") },
    ]);
    expect(rowOf(plan, "Search").flags).toContain("extrapolated");
  });
});

describe("a channel whose spend hardly varied", () => {
  it("keeps its spend to the cent and says why, though its curve promises the most", () => {
    for (const limits of [{}, { maxChange: 0.2 }, { budget: 300 }, { period: "month" as const }]) {
      const email = rowOf(planFor(limits), "Email");
      expect(email.recommended).toBe(email.current);
      expect(email).toMatchObject({ marginalRoas: null, why: { code: "unidentified" }, flags: ["little-variation"] });
      expect(email.reason).toMatch(/hardly varied.*vary it on purpose/);
    }
  });

  it("has no price: nobody can tell what more of it would bring", () => {
    const { shadowPrices } = planFor({});
    expect(shadowPrices.length).toBeGreaterThan(0);
    expect(shadowPrices.filter(({ limit }) => "channel" in limit && limit.channel === "Email")).toEqual([]);
  });

  it("is planned on its curve where the caller gave bounds for it", () => {
    const plan = planFor({ bounds: [{ channel: "Email", ...noBounds, upper: 25 }] });
    expect(rowOf(plan, "Email")).toMatchObject({ recommended: "25.00", why: { code: "at-upper" } });
  });

  it("is cut rather than making a small budget impossible", () => {
    const plan = planFor({ budget: 6 });
    expect(plan.status).toBe("optimal");
    expect(recommendedTotal(plan)).toBeCloseTo(6, 8);
    expect(Number(rowOf(plan, "Email").recommended)).toBeLessThan(10);
    expect(rowOf(plan, "Email").why.code).not.toBe("unidentified");
  });

  it("makes room for a floor that was asked for", () => {
    const plan = planFor({ budget: 100, bounds: [{ channel: "Video", ...noBounds, lower: 97 }] });
    expect(plan.status).toBe("optimal");
    expect(Number(rowOf(plan, "Video").recommended)).toBeGreaterThanOrEqual(97);
    expect(recommendedTotal(plan)).toBeCloseTo(100, 8);
  });
});

describe("a channel without a curve", () => {
  it("keeps its spend, has no price and no marginal return", () => {
    const plan = planFor({}, { ...shop, withoutCurve: [unfittedChannel("Radio", 40)] });
    const radio = rowOf(plan, "Radio");
    expect(radio).toMatchObject({
      current: "40.00",
      recommended: "40.00",
      marginalRoas: null,
      why: { code: "no-curve" },
    });
    expect(plan.shadowPrices.filter(({ limit }) => "channel" in limit && limit.channel === "Radio")).toEqual([]);
    expect(recommendedTotal(plan)).toBeCloseTo(200, 8);
  });
});

describe("today's split stays", () => {
  it("where it is the best one", () => {
    const first = planFor({});
    const moved = {
      ...shop,
      channels: shop.channels.map((each) => ({
        ...each,
        currentSpend: Number(rowOf(first, each.channel).recommended),
      })),
    };
    const plan = planFor({}, moved);
    expect(plan.status).toBe("leave");
    expect(plan.warnings).toEqual([{ code: "already-best", text: expect.any(String) }]);
    expect(plan.allocation.every(({ current, recommended }) => current === recommended)).toBe(true);
  });

  it("where too few draws agree that the best split gains", () => {
    const unsure = {
      ...shop,
      channels: [
        fittedChannel("Search", { ceiling: 300, halfSpend: 100, currentSpend: 60, ceilingFactors: [2, 0.5, 0.5] }),
        fittedChannel("Video", { ceiling: 240, halfSpend: 100, currentSpend: 60, ceilingFactors: [1, 1, 1] }),
      ],
    };
    const plan = planFor({}, unsure);
    expect(plan.status).toBe("leave");
    expect(plan.warnings).toMatchObject([{ code: "unconvincing", probability: expect.closeTo(1 / 3, 10) }]);
    expect(plan.warnings[0]?.text).toContain("33 %");
  });

  it("not where it breaks a limit, however little the plan convinces", () => {
    const flat = {
      ...shop,
      channels: [
        fittedChannel("Search", { ceiling: 300, halfSpend: 100, currentSpend: 60, ceilingFactors: [0.5, 0.5, 2] }),
        fittedChannel("Video", { ceiling: 300, halfSpend: 100, currentSpend: 60, ceilingFactors: [1, 1, 1] }),
      ],
    };
    const group = { type: "group_spend", name: "Brand", members: ["Search"], min: 70, max: null } as const;
    expect(planFor({ constraints: [group] }, flat)).toMatchObject({ status: "optimal" });
    expect(planFor({ exact: true, budget: 100 }, flat)).toMatchObject({ status: "optimal" });
  });

  it("not where spending less pays by the objective that was asked for", () => {
    const plan = planFor({ objective: { type: "max_profit", response_weight: 0.2, spend_weight: -1 } });
    expect(plan.status).toBe("optimal");
    expect(recommendedTotal(plan)).toBeLessThan(160);
  });
});

describe("limits that contradict each other", () => {
  const floors = ["Search", "Video"].map((channel) => ({ channel, ...noBounds, lower: 80.123 }));
  const plan = planFor({ budget: 100, bounds: floors });

  it("are listed by code and in words, beside today's split", () => {
    expect(plan.status).toBe("infeasible");
    expect(plan.conflict).toEqual([
      { type: "channel_min", channel: "Search", value: 80.123, text: "Search at least 80.12 a day" },
      { type: "channel_min", channel: "Video", value: 80.123, text: "Video at least 80.12 a day" },
      { type: "total_spend", sense: "<=", value: 100, text: "spend at most 100 a day in total" },
    ]);
    expect(plan.allocation.every(({ current, recommended }) => current === recommended)).toBe(true);
  });

  it("come with repairs of which each one, typed in as printed, makes a plan possible", () => {
    expect(plan.repair.length).toBe(3);
    for (const repair of plan.repair) {
      expect(repair.text).toContain(`change it to ${repair.to.toLocaleString("en-US")}`);
      const bounds = floors.map((each) =>
        repair.type === "channel_min" && repair.channel === each.channel ? { ...each, lower: repair.to } : each,
      );
      const budget = repair.type === "total_spend" ? repair.to : 100;
      expect(planFor({ budget, bounds }).status).toBe("optimal");
    }
  });
});

describe("an exact total that asks for more than pays", () => {
  it("has a price below 0", () => {
    const plan = planFor({
      budget: 500,
      exact: true,
      objective: { type: "max_profit", response_weight: 0.2, spend_weight: -1 },
    });
    const total = plan.shadowPrices.find(({ limit }) => limit.type === "total_spend");
    expect(total?.limit).toEqual({ type: "total_spend", sense: "=", value: 500 });
    expect(total?.price).toBeLessThan(0);
  });
});
