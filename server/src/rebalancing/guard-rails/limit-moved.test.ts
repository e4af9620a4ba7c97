import { curveValue } from "@touchline/solver";
import { describe, expect, test } from "vitest";
import type { Plan, ProposeInput } from "../../contract/index.ts";
import { fittedChannel } from "../../planning/curves.fixture.ts";
import { type FittedChannel, planOnCurves } from "../../planning/index.ts";
import { Random } from "../../random.ts";
import { gainOf, limitMoved, movedShare } from "./limit-moved.ts";

const WEEKLY: ProposeInput = { period: "week", budget: null, exact: true, maxChange: 0.2, bounds: [] };

/** Channels whose next unit earns otherwise, all of them certain. */
function drawChannels(random: Random, count: number): FittedChannel[] {
  return Array.from({ length: count }, (_, i) => {
    const currentSpend = 20 + 180 * random.uniform();
    const halfSpend = currentSpend * (0.2 + 3 * random.uniform());
    const ceiling = currentSpend * (1 + 12 * random.uniform());
    return fittedChannel(`c${i}`, { currentSpend, halfSpend, ceiling, ceilingFactors: [0.98, 0.99, 1, 1.01, 1.02] });
  });
}

const solveOn = (channels: readonly FittedChannel[]) => (input: ProposeInput) =>
  planOnCurves({ currency: "EUR", channels, withoutCurve: [] }, input);

/** Revenue of a day by the split of every step of a grid; the last channel takes what the others leave. */
function bruteForce(channels: readonly FittedChannel[], change: number, share: number, steps: number): number {
  const today = channels.map(({ currentSpend }) => currentSpend);
  const budget = today.reduce((sum, each) => sum + each, 0);
  let best = Number.NEGATIVE_INFINITY;
  const split: number[] = [];
  const place = (at: number, left: number, gained: number) => {
    if (gained > share * budget) return;
    if (at === channels.length - 1) {
      if (Math.abs(left - today[at]!) > change * today[at]!) return;
      if (gained + Math.max(0, left - today[at]!) > share * budget) return;
      split[at] = left;
      best = Math.max(
        best,
        channels.reduce((sum, { curve }, i) => sum + curveValue(curve, split[i]!), 0),
      );
      return;
    }
    for (let step = 0; step <= steps; step++) {
      const amount = today[at]! * (1 - change + (2 * change * step) / steps);
      split[at] = amount;
      place(at + 1, left - amount, gained + Math.max(0, amount - today[at]!));
    }
  };
  place(0, budget, 0);
  return best;
}

const recommended = (plan: Plan) => plan.allocation.map((row) => Number(row.recommended));

describe("the best plan that moves at most a share of the budget", () => {
  test("is never worse than the best of a grid, and keeps the rule", async () => {
    const random = new Random(7);
    let cuts = 0;
    for (let round = 0; round < 25; round++) {
      const channels = drawChannels(random, 4);
      const share = [0.02, 0.05, 0.08][round % 3]!;
      const { plan, input, wanted } = await limitMoved(WEEKLY, share, solveOn(channels));
      if (wanted > share) cuts++;
      expect(movedShare(plan)).toBeLessThanOrEqual(share + 1e-4);
      expect(input.groups?.length ?? 0).toBeLessThan(16);
      const today = channels.reduce((sum, { curve, currentSpend }) => sum + curveValue(curve, currentSpend), 0);
      const grid = bruteForce(channels, 0.2, share, 40);
      expect((gainOf(plan) / 7 - (grid - today)) / today).toBeGreaterThan(-1e-6);
      for (const [i, amount] of recommended(plan).entries())
        expect(Math.abs(amount / 7 / channels[i]!.currentSpend - 1)).toBeLessThan(0.2 + 1e-3);
    }
    expect(cuts).toBeGreaterThan(15);
  });

  test("is better than the unlimited plan scaled towards today's", async () => {
    const random = new Random(12);
    let better = 0;
    for (let round = 0; round < 20; round++) {
      const channels = drawChannels(random, 6);
      const { plan, wanted, gainWanted } = await limitMoved(WEEKLY, 0.04, solveOn(channels));
      if (wanted <= 0.04) continue;
      expect(gainOf(plan)).toBeLessThanOrEqual(gainWanted * (1 + 1e-9));
      const free = await solveOn(channels)(WEEKLY);
      const part = 0.04 / wanted;
      const scaled = free.allocation.reduce((sum, row, i) => {
        const amount = Number(row.current) + part * (Number(row.recommended) - Number(row.current));
        return sum + 7 * curveValue(channels[i]!.curve, amount / 7);
      }, 0);
      expect(plan.expected.revenue).toBeGreaterThanOrEqual(scaled * (1 - 1e-6));
      if (plan.expected.revenue > scaled * (1 + 1e-4)) better++;
    }
    expect(better).toBeGreaterThan(5);
  });

  test("gains more with a larger share, and with all of it nothing is cut", async () => {
    const channels = drawChannels(new Random(3), 8);
    const plans = [];
    for (const share of [0.01, 0.03, 0.06, 1]) plans.push(await limitMoved(WEEKLY, share, solveOn(channels)));
    const gains = plans.map(({ plan }) => gainOf(plan));
    expect(gains).toEqual(gains.toSorted((a, b) => a - b));
    expect(plans.at(-1)!.input).toEqual(WEEKLY);
    const tight = await limitMoved(WEEKLY, 0, solveOn(channels));
    expect(movedShare(tight.plan)).toBeLessThan(1e-3);
  });
});
