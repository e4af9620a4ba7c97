import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Plan, ProposeInput, Scenario, ScenarioComparison, ScenarioSummary } from "@touchline/server/contract";
import { writeSimulatedShop } from "@touchline/server/demo";
import { appRouter } from "@touchline/server/router";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requestOf } from "../support/members.ts";
import { openWorld, type World } from "../support/world.ts";

const weekly: ProposeInput = { period: "week", budget: null, exact: false, maxChange: null, bounds: [] };

let world: World;
let folder: string;
let api: ReturnType<(typeof appRouter)["createCaller"]>["planning"];
/** Spend of a week today, together. */
let today: number;
/** A week, with every channel that has a curve free to go wherever its curve says. */
let free: ProposeInput;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "touchline-scenarios-"));
  world = await openWorld();
  const shop = await writeSimulatedShop(folder, { people: 3_000, days: 200, seed: 9 });
  await world.json("import", "touchpoints", shop.touchpoints);
  await world.json("import", "spend", shop.spend);
  await world.json("import", "conversions", world.file("valued.csv", withPredictedValues(shop.conversions)));
  api = appRouter.createCaller(await requestOf(world.house, "default", "olga", "owner")).planning;
  today = Number((await api.propose(weekly)).budget);
  const { channels } = await api.curves();
  free = {
    ...weekly,
    bounds: channels.map(({ channel }) => ({ channel, lower: 0, upper: null, locked: false })),
  };
}, 120_000);
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The shop's conversions, each with a predicted value of three times its revenue. */
function withPredictedValues(file: string): string {
  const [head, ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
  const at = head!.split(",").indexOf("revenue");
  const values = lines.map((line) => `${line},${(3 * Number(line.split(",")[at])).toFixed(2)}`);
  return [`${head},predicted_value`, ...values].join("\n");
}

const amounts = ({ allocation }: Plan) => Object.fromEntries(allocation.map((row) => [row.channel, row.recommended]));
const total = ({ allocation }: Plan) => allocation.reduce((sum, { recommended }) => sum + Number(recommended), 0);

describe("what a plan is for", () => {
  test("predicted values in proportion to revenue give the plan of revenue, worth so many times more", async () => {
    const byRevenue = await api.propose({ ...weekly, budget: today * 0.8 });
    const byValue = await api.propose({ ...weekly, budget: today * 0.8, goal: "value" });
    expect(byRevenue.status).toBe("optimal");
    for (const [channel, amount] of Object.entries(amounts(byRevenue)))
      expect(Number(amounts(byValue)[channel])).toBeCloseTo(Number(amount), 1);
    expect(byValue.expected.goal).toMatchObject({ goal: "value" });
    expect(byValue.expected.goal.value).toBeCloseTo(3 * byValue.expected.revenue, 1);
    expect(byValue.sources.channels.every(({ worth }) => Math.abs(worth - 3) < 0.01)).toBe(true);
  });

  test("margin and conversions are counted as the channels' conversions have them", async () => {
    const { hasMargin, hasValue, productGroups } = await api.choices();
    expect({ hasMargin, hasValue }).toEqual({ hasMargin: true, hasValue: true });
    expect(productGroups).toContain("Home");
    const margin = await api.propose({ ...weekly, budget: today * 0.8, goal: "margin" });
    const share = margin.expected.goal.value / margin.expected.revenue;
    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.45);
    const conversions = await api.propose({ ...weekly, budget: today * 0.8, goal: "conversions" });
    const orderValue = conversions.expected.revenue / conversions.expected.goal.value;
    expect(orderValue).toBeGreaterThan(40);
    expect(orderValue).toBeLessThan(140);
  });

  test("a product group that is all that counts leaves its own share of the goal", async () => {
    const { productGroups } = await api.choices();
    const only = productGroups.map((productGroup) => ({ productGroup, weight: productGroup === "Women" ? 1 : 0 }));
    const plan = await api.propose({ ...weekly, budget: today * 0.8, productWeights: only });
    const share = plan.expected.goal.value / plan.expected.revenue;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.5);
    await expect(api.propose({ ...weekly, productWeights: [{ productGroup: "Yachts", weight: 2 }] })).rejects.toThrow(
      /"Yachts"; there are .*Women/,
    );
  });

  test("a target takes the least money, and what it costs is what the frontier says", async () => {
    const { best } = (await api.frontier({ limits: weekly, budgets: [today * 0.6] })).points[0]!;
    const target = best!.revenue;
    const found = await api.goalSeek({ limits: weekly, seek: { type: "least-spend", target } });
    expect(found.status).toBe("reached");
    expect(found.best!.spend).toBeCloseTo(today * 0.6, 3);
    expect(found.marginalCost! * best!.marginal!).toBeCloseTo(1, 4);
    const plan = await api.propose({ ...weekly, target });
    expect(total(plan)).toBeCloseTo(found.best!.spend, 1);
    const more = await api.propose({ ...free, target: 1.1 * plan.expected.revenueAtCurrent });
    expect(more.expected.revenue).toBeGreaterThanOrEqual(1.1 * plan.expected.revenueAtCurrent * (1 - 1e-4));
    expect(total(more)).toBeCloseTo(Number(more.budget), 2);
    const far = await api.goalSeek({ limits: weekly, seek: { type: "least-spend", target: 1e9 } });
    expect(far.status).toBe("unreachable");
    expect(far.mostReachable).toBeLessThan(1e9);
    expect(far.text).toMatch(/no plan within the limits reaches it; .* can be reached/);
  });

  test("limits on return, cost, stock and messages hold", async () => {
    const best = await api.propose({ ...free, budget: today * 0.8 });
    const roas = best.expected.revenue / total(best);
    const held = await api.propose({ ...free, budget: today * 0.8, minRoas: roas * 1.1 });
    expect(held.expected.revenue / total(held)).toBeGreaterThanOrEqual(roas * 1.1 * (1 - 1e-4));
    const orders = (await api.propose({ ...free, budget: today * 0.8, goal: "conversions" })).expected.goal.value;
    const calls = { name: "calls", value: orders / 2, of: { type: "conversions" as const }, unitsPerConversion: 1 };
    const served = await api.propose({ ...free, budget: today * 0.8, goal: "conversions", capacities: [calls] });
    expect(served.expected.goal.value).toBeLessThanOrEqual((orders / 2) * (1 + 1e-6));
    expect(served.shadowPrices.map(({ limit }) => limit.type)).toContain("response_cap");
    const spent = Number(amounts(best)["Paid Social"]);
    const contacts = [{ name: "pressure", channels: ["Paid Social"], people: 100, perPersonAndWeek: 0.5 }];
    const calm = await api.propose({ ...free, budget: today * 0.8, contacts });
    expect(Number(amounts(calm)["Paid Social"])).toBeLessThan(spent);
  });

  test("all or nothing, steps and commitments hold, and are proved best over all", async () => {
    const bounds = free.bounds.map((each) => {
      if (each.channel === "Paid Social") return { ...each, step: 25 };
      if (each.channel === "Retargeting") return { ...each, minimumIfOn: today / 2 };
      return each.channel === "Display" ? { ...each, fixed: 12.34 } : each;
    });
    const plan = await api.propose({ ...weekly, budget: today * 0.8, bounds });
    expect(plan.status).toBe("optimal");
    const spends = amounts(plan);
    expect(Number(spends["Paid Social"]) % 25).toBeCloseTo(0, 6);
    const retargeting = Number(spends.Retargeting);
    expect(retargeting === 0 || retargeting >= today / 2 - 0.01).toBe(true);
    expect(spends.Display).toBe("12.34");
    expect(plan.certificate).toMatchObject({ scope: "global" });
    expect(plan.certificate.gap).toBeLessThan(1e-5);
  });
});

describe("studies of a plan", () => {
  test("the frontier rises, flattens, and passes through the plan that is proposed", async () => {
    const { points, today: now, sources, breakEven, warnings } = await api.frontier({ limits: free });
    expect(warnings).toEqual([]);
    const values = points.map(({ best }) => best?.value ?? Number.NaN);
    expect(values.length).toBeGreaterThan(15);
    for (const [i, value] of values.slice(1).entries()) expect(value).toBeGreaterThanOrEqual(values[i]! * (1 - 1e-9));
    const marginals = points.map(({ best }) => best!.marginal!);
    for (const [i, marginal] of marginals.slice(1).entries())
      expect(marginal).toBeLessThanOrEqual(marginals[i]! + 1e-6);
    const [at] = (await api.frontier({ limits: free, budgets: [today] })).points;
    const plan = await api.propose({ ...free, budget: today * 0.9 });
    const [same] = (await api.frontier({ limits: free, budgets: [today * 0.9] })).points;
    expect(same!.best!.value).toBeCloseTo(plan.expected.revenue, 4);
    expect(at!.best!.value).toBeGreaterThanOrEqual(now.value * (1 - 1e-9));
    expect(sources.run).toMatch(/^[0-9a-f-]{36}$/);
    expect(breakEven === null || breakEven > 0).toBe(true);
  });

  test("what if: no spend of a channel beats the plan, and the plan's own is the best", async () => {
    const { points, recommended } = await api.whatIf({ limits: weekly, channel: "Paid Social" });
    for (const { againstPlan } of points) expect(againstPlan ?? 0).toBeLessThanOrEqual(1e-6);
    const [own] = (await api.whatIf({ limits: weekly, channel: "Paid Social", spends: [recommended] })).points;
    expect(own!.againstPlan).toBeCloseTo(0, 4);
    await expect(api.whatIf({ limits: weekly, channel: "Radio" })).rejects.toThrow(/"Radio" has no spend: try one of/);
  });

  test("the highest ROAS falls with the spend that is asked for, and no plan of the frontier has a higher one", async () => {
    const [half, most] = [0.5, 0.9].map((share) => share * today);
    const best = await api.goalSeek({ limits: weekly, seek: { type: "highest-roas", minSpend: half! } });
    const more = await api.goalSeek({ limits: weekly, seek: { type: "highest-roas", minSpend: most! } });
    expect(best.best!.spend).toBeGreaterThanOrEqual(half! * (1 - 1e-9));
    expect(best.best!.roas).toBeGreaterThanOrEqual(more.best!.roas!);
    const { points } = await api.frontier({ limits: weekly, budgets: [half!] });
    expect(best.best!.roas).toBeGreaterThanOrEqual(points[0]!.best!.roas! * (1 - 1e-6));
  });

  test("caution gives up some of the mean", async () => {
    const bold = await api.propose({ ...free, budget: today * 0.7 });
    const careful = await api.propose({ ...weekly, budget: today * 0.7, caution: 1 });
    expect(careful.status).toBe("optimal");
    expect(careful.expected.revenue).toBeLessThanOrEqual(bold.expected.revenue * 1.001);
    expect(careful.certificate.gap).toBeLessThan(1e-6);
  });
});

describe("a plan by week", () => {
  const ahead = { limits: { ...weekly, maxChange: 0.5 }, weeks: 6, start: null };

  test("spends no more than its weeks may, follows the season, and beats the same money in equal weeks", async () => {
    const plan = await api.weeks(ahead);
    expect(plan.status).toBe("optimal");
    expect(plan.weeks).toHaveLength(6);
    expect(plan.weeks.every(({ from }) => new Date(`${from}T00:00:00Z`).getUTCDay() === 1)).toBe(true);
    const spent = plan.weeks.reduce((sum, { spend }) => sum + Number(spend), 0);
    expect(spent).toBeLessThanOrEqual(6 * today * (1 + 1e-9) + 0.05);
    for (const [week, { spend }] of plan.weeks.entries())
      expect(plan.channels.reduce((sum, row) => sum + Number(row.spend[week]), 0)).toBeCloseTo(Number(spend), 6);
    expect(plan.season.basis).toBe("short");
    expect(plan.season.text).toMatch(/stand on 20. days/);
    expect(plan.expected.value).toBeGreaterThanOrEqual(plan.expected.valueIfFlat! * (1 - 1e-4));
    expect(plan.certificate!.gap).toBeLessThan(1e-6);
  });

  test("buys less where a touch is dear, keeps commitments and pacing, and refuses what it does not know", async () => {
    const start = (await api.weeks(ahead)).weeks[0]!.from;
    const dear = { channel: "Paid Social", from: start, to: start, factor: 8 };
    const cheap = await api.weeks({ ...ahead, limits: weekly });
    const priced = await api.weeks({ ...ahead, limits: weekly, prices: [dear] });
    const first = ({ channels }: typeof cheap) =>
      Number(channels.find(({ channel }) => channel === "Paid Social")!.spend[0]);
    expect(first(priced)).not.toBeCloseTo(first(cheap), 0);
    const held = await api.weeks({ ...ahead, commitments: [{ channel: "Display", week: 3, amount: 12.34 }] });
    expect(held.channels.find(({ channel }) => channel === "Display")!.spend[2]).toBe("12.34");
    const steady = await api.weeks({ ...ahead, pacing: 0.05 });
    expect(steady.status).toBe("optimal");
    for (const { current, spend } of steady.channels)
      for (const [week, amount] of spend.entries()) {
        const before = Number(week === 0 ? current : spend[week - 1]);
        expect(Math.abs(Number(amount) - before)).toBeLessThanOrEqual(0.05 * before + 0.011);
      }
    await expect(api.weeks({ ...ahead, limits: { ...weekly, minRoas: 2 } })).rejects.toThrow(
      /a plan by week does not know a lowest ROAS/,
    );
  });

  test("whose limits contradict each other names them", async () => {
    const plan = await api.weeks({ ...ahead, weekly: { min: 50 * today, max: null } });
    expect(plan.status).toBe("infeasible");
    expect(plan.conflict.map(({ text }) => text).join()).toMatch(/spend at least .* a week/);
  });
});

describe("scenarios", () => {
  const limits = { ...weekly, maxChange: 0.2 };
  let saved: Scenario;

  test("are saved with the plan that they gave, and a name is taken once", async () => {
    saved = await api.scenarios.save({ name: "Base", input: limits, replace: false });
    expect(saved.plan.allocation.length).toBeGreaterThan(3);
    expect(saved.run).toBe(saved.plan.sources.run);
    await expect(api.scenarios.save({ name: "base", input: limits, replace: false })).rejects.toThrow(
      /a scenario is called "Base" already/,
    );
    const [listed] = await api.scenarios.list();
    expect(listed).toMatchObject({ id: saved.id, name: "Base", input: limits, status: saved.plan.status });
    expect(Number(listed!.spend)).toBeCloseTo(total(saved.plan), 8);
  });

  test("are what the next plan is told apart from: which limits, which channels, and how much by which", async () => {
    const same = await api.propose(limits);
    expect(same.changes).toMatchObject({ since: { name: "Base" }, limits: [], channels: [] });
    const other = await api.propose({ ...limits, maxChange: null, budget: today * 0.5 });
    expect(other.changes!.limits.map(({ code }) => code)).toEqual(["budget", "max-change"]);
    expect(other.changes!.channels.length).toBeGreaterThan(0);
    for (const { code, byData, before, after, byLimits } of other.changes!.channels) {
      expect(code).toBe("limits");
      expect(byData).toBeCloseTo(0, 6);
      expect(byLimits).toBeCloseTo(Number(after) - Number(before), 6);
    }
    expect(other.changes!.text).toMatch(/^Against "Base", saved on .*, 2 limits read otherwise/);
  });

  test("stand beside each other by the day, whatever their periods, frozen and as they would be today", async () => {
    const monthly = { ...limits, period: "month" as const };
    await api.scenarios.save({ name: "By the month", input: monthly, replace: false });
    const compared = await api.scenarios.compare({ ids: ["base", "By the month"], recompute: true });
    expect(compared.scenarios.map(({ scenario }) => scenario.name)).toEqual(["Base", "By the month"]);
    for (const { saved: spends, today: now } of compared.channels) {
      expect(spends[0]).toBeCloseTo(spends[1]!, 1);
      expect(now[0]).toBeCloseTo(spends[0]!, 6);
    }
    expect(compared.scenarios[0]!.today!.changes.channels).toEqual([]);
    await expect(api.scenarios.compare({ ids: ["nothing"], recompute: false })).rejects.toThrow(
      /no scenario is called "nothing"; there are "By the month", "Base"/,
    );
  });

  test("are renamed, replaced and removed for good", async () => {
    const renamed = await api.scenarios.rename({ id: saved.id, name: "Autumn" });
    expect(renamed).toMatchObject({ id: saved.id, name: "Autumn" });
    await expect(api.scenarios.rename({ id: saved.id, name: "by the month" })).rejects.toThrow(/already/);
    const replaced = await api.scenarios.save({ name: "AUTUMN", input: weekly, replace: true });
    expect(replaced.id).toBe(saved.id);
    await api.scenarios.remove({ id: saved.id });
    expect((await api.scenarios.list()).map(({ name }) => name)).toEqual(["By the month"]);
    await expect(api.scenarios.remove({ id: saved.id })).rejects.toThrow(/no scenario is called/);
  });

  test("are worked with on the command line as on the page", async () => {
    const made = (await world.json("scenarios", "save", "Lean", "--budget", String(Math.round(today / 2)))) as Scenario;
    expect(made.input).toMatchObject({ period: "week", budget: Math.round(today / 2) });
    const listed = (await world.json("scenarios", "list")) as ScenarioSummary[];
    expect(listed.map(({ name }) => name)).toEqual(["Lean", "By the month"]);
    const beside = (await world.json("scenarios", "compare", "Lean", "By the month")) as ScenarioComparison;
    expect(beside.scenarios).toHaveLength(2);
    expect((await world.run("scenarios", "compare", "Lean", "By the month", "--recompute")).stdout).toMatch(
      /Spend a day +Lean +today +By the month +today/,
    );
    await world.json("scenarios", "save", "Worth", "--objective", "value");
    const weeks = (await world.run("scenarios", "compare", "Lean", "Worth")).stdout;
    expect(weeks).toMatch(/Spend a week +Lean +Worth/);
    expect(weeks).toMatch(/Brings a week +[\d,.]+ revenue +[\d,.]+ predicted value/);
    expect(weeks).toMatch(/\nWorth: \+?-?[\d,]+ predicted value .*a week/);
    await world.json("scenarios", "delete", "Worth");
    const taken = await world.run("scenarios", "save", "lean");
    expect(taken).toMatchObject({ exitCode: 1 });
    expect(taken.stderr).toMatch(/a scenario is called "Lean" already: choose another name, or replace it/);
    await world.json("scenarios", "delete", "Lean");
    expect((await world.run("scenarios", "list")).stdout).not.toContain("Lean");
  });

  test("of one workspace are not another's", async () => {
    const other = appRouter.createCaller(await requestOf(world.house, "elsewhere", "otto", "owner")).planning;
    const [known] = await api.scenarios.list();
    expect(await other.scenarios.list()).toEqual([]);
    await expect(other.scenarios.remove({ id: known!.id })).rejects.toThrow(/none is saved/);
    expect(await api.scenarios.list()).toHaveLength(1);
  });
});
