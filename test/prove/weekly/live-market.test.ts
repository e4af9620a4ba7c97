import { expect, test } from "vitest";
import { prepareWorth } from "../market/worth.ts";
import { findBestResponse } from "./best-response.ts";
import { proveWeekly } from "./live-market.ts";
import type { LivingMarket } from "./living-market.ts";
import type { Decision, RunCommand } from "./planner.ts";
import { summariseWeeks } from "./weekly-summary.ts";
import { weeklyInWords } from "./weekly-words.ts";

const ORDER = { kind: "clean", seed: 7, size: 0.05, weeks: 3 } as const;
const ENTRY: Omit<Decision, "split"> = { state: "applied", outcome: "", promised: 0, held: new Map(), rules: {} };

/** Knows the truth, and goes the way that the rails leave open. */
function allKnowing(market: LivingMarket, learnt: string[], run: RunCommand) {
  const worth = prepareWorth(market.worthFacts);
  let from: ArrayLike<number> = market.today;
  return async (now: Date): Promise<Decision> => {
    const { stdout } = await run(now, "health", "--json");
    learnt.push(stdout);
    from = findBestResponse({ worth, from, held: market.channels.map(({ isPaid }) => !isPaid) });
    return { ...ENTRY, split: new Map(market.channels.map(({ name }, i) => [name, from[i]!])) };
  };
}

test("who knows the truth captures all that the rails allow, and every week's rows are in the product's data", async () => {
  const learnt: string[] = [];
  const result = await proveWeekly(ORDER, {
    preparePlanner: (run, _, market) => ({ plan: allKnowing(market, learnt, run) }),
  });
  const summary = summariseWeeks(result);
  expect(summary.captured).toBeCloseTo(1, 3);
  expect(summary).toMatchObject({ losses: 0, breaches: 0, underWater: 0, states: { applied: 3 } });
  expect(new Set(learnt).size).toBe(3);
  expect(result.weeks.map(({ date }) => new Date(date).getUTCDay())).toEqual([1, 1, 1]);
  expect(weeklyInWords([result])).toContain("from 1 of at least");
});

test("where nothing is decided nothing is gained, lost or broken", async () => {
  const plan = () => Promise.resolve({ ...ENTRY, state: "nothing", split: null });
  const result = await proveWeekly({ ...ORDER, weeks: 2 }, { preparePlanner: () => ({ plan }) });
  const summary = summariseWeeks(result);
  expect(summary).toMatchObject({ gained: 0, captured: 0, losses: 0, breaches: 0, budgetDrift: 0 });
  expect(summary.allowed).toBeGreaterThan(0.01);
});

test("the product's own weekly command decides one plan a week, and what it applies keeps the rails", async () => {
  const { weeks } = await proveWeekly({ ...ORDER, seed: 1001, size: 0.1, weeks: 2 });
  expect(weeks.map(({ state }) => state)).toEqual(["applied", "applied"]);
  for (const { moved, breaches, promised, held, budget } of weeks) {
    expect(moved).toBeGreaterThan(0.01);
    expect(breaches).toEqual([]);
    expect(promised).toBeGreaterThan(0);
    expect(held).not.toBeNull();
    expect(budget).toBeCloseTo(1, 3);
  }
  // The second plan sets out from what the first one made of the week.
  expect(weeks[1]!.split).not.toEqual(weeks[0]!.split);
}, 300_000);
