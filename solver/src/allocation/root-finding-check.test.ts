import fc from "fast-check";
import { expect, test } from "vitest";
import { allocate } from "./allocate.ts";
import { anyProblem, budgetProblem } from "./allocation.arbitrary.ts";
import type { AllocationProblem } from "./problem.ts";
import { rootFindingCheck } from "./root-finding-check.ts";

const OBJECTIVES = [
  { type: "max_response", response_weight: 1, spend_weight: 0 },
  { type: "max_profit", response_weight: 0.6, spend_weight: -1 },
  { type: "target_mroi", response_weight: 1, spend_weight: -1.5 },
] as const;

test("two methods that share nothing agree on value and price to 1e-12", () => {
  let ran = 0;
  let worst = 0;
  fc.assert(
    fc.property(budgetProblem, fc.constantFrom(...OBJECTIVES), (drawn, objective) => {
      const problem: AllocationProblem = { ...drawn, objective };
      const plan = allocate(problem);
      const found = rootFindingCheck(problem);
      if (plan.status !== "optimal" || found === null) throw new Error(`${plan.status} ${found}`);
      const turnover = plan.response.reduce((sum, one) => sum + one, 0);
      expect(Math.abs(found.value - plan.objectiveValue)).toBeLessThan(1e-12 * turnover);
      expect(plan.certificate.crossCheck!.value).toBe(found.value);
      // Channels on their bounds leave a range of right prices
      const isSettled = plan.spend.some((x, i) => {
        const { lower, upper } = problem.channels[i]!;
        return x > lower * (1 + 1e-9) && x > 1 && x < (upper ?? Number.POSITIVE_INFINITY) * (1 - 1e-9);
      });
      if (!isSettled) return;
      worst = Math.max(worst, Math.abs(found.price! - plan.duals.budget!) / (1 + Math.abs(found.price!)));
      ran++;
    }),
    { numRuns: 200, seed: 41 },
  );
  expect(worst).toBeLessThan(1e-9);
  expect(ran).toBeGreaterThan(150);
});

test("limits that tie channels together are left to the programme, and it says that nothing was compared", () => {
  let ran = 0;
  fc.assert(
    fc.property(anyProblem, (problem) => {
      const ties = problem.constraints.some(({ type }) => type === "group_spend" || type === "blended_roas_floor");
      if (!ties) return;
      expect(rootFindingCheck(problem)).toBeNull();
      const plan = allocate(problem);
      if (plan.status === "optimal") expect(plan.certificate.crossCheck).toBeNull();
      ran++;
    }),
    { numRuns: 40, seed: 42 },
  );
  expect(ran).toBeGreaterThan(20);
});

test("a budget that cuts a straight line in two is found too", () => {
  const line = { type: "power", a: 2, p: 1 } as const;
  const log = { type: "log", a: 60000, b: 10000 } as const;
  const channels = [line, log].map((curve, i) => ({ name: `c${i}`, curve, lower: 0, upper: null, current: null }));
  const found = rootFindingCheck({
    objective: OBJECTIVES[0],
    channels,
    constraints: [{ type: "total_spend", sense: "=", value: 50000 }],
  })!;
  expect(found.spend[0]).toBeCloseTo(30000, 6);
  expect(found.price).toBeCloseTo(2, 12);
});
